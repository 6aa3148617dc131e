import type { TSESTree } from '@typescript-eslint/types';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import type { ScriptedCommand } from '../package-scripts.js';
import type { Serving } from './serving.js';

export interface Processes {
  readonly value: Maybe<number>;
  readonly explicit: boolean;
  readonly setting: string;
  readonly evidence: readonly Evidence[];
}

/** What a number of cores comes to on the machines that people rent. */
const CORES = [1, 2, 4, 8];

/** One process, unless the code forks more of itself. */
export function processesOf(program: Program, command: ScriptedCommand, { files }: Serving): Processes {
  const one: Processes = { value: 1, explicit: false, setting: command.name, evidence: [] };
  return files === true ? one : (clustered(program) ?? one);
}

function clustered(program: Program): Processes | undefined {
  const { javascript } = program;
  const forks = javascript.uses('node:cluster').filter(({ steps }) => steps.at(-1) === 'fork');
  for (const fork of forks) {
    const count = countOf(program, fork);
    // Forked again when one ends: the count stands where the first ones are made.
    if (count !== undefined) return clusterOf(program, fork, count, 'cluster.fork');
  }
  const [fork] = forks;
  if (fork !== undefined)
    return clusterOf(program, fork, unknown('the code forks processes, how many is not told', CORES), 'cluster.fork');
  const [throng] = javascript.uses('throng').filter(({ steps }) => steps.length === 0);
  if (throng === undefined) return undefined;
  return clusterOf(program, throng, thronged(program, throng), 'throng');
}

function clusterOf(program: Program, use: Use, value: Maybe<number>, setting: string): Processes {
  const evidence = { message: `processes are forked here (${setting})`, location: program.javascript.locate(use) };
  return { value, explicit: true, setting, evidence: [evidence] };
}

/** What bounds the loop that a fork stands in: `i < count`, `Array(count)`, `cpus().forEach`. */
function countOf(program: Program, fork: Use): Maybe<number> | undefined {
  let bound: TSESTree.Node | undefined;
  walkJavaScript(fork.module.document.tree, (node, above) => {
    if (node !== fork.node) return undefined;
    for (const outer of [...above].reverse()) {
      bound = boundOf(outer);
      if (bound !== undefined) break;
    }
    return false;
  });
  return bound === undefined ? undefined : evaluated(program, { module: fork.module, node: bound });
}

function boundOf(outer: TSESTree.Node): TSESTree.Node | undefined {
  if ((outer.type === 'ForStatement' || outer.type === 'WhileStatement') && outer.test?.type === 'BinaryExpression')
    return /^[<]/.test(outer.test.operator) ? outer.test.right : outer.test.left;
  if (outer.type === 'ForOfStatement') return outer.right;
  if (outer.type !== 'CallExpression' || outer.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = outer.callee;
  if (property.type !== 'Identifier') return undefined;
  if (property.name === 'from' && object.type === 'Identifier' && object.name === 'Array') return outer;
  return /^(?:forEach|map|times)$/.test(property.name) ? object : undefined;
}

function evaluated(program: Program, written: Placed): Maybe<number> {
  const bound: Placed = { module: written.module, node: lengthOf(written.node) };
  const value = program.javascript.value(bound);
  if (value.kind === 'int' || value.kind === 'float') return Math.max(1, Math.floor(Number(value.value)));
  if (value.kind === 'str' && /^\d+$/.test(value.value)) return Math.max(1, Number(value.value));
  if (value.kind === 'list') return Math.max(1, value.items.length);
  const { document } = bound.module;
  const reason = /\bcpus\b|availableParallelism/.test(document.text)
    ? 'depends on the number of cores'
    : value.kind === 'unknown'
      ? value.reason
      : 'how many is not told';
  return unknown(reason, CORES);
}

/** The expression that says how long a list is: 3 of `Array.from({ length: 3 })`, `Array(3).fill()` and `[...Array(3).keys()]`. */
function lengthOf(node: TSESTree.Node): TSESTree.Node {
  if (node.type === 'ArrayExpression' && node.elements.length === 1 && node.elements[0]?.type === 'SpreadElement')
    return lengthOf(node.elements[0].argument);
  if (node.type === 'ObjectExpression') {
    for (const one of node.properties)
      if (one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === 'length') return one.value;
  }
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return node;
  const { callee } = node;
  const [first] = node.arguments;
  if (callee.type === 'Identifier' && callee.name === 'Array') return first ?? node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return node;
  if (callee.property.name === 'from' && first !== undefined) return lengthOf(first);
  return /^(?:fill|keys|map)$/.test(callee.property.name) ? lengthOf(callee.object) : node;
}

/** https://github.com/hunterloftis/throng: `count` (before version 5 `workers`), the number of cores where neither is given. */
function thronged(program: Program, use: Use): Maybe<number> {
  const { module } = use;
  for (const argument of use.node.arguments) {
    for (const key of ['count', 'workers']) {
      const option = program.javascript.option({ module, node: argument }, key);
      if (option !== undefined && option !== 'absent') return evaluated(program, option);
    }
  }
  const concurrency = program.launch.environment.get('WEB_CONCURRENCY')?.value;
  if (typeof concurrency === 'string' && /^\d+$/.test(concurrency)) return Number(concurrency);
  return unknown(isUnknown(concurrency) ? concurrency.unknown : 'depends on the number of cores', CORES);
}
