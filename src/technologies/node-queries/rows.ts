import type { FunctionNode, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { injectedCallers } from '../injected-calls.js';
import { argument, at, nameOf } from '../javascript-place.js';
import { functionsAround, isFunction } from '../request-handlers.js';
import { isRows } from './queries.js';

/** Why a loop goes round as often as there is data, in words that read after "because", and where that is. */
export interface Rows {
  readonly reason: string;
  readonly place: Placed;
}

const DEEPEST = 5;
/** Methods of a list whose answer is as long, or nearly. */
const LISTED = /^(?:filter|map|flatMap|flat|sort|toSorted|reverse|toReversed|concat|slice)$/;
/** Where drivers and pagers put the rows of an answer. */
const HOLDER = /^(?:rows|docs|items|results|edges|records|data|entities|nodes)$/;
/** A list that is cut to so many is short. */
const FEW = 20;

/** What a loop goes over, where that is rows of a query or a list that a client sends. */
export function rowsOf(program: Program, over: Placed, depth = 0): Rows | undefined {
  if (depth > DEEPEST || isCut(over)) return undefined;
  const inner = peeled(over.node);
  if (inner !== over.node) return rowsOf(program, at(over, inner), depth + 1);
  if (isOfRequest(over.node)) return { reason: 'a client says how many', place: over };
  for (const traced of program.javascript.trace(over)) {
    if (isRows(traced) && traced.kind === 'package' && traced.call !== undefined)
      return isCut(traced.call) ? undefined : { reason: 'a query gives as many as there are', place: traced.call };
    if (traced.kind === 'repository' && traced.at.node !== over.node && !isFunction(traced.at.node)) {
      const found = rowsOf(program, traced.at, depth + 1);
      if (found !== undefined) return found;
    }
  }
  const { node } = over;
  if (node.type === 'CallExpression') {
    const fn = program.javascript.functionOf(at(over, node.callee));
    return fn === undefined ? undefined : fromReturns(program, fn, depth);
  }
  return node.type === 'Identifier' ? fromName(program, over, node.name, depth) : undefined;
}

/** `rows` of `const { rows } = await pool.query()`, and of `async function toList(rows)` that is handed them. */
function fromName(program: Program, over: Placed, name: string, depth: number): Rows | undefined {
  for (const fn of functionsAround(over)) {
    const declared = declaredIn(program, fn, name);
    if (declared !== undefined)
      return declared === over.node ? undefined : rowsOf(program, at(over, declared), depth + 1);
    const index = fn.params.findIndex((one) => one.type === 'Identifier' && one.name === name);
    if (index < 0) continue;
    const target = at(over, fn);
    for (const call of [...program.javascript.callsOf(target), ...injectedCallers(program, fn)].slice(0, 12)) {
      if (call.node.type !== 'CallExpression') continue;
      const given = argument(at(call, call.node), index);
      const found = given === undefined ? undefined : rowsOf(program, given, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return undefined;
}

function declaredIn(program: Program, fn: FunctionNode, name: string): Node | undefined {
  return declaredBy(program, fn).get(name);
}

/** What the names of a function are declared to be; of a pattern the part that holds the list, by its name or as the first of several. */
function declaredBy(program: Program, fn: FunctionNode): ReadonlyMap<string, Node> {
  const known = program.memo('declared in functions', () => new Map<FunctionNode, Map<string, Node>>());
  let names = known.get(fn);
  if (names !== undefined) return names;
  names = new Map();
  known.set(fn, names);
  const found = names;
  walkJavaScript(fn.body, (node) => {
    if (node.type !== 'VariableDeclarator' || node.init === null) return;
    for (const name of boundBy(node.id)) if (!found.has(name)) found.set(name, node.init);
  });
  return names;
}

function boundBy(id: Node): string[] {
  if (id.type === 'Identifier') return [id.name];
  if (id.type === 'ArrayPattern') {
    const [first] = id.elements;
    return first?.type === 'Identifier' ? [first.name] : [];
  }
  if (id.type !== 'ObjectPattern') return [];
  return id.properties.flatMap((one) =>
    one.type === 'Property' && one.value.type === 'Identifier' ? [one.value.name] : [],
  );
}

function fromReturns(program: Program, fn: Placed<FunctionNode>, depth: number): Rows | undefined {
  if (fn.node.body.type !== 'BlockStatement') return rowsOf(program, at(fn, fn.node.body), depth + 1);
  const returned: Node[] = [];
  walkJavaScript(fn.node.body, (node) => {
    if (node.type === 'ReturnStatement' && node.argument !== null) returned.push(node.argument);
    return !isFunction(node);
  });
  for (const node of returned.slice(0, 4)) {
    const found = rowsOf(program, at(fn, node), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The list within what only picks, orders or changes its entries. */
function peeled(node: Node): Node {
  switch (node.type) {
    case 'AwaitExpression':
      return node.argument;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
      return node.expression;
    case 'LogicalExpression':
      return node.operator === '&&' ? node.right : node.left;
    case 'MemberExpression':
      return !node.computed && HOLDER.test(nameOf(node.property)) && !isOfRequest(node) ? node.object : node;
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type !== 'MemberExpression') return node;
      const name = nameOf(callee.property);
      const [first] = node.arguments;
      const ofObject = callee.object.type === 'Identifier' && /^(?:Object|Array|_|lodash)$/.test(callee.object.name);
      if (ofObject && /^(?:values|keys|entries|from|uniq|uniqBy|sortBy|map|filter)$/.test(name) && first !== undefined)
        return first.type === 'SpreadElement' ? node : first;
      return LISTED.test(name) && !ofObject ? callee.object : node;
    }
    case 'ArrayExpression': {
      const [only, ...others] = node.elements;
      return only?.type === 'SpreadElement' && others.length === 0 ? only.argument : node;
    }
    default:
      return node;
  }
}

/** `req.body.ids`, `request.query.names`, `ctx.request.body`. */
function isOfRequest(node: Node): boolean {
  const names: string[] = [];
  let inner = node;
  while (inner.type === 'MemberExpression') {
    names.unshift(nameOf(inner.property));
    inner = inner.object;
  }
  return (
    inner.type === 'Identifier' &&
    /^_?(?:req|request|ctx)$/.test(inner.name) &&
    names.some((name) => /^(?:body|query|payload)$/.test(name))
  );
}

/** `.slice(0, 5)`, `.limit(10)`, `take: 3`, `LIMIT 5`. */
function isCut({ module, node }: Placed): boolean {
  const text = module.document.text.slice(...node.range);
  if (text.length > 4000) return false;
  const written =
    /\blimit\s*\(\s*(\d{1,4})\s*\)|\b(?:take|limit|first)\s*:\s*(\d{1,4})\b|\bLIMIT\s+(\d{1,4})\b|\.slice\(\s*0\s*,\s*(\d{1,4})\s*\)/.exec(
      text,
    );
  const count = written?.slice(1).find((one) => one !== undefined);
  return count !== undefined && Number(count) <= FEW;
}
