import { state, type Scope, type Stated } from '../../facts/fact.js';
import { lock } from '../../facts/lock.js';
import type { PythonModule, PythonPlace, PythonTarget } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import type { Expression, FunctionDef, Node, Statement } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { blocksOf } from './blocks.js';
import { pythonRequestPath } from '../python-request-path.js';
import { outsideWrite, type OutsideWrite } from './outside-writes.js';
import { lockingRemedy } from './remedies.js';
import { evidenceOf } from './serving-path.js';

const MENTIONS =
  /\b(?:threading|multiprocessing|asyncio|anyio|gevent|fcntl|filelock|portalocker|lockfile|fasteners|zc\.lockfile)\b/;

/** Locks that exclude threads or coroutines of one process. */
const OF_PROCESS =
  /^(?:threading\.(?:Lock|RLock|Semaphore|BoundedSemaphore|Condition)|(?:asyncio|anyio)\.(?:Lock|Semaphore|BoundedSemaphore|Condition)|gevent\.(?:lock|coros)\.\w+)\(\)$/;
/** Locks that exclude processes of one machine: https://docs.python.org/3/library/fcntl.html#fcntl.flock, https://py-filelock.readthedocs.io/ */
const OF_HOST =
  /^(?:multiprocessing\.(?:Lock|RLock|Semaphore|BoundedSemaphore)|filelock\.(?:\w*FileLock|ReadWriteLock)|portalocker\.(?:\w*Lock)|lockfile\.(?:\w+\.)?\w*(?:FileLock|LockFile)|zc\.lockfile\.(?:Simple)?LockFile|fasteners\.InterProcess\w*Lock|fcntl\.(?:flock|lockf))\(\)$/;

interface Held {
  readonly module: PythonModule;
  /** The lock, or the call that takes it. */
  readonly node: Expression;
  readonly mechanism: string;
  readonly scope: 'process' | 'host';
  /** What runs while it is held. */
  readonly body: readonly Statement[];
  readonly holder: FunctionDef;
}

/** Locks that requests, signals and tasks hold while they write what other processes write as well. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const told = new Set<string>();
  for (const module of program.pythonCode.modulesWith(MENTIONS)) {
    for (const held of heldIn(program, module)) {
      const found = outsideWrite(program, module, held.body);
      // A row in memory that a token or client is renewed in is what a lock of the process is for.
      if (found === undefined || (held.scope === 'process' && found.to === 'service' && assigns(held.body))) continue;
      if (found.to === 'file' && isOfMachine(program, { module, node: held.node })) continue;
      const path = pythonRequestPath(program, { module, node: held.node });
      const key = `${module.path} ${written(held.node)}`;
      if (path === undefined || told.has(key)) continue;
      told.add(key);
      yield state(
        lock,
        program.pythonCode.locate({ module, node: held.node }),
        {
          name: written(held.node),
          mechanism: held.mechanism,
          scope: scopeOf(held, found),
          protects: found.to,
          holder: held.holder.name,
          remedy: lockingRemedy(program, found.to),
        },
        [
          { message: `this is done while it is held`, location: program.pythonCode.locate(found.place) },
          ...evidenceOf(program, { module, node: held.holder }, `${held.holder.name} holds it`, path),
        ],
      );
    }
  }
}

/** A lock file beside what it protects is as wide as the disk that holds both. */
function scopeOf({ scope }: Held, { to }: OutsideWrite): Maybe<Scope> {
  return scope === 'host' && to === 'file'
    ? unknown<Scope>('whether a lock in a file excludes other machines depends on the disk that the file stands on', [
        'host',
        'cluster',
      ])
    : scope;
}

/** `FileLock("/etc/receptor.lock")`: what stands there, each machine or container has for itself. */
function isOfMachine(program: Program, { module, node }: PythonPlace<Expression>): boolean {
  const calls = program.pythonCode
    .resolve({ module, node })
    .flatMap((target) => (target.kind === 'library' && target.call !== undefined ? [target.call] : []));
  return calls.some(
    ({
      module,
      node: {
        args: [path],
      },
    }) =>
      path !== undefined &&
      /^\/(?:etc|run|var\/run|tmp|dev|proc)\//.test(beginningOf(program, { module, node: path }, 0)),
  );
}

/** What a text begins with, as far as it is written out. */
function beginningOf(program: Program, place: PythonPlace<Expression>, depth: number): string {
  if (depth > 4) return '';
  const { module, node } = place;
  if (node.type === 'Constant') return typeof node.value === 'string' ? node.value : '';
  if (node.type === 'BinOp') return beginningOf(program, { module, node: node.left }, depth + 1);
  if (node.type === 'JoinedStr') {
    const [first] = node.values;
    if (first === undefined || typeof first === 'string') return first ?? '';
    return beginningOf(program, { module, node: first.value }, depth + 1);
  }
  const [target] = program.pythonCode.resolve(place);
  return target?.kind === 'value' && target.at.node !== node ? beginningOf(program, target.at, depth + 1) : '';
}

