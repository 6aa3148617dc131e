import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression, FunctionDef, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { handlerOf } from '../python-request-handlers.js';

/** Where a value comes from, as far as it can change while the process lives. */
export type Origin = 'database' | 'service' | 'request';

/** Expressions that one question looks at, and functions that it goes into or out of. */
const MOST = 120;
const DEEPEST = 3;

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Follows a value backwards through variables, loops, functions of the repository and what their callers hand in, but for the
 * parameters that are `left`: a result that is kept under what it was computed from holds for good.
 */
export function originsOf(
  program: Program,
  place: PythonPlace<Expression>,
  left: ReadonlySet<string> = NOTHING,
): ReadonlySet<Origin> {
  const found = new Set<Origin>();
  const seen = new Set<Node>();
  let steps = 0;
  // What a function is given that a call led into stands in that call.
  const follow = ({ module, node }: PythonPlace<Expression>, depth: number, entered: boolean): void => {
    if (seen.has(node) || steps > MOST) return;
    seen.add(node);
    walkPython(node, (part) => {
      if (++steps > MOST || part.type === 'Lambda' || isOnlyRow(part)) return false;
      const origin = ownOrigin(part);
      if (origin !== undefined) found.add(origin);
      if (part.type === 'Name') ofName(module, part, depth, entered);
      else if (part.type === 'Call' && depth < DEEPEST) ofCall(module, part, depth);
      return undefined;
    });
  };
  const ofName = (
    module: PythonModule,
    node: Extract<Node, { type: 'Name' }>,
    depth: number,
    entered: boolean,
  ): void => {
    const binding = program.pythonCode.bindingOf({ module, node });
    if (binding === undefined || binding.scope.type === 'Module' || binding.scope.type === 'ClassDef') return;
    for (const definition of binding.definitions.slice(0, 6)) {
      if (definition.kind === 'value' || definition.kind === 'element' || definition.kind === 'entered')
        follow({ module, node: definition.node }, depth, entered);
      else if (
        definition.kind === 'parameter' &&
        definition.of.type === 'FunctionDef' &&
        depth < DEEPEST &&
        !entered &&
        !(depth === 0 && left.has(node.id))
      )
        ofParameter({ module, node: definition.of }, definition.node.name, depth);
    }
  };
  const ofCall = (module: PythonModule, node: Extract<Node, { type: 'Call' }>, depth: number): void => {
    for (const target of program.pythonCode.resolve({ module, node: node.func })) {
      if (target.kind === 'library' && SERVICES.test(`${target.name}()`)) found.add('service');
      if (target.kind !== 'function') continue;
      for (const result of resultsOf(target.at.node))
        follow({ module: target.at.module, node: result }, depth + 1, true);
    }
  };
  const ofParameter = (fn: PythonPlace<FunctionDef>, name: string, depth: number): void => {
    if (name === 'self' || name === 'cls') return;
    if (handlerOf(program, fn)?.kind === 'request') {
      found.add('request');
      return;
    }
    const owner = program.pythonCode.ownerOf(fn);
    const positions = fn.node.params.list.map((one) => one.name);
    const at = positions.indexOf(name) - (owner === undefined ? 0 : 1);
    if (at < 0) return;
    for (const { module, node } of program.pythonCode.callsOf(fn).slice(0, 5)) {
      const given = node.keywords.find((one) => one.name === name)?.value ?? node.args[at];
      if (given !== undefined) follow({ module, node: given }, depth + 1, false);
    }
  };
  follow(place, 0, false);
  return found;
}

/** What a function gives back, be it yielded. */
export function resultsOf(fn: FunctionDef | Extract<Node, { type: 'Lambda' }>): readonly Expression[] {
  if (fn.type === 'Lambda') return [fn.body];
  const found: Expression[] = [];
  for (const statement of fn.body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'ClassDef' || node.type === 'Lambda') return false;
      if ((node.type === 'Return' || node.type === 'Yield') && node.value !== null) found.push(node.value);
      return undefined;
    });
  return found;
}

/** Where the results of a function come from, but for what it is given. */
export function originsOfResults(program: Program, { module, node }: PythonPlace<FunctionDef>): ReadonlySet<Origin> {
  const given = new Set(node.params.list.map(({ name }) => name));
  return new Set(resultsOf(node).flatMap((result) => [...originsOf(program, { module, node: result }, given)]));
}

const MANAGERS = /^(?:objects|[a-z]+_objects|_default_manager|_base_manager)$/;
const QUERIES =
  /^(?:fetchone|fetchall|fetchmany|get_object_or_404|get_list_or_404|first_or_404|get_or_404|scalar_one|scalar_one_or_none|select_related|prefetch_related|values_list)$/;
/** Tables that hold what the code itself says, and that only a migration changes. */
const STABLE = /^(?:ContentType|Permission)$/;
const SERVICES =
  /^(?:requests|httpx|aiohttp|urllib|urllib3|boto3)\b.*\.(?:get|post|put|request|urlopen|fetch|send)\(\)$/;

/** What an expression says of its origin by itself. */
function ownOrigin(node: Node): Origin | undefined {
  if (node.type === 'Name')
    return /^_?request$/.test(node.id) ? 'request' : QUERIES.test(node.id) ? 'database' : undefined;
  if (node.type !== 'Attribute') return undefined;
  if (/^(?:request|scope|kwargs|args|channel_name)$/.test(node.attr) && lastName(node.value) === 'self')
    return 'request';
  if (QUERIES.test(node.attr)) return isStable(node.value) ? undefined : 'database';
  const base = lastName(node.value);
  if (MANAGERS.test(node.attr)) return STABLE.test(base) ? undefined : 'database';
  // `Book.query` and `session.query(Book)` of SQLAlchemy.
  if (node.attr === 'query' && (/^[A-Z]/.test(base) || /session$/i.test(base))) return 'database';
  if (/^(?:execute|scalars?)$/.test(node.attr) && /session|cursor|conn|db$/i.test(base)) return 'database';
  return undefined;
}

/** `Domain.objects.get()`: the only row of its table, which is made with it. */
function isOnlyRow(node: Node): boolean {
  if (node.type !== 'Call' || node.func.type !== 'Attribute' || node.func.attr !== 'get') return false;
  const { value } = node.func;
  return (
    node.args.length === 0 && node.keywords.length === 0 && value.type === 'Attribute' && MANAGERS.test(value.attr)
  );
}

/** Whether a chain of calls begins at a table that does not change. */
function isStable(node: Expression): boolean {
  let at = node;
  for (;;) {
    if (at.type === 'Call') at = at.func;
    else if (at.type === 'Attribute') {
      if (MANAGERS.test(at.attr)) return STABLE.test(lastName(at.value));
      at = at.value;
    } else return false;
  }
}

function lastName(node: Expression): string {
  if (node.type === 'Name') return node.id;
  if (node.type === 'Attribute') return node.attr;
  return node.type === 'Call' ? lastName(node.func) : '';
}
