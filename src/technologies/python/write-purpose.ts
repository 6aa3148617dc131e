import type { Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { Variable } from './module-state.js';
import type { Write } from './writes.js';

export type Purpose = 'cache' | 'counter' | 'registry' | 'general';

/** What a write is for; undefined where it is harmless: a handle made once, a table that is filled on first use. */
export function purposeOf(variable: Variable, write: Write, all: readonly Write[]): Purpose | undefined {
  if (variable.kind === 'plain') return purposeOfGlobal(variable, write);
  if (isFilledOnce(variable, write)) return undefined;
  if (write.how === 'count' || variable.kind === 'counter') return 'counter';
  if (isReadThrough(variable, write)) return readsWhatChanges(write) ? 'cache' : undefined;
  if (/cache|memo|lookup/i.test(variable.name)) return readsWhatChanges(write) || all.length > 1 ? 'cache' : undefined;
  return isRegistry(variable.name) ? 'registry' : 'general';
}

function isRegistry(name: string): boolean {
  return /regist|connect|client|session|room|user|member|online|active|queue|pending|job|task|token|socket|subscri|channel|seen|visit|limit|attempt|lock/i.test(
    name,
  );
}

/** `global x; x += 1` counts; `x = value` keeps, unless it makes a handle once or only sets a mark. */
function purposeOfGlobal(variable: Variable, write: Write): Purpose | undefined {
  if (write.how === 'count') return 'counter';
  if (write.how !== 'assign' || write.value === undefined || write.value.type === 'Constant') return undefined;
  if (mentionsInTests(variable.name, write) || isHandle(variable.name, write.value)) return undefined;
  if (write.place.tests.some(asksTheTime)) return undefined;
  return /cache|memo/i.test(variable.name) ? 'cache' : 'general';
}

/** A value that is made anew when it is old enough: each process does so, and none is older than it may be. */
function asksTheTime(test: Expression): boolean {
  let found = false;
  walkPython(test, (node) => {
    const name = node.type === 'Name' ? node.id : node.type === 'Attribute' ? node.attr : '';
    if (/^(time|monotonic|now|utcnow|perf_counter|timedelta)$/.test(name)) found = true;
  });
  return found;
}

/** A client, pool, model or compiled thing: every process needs one of its own. */
function isHandle(name: string, value: Expression): boolean {
  if (
    /client|conn|pool|engine|loop|lock|executor|logger|thread|model|tokeni|instance|manager|driver|session|app|api|service|backend|producer|redis|mongo|db$/i.test(
      name,
    )
  )
    return true;
  if (value.type !== 'Call') return false;
  const callee = value.func.type === 'Attribute' ? value.func.attr : value.func.type === 'Name' ? value.func.id : '';
  return /^[A-Z]/.test(callee);
}

/** Writes under `if not X` or `if X is None` happen once per process and give every process the same. */
function isFilledOnce(variable: Variable, write: Write): boolean {
  return write.place.tests.some((test) => {
    const { tested } = emptiness(test);
    return tested !== undefined && isVariable(tested, variable.name);
  });
}

/** What a test asks to be empty or missing: `not X`, `X is None`, `len(X) == 0`. */
function emptiness(test: Expression): { tested: Expression | undefined } {
  if (test.type === 'UnaryOp' && test.op === 'not') return { tested: test.operand };
  if (test.type === 'Compare' && (test.ops[0] === 'is' || test.ops[0] === '==')) {
    const { left } = test;
    if (left.type === 'Call' && left.func.type === 'Name' && left.func.id === 'len') return { tested: left.args[0] };
    return { tested: left };
  }
  return { tested: undefined };
}

function mentionsInTests(name: string, write: Write): boolean {
  return write.place.tests.some((test) => mentions(test, name));
}

/** `if key not in X: X[key] = ...`, or the same after `X.get(key)` or in an `except KeyError`. */
function isReadThrough(variable: Variable, write: Write): boolean {
  if (write.how === 'grow' && write.key !== undefined) return true;
  if (write.how !== 'key') return false;
  if (mentionsInTests(variable.name, write)) return true;
  const body = write.place.levels.at(-1)?.definition;
  if (body === undefined || write.key === undefined) return false;
  let read = false;
  const key = spell(write.key);
  walkPython(body, (node) => {
    if (node.start >= write.node.start && node.end <= write.node.end) return false;
    if (node.type === 'Subscript' && isVariable(node.value, variable.name) && spell(node.slice) === key) read = true;
    if (
      node.type === 'Call' &&
      node.func.type === 'Attribute' &&
      node.func.attr === 'get' &&
      isVariable(node.func.value, variable.name)
    )
      read = true;
    return undefined;
  });
  return read;
}

const SOURCES = /^(objects|_default_manager|execute|cursor|fetchone|fetchall|urlopen|read_text|getList)$/;
const CLIENTS = /^(requests|httpx|session|urllib|boto3|redis)$/;

/** Whether what is kept comes from a database, a service or the request, so that one copy can be older than another. */
function readsWhatChanges(write: Write): boolean {
  const body = write.place.levels.at(-1)?.definition;
  if (body === undefined) return false;
  let found = false;
  walkPython(body, (node) => {
    if (node.type === 'Attribute' && SOURCES.test(node.attr)) found = true;
    else if (node.type === 'Name' && CLIENTS.test(node.id)) found = true;
    else if (node.type === 'Await') found = true;
  });
  return found;
}

/** Hand-over within one request: one signal stores under a key, another takes it out again. */
export function isHarmless(variable: Variable, all: readonly Write[]): boolean {
  const taken = all.some(
    ({ how, place }) =>
      how === 'shrink' && all.some((other) => other.how !== 'shrink' && ownerName(other) !== ownerName({ place })),
  );
  return taken && !isRegistry(variable.name);
}

function ownerName({ place }: Pick<Write, 'place'>): string {
  return place.levels.at(-1)?.definition.name ?? '';
}

function mentions(node: Node, name: string): boolean {
  let found = false;
  walkPython(node, (part) => {
    if ((part.type === 'Name' || part.type === 'Attribute') && isVariable(part, name)) found = true;
  });
  return found;
}

/** Whether an expression is the variable: an attribute of a class is also met as `self.x` and `cls.x`. */
function isVariable(expression: Expression, name: string): boolean {
  return spell(expression).replace(/^(self|cls)\./, `${name.slice(0, name.indexOf('.'))}.`) === name;
}

/** An expression as it is written, as far as it is made of names, keys and constants. */
function spell(expression: Expression): string {
  if (expression.type === 'Name') return expression.id;
  if (expression.type === 'Attribute') return `${spell(expression.value)}.${expression.attr}`;
  if (expression.type === 'Constant') return `'${String(expression.value)}'`;
  if (expression.type === 'Subscript') return `${spell(expression.value)}[${spell(expression.slice)}]`;
  return '?';
}