function heldIn(program: Program, module: PythonModule): Held[] {
  const found: Held[] = [];
  const add = (node: Expression, body: readonly Statement[]): void => {
    const kind = lockOf(program, { module, node });
    const holder = program.pythonCode.functionsAround({ module, node }).find((one) => one.type === 'FunctionDef');
    if (kind !== undefined && holder?.type === 'FunctionDef') found.push({ module, node, ...kind, body, holder });
  };
  walkPython(module.document.tree, (node) => {
    if (node.type === 'With') for (const { context } of node.items) add(context, node.body);
    else if (node.type === 'Call' && node.func.type === 'Attribute') {
      const rest = (): readonly Statement[] => statementsAfter(program, { module, node });
      if (node.func.attr === 'acquire') add(node.func.value, rest());
      else if (/^(?:flock|lockf)$/.test(node.func.attr) && !releases(node.args[1])) add(node, rest());
    }
  });
  return found;
}

/** `fcntl.LOCK_UN` gives it back; `LOCK_SH` lets others in. */
function releases(flag: Expression | undefined): boolean {
  let found = flag === undefined;
  if (flag !== undefined)
    walkPython(flag, (node) => {
      if (node.type === 'Attribute' || node.type === 'Name')
        found ||= /^LOCK_(?:UN|SH)$/.test(node.type === 'Name' ? node.id : node.attr);
    });
  return found;
}

/** What follows in the function after the statement that holds a node. */
function statementsAfter(program: Program, { module, node }: PythonPlace): readonly Statement[] {
  const after: Statement[] = [];
  let inner: Node = node;
  for (const outer of program.pythonCode.above({ module, node })) {
    after.push(
      ...(blocksOf(outer).find((block) => block.includes(inner as Statement)) ?? []).filter(
        ({ start }) => start >= inner.end,
      ),
    );
    // What a `try` runs afterwards gives the lock back.
    if (outer.type === 'FunctionDef') break;
    inner = outer;
  }
  return after;
}

function lockOf(program: Program, place: PythonPlace<Expression>): Pick<Held, 'mechanism' | 'scope'> | undefined {
  for (const target of program.pythonCode.resolve(place)) {
    if (target.kind !== 'library') continue;
    const name = oneOfMany(program, target) ?? target.name;
    const mechanism = name.replace(/\(\)$/, '');
    if (OF_HOST.test(name)) return { mechanism, scope: 'host' };
    if (OF_PROCESS.test(name) && admitsOne(target) && livesLong(program, place)) return { mechanism, scope: 'process' };
  }
  return undefined;
}

/** `locks[key]` of `locks = defaultdict(threading.Lock)`. */
function oneOfMany(program: Program, { name, call }: Extract<PythonTarget, { kind: 'library' }>): string | undefined {
  const made = call?.node.args[0];
  if (name !== 'collections.defaultdict()[]' || call === undefined || made === undefined) return undefined;
  const factory = program.pythonCode.resolve({ module: call.module, node: made });
  return factory.flatMap((one) => (one.kind === 'library' ? [`${one.name}()`] : []))[0];
}

/** A semaphore that lets several in bounds what one process does at once, which is nobody else's business. */
function admitsOne({ name, call }: Extract<PythonTarget, { kind: 'library' }>): boolean {
  if (!name.endsWith('Semaphore()')) return true;
  const bound = call?.node.args[0] ?? call?.node.keywords.find((one) => one.name === 'value')?.value;
  return bound === undefined || (bound.type === 'Constant' && bound.value === 1);
}

/** A lock that a function makes for itself, or an object that a request makes, orders its own threads. */
function livesLong(program: Program, { module, node }: PythonPlace<Expression>): boolean {
  let base: Expression = node;
  while (base.type === 'Subscript' || base.type === 'Call') base = base.type === 'Call' ? base.func : base.value;
  if (base.type === 'Name') return program.pythonCode.bindingOf({ module, node: base })?.scope.type === 'Module';
  if (base.type !== 'Attribute') return false;
  return program.pythonCode.resolve({ module, node: base.value }).some((target) => {
    if (target.kind === 'module' || target.kind === 'class') return true;
    if (target.kind !== 'instance') return false;
    const member = program.pythonCode.member(target.of, base.type === 'Attribute' ? base.attr : '');
    // Bound in the body of the class: one for all its objects.
    return member?.definition.kind === 'value' && member.definition.target.id === (base as { attr?: string }).attr;
  });
}

/** Whether something that lives on is set: `self.token = ...`, `global token`. */
function assigns(body: readonly Statement[]): boolean {
  let found = false;
  for (const statement of body)
    walkPython(statement, (node: Node) => {
      if (node.type === 'Assign') found ||= node.targets.some((one) => one.type !== 'Name');
      if (node.type === 'Global') found = true;
    });
  return found;
}

/** The lock as the code writes it. */
function written(node: Expression): string {
  if (node.type === 'Name') return node.id;
  if (node.type === 'Attribute') return `${written(node.value)}.${node.attr}`;
  if (node.type === 'Subscript') return written(node.value);
  return node.type === 'Call' ? written(node.func) : '';
}
