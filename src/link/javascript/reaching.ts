import type { TSESTree } from '@typescript-eslint/types';
import type { Engine, Frame } from './engine.js';
import { frameOf } from './engine.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import type { Variable } from './scopes.js';
import { isFunction } from './syntax.js';

/** What is put into a variable: a source, through a pattern, under a name of it. */
export interface Write {
  readonly pattern: TSESTree.Node;
  readonly name: TSESTree.Node;
  readonly source: TSESTree.Expression;
  /** `item` where a loop takes one after the other out of the source. */
  readonly kind: 'all' | 'item';
  readonly at: TSESTree.Node;
}

/** What is put into a variable and may still be there where it is read. */
export function reachingWrites(
  js: Engine,
  module: JavaScriptModule,
  variable: Variable,
  read: Placed | undefined,
  frame: Frame | undefined,
): readonly (Write | 'unknown')[] {
  const writes = writesOf(variable);
  if (writes.length < 2) return writes.filter((one) => one === 'unknown' || !isDead(js, module, one, frame));
  const declared = variable.defs[0]?.node as TSESTree.Node | undefined;
  const home = functionAround(declared);
  const reader = read?.module === module ? read.node : undefined;
  const sameRun = reader !== undefined && functionAround(reader) === home;
  let reaching: (Write | 'unknown')[] = [];
  for (const write of writes) {
    if (write === 'unknown') {
      reaching.push(write);
      continue;
    }
    if (isDead(js, module, write, frame)) continue;
    const straight = functionAround(write.at) === home && isStraight(js, module, write.at, home, frame);
    // What comes later in the same straight run of statements is not there yet, nor is what `x = wrap(x)` puts into it.
    if (sameRun && straight && write.at.range[1] >= reader.range[1] && !isLooped(reader, home)) continue;
    if (straight && (!sameRun || write.at.range[0] < reader.range[0]))
      reaching = reaching.filter((one) => laterThan(one, write));
    reaching.push(write);
  }
  return reaching;
}

/** Writes in functions happen whenever those are called. */
function laterThan(one: Write | 'unknown', write: Write): boolean {
  return one !== 'unknown' && functionAround(one.at) !== functionAround(write.at);
}

const found = new WeakMap<Variable, readonly (Write | 'unknown')[]>();

function writesOf(variable: Variable): readonly (Write | 'unknown')[] {
  let writes = found.get(variable);
  if (writes === undefined) found.set(variable, (writes = findWrites(variable)));
  return writes;
}

function findWrites(variable: Variable): (Write | 'unknown')[] {
  const writes: (Write | 'unknown')[] = [];
  for (const def of variable.defs) {
    const node = def.node as TSESTree.Node;
    if (node.type !== 'VariableDeclarator') continue;
    const loop = node.parent.parent;
    if (node.init !== null) writes.push({ pattern: node.id, name: def.name, source: node.init, kind: 'all', at: node });
    else if ((loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') && loop.left === node.parent)
      writes.push(
        loop.type === 'ForInStatement'
          ? 'unknown'
          : { pattern: node.id, name: def.name, source: loop.right, kind: 'item', at: node },
      );
  }
  for (const { identifier, init, isWrite } of variable.references.map((reference) => ({
    identifier: reference.identifier,
    init: reference.init === true,
    isWrite: reference.isWrite(),
  }))) {
    if (!isWrite || init) continue;
    let at: TSESTree.Node | undefined = identifier;
    while (at !== undefined && at.type !== 'AssignmentExpression' && !/Statement$|^Program$/.test(at.type)) {
      if (at.type === 'VariableDeclarator') break;
      at = at.parent;
    }
    if (
      at?.type === 'VariableDeclarator' ||
      (at !== undefined && /^For(?:Of|In)Statement$/.test(at.type) && isDeclared(variable, identifier))
    )
      continue;
    const plain =
      at?.type === 'AssignmentExpression' && (at.operator === '=' || at.operator === '??=' || at.operator === '||=');
    if (at?.type === 'AssignmentExpression' && plain)
      writes.push({ pattern: at.left, name: identifier, source: at.right, kind: 'all', at });
    else writes.push('unknown');
  }
  return writes;
}

function isDeclared(variable: Variable, identifier: TSESTree.Node): boolean {
  return variable.defs.some((def) => def.name === identifier);
}

function functionAround(node: TSESTree.Node | undefined): TSESTree.Node | undefined {
  for (let at = node?.parent; at !== undefined; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** Whether a decided condition leaves it out. */
function isDead(js: Engine, module: JavaScriptModule, { at }: Write, frame: Frame | undefined): boolean {
  for (const { test, taken } of conditionsAbove(at)) {
    const { truth } = js.decide({ module, node: test }, frameOf(test, frame));
    if (truth !== undefined && truth !== taken) return true;
  }
  return false;
}

/** The conditions under which a node runs, in its own function. */
export function* conditionsAbove(node: TSESTree.Node): Generator<{ test: TSESTree.Node; taken: boolean }> {
  for (let at = node; at.parent !== undefined && !isFunction(at); at = at.parent) {
    const { parent }: { parent?: TSESTree.Node } = at;
    if (parent === undefined) return;
    if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') {
      if (parent.test !== at) yield { test: parent.test, taken: parent.consequent === at };
    } else if (parent.type === 'LogicalExpression' && parent.right === at && parent.operator !== '??')
      yield { test: parent.left, taken: parent.operator === '&&' };
  }
}

/** Whether a node runs whenever its function does, once. */
function isStraight(
  js: Engine,
  module: JavaScriptModule,
  node: TSESTree.Node,
  home: TSESTree.Node | undefined,
  frame: Frame | undefined,
): boolean {
  for (const { test, taken } of conditionsAbove(node))
    if (js.decide({ module, node: test }, frameOf(test, frame)).truth !== taken) return false;
  return !isLooped(node, home) && !isUncertain(node, home);
}

function isLooped(node: TSESTree.Node, home: TSESTree.Node | undefined): boolean {
  for (let at = node.parent; at !== undefined && at !== home; at = at.parent)
    if (/^(?:For|While|DoWhile)/.test(at.type)) return true;
  return false;
}

function isUncertain(node: TSESTree.Node, home: TSESTree.Node | undefined): boolean {
  for (let at = node.parent; at !== undefined && at !== home; at = at.parent)
    if (at.type === 'TryStatement' || at.type === 'CatchClause' || at.type === 'SwitchCase') return true;
    else if (at.type === 'LogicalExpression' && at.operator === '??') return true;
    else if (at.type === 'AssignmentExpression' && at.operator !== '=') return true;
  return false;
}
