import type { TSESTree } from '@typescript-eslint/types';
import type { Call, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { childrenOf } from '../../parse/javascript/walk.js';

/** The folder of `diskStorage({ destination })`: a text, or what a function hands on to its last parameter. Undefined where none is set. */
export function destinationOf(program: Program, storage: Placed<Call>): Placed | undefined {
  const [options] = storage.node.arguments;
  if (options === undefined) return undefined;
  const given = program.javascript.option({ module: storage.module, node: options }, 'destination');
  if (given === undefined || given === 'absent') return undefined;
  const fn = program.javascript.functionOf(given);
  if (fn === undefined) return given;
  const callback = fn.node.params.at(-1);
  if (callback?.type !== 'Identifier') return given;
  const handed = handedOn(fn.node.body, callback.name);
  return handed === undefined ? given : { module: fn.module, node: handed };
}

function handedOn(node: TSESTree.Node, callback: string): TSESTree.Expression | undefined {
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === callback) {
    const [, folder] = node.arguments;
    return folder === undefined || folder.type === 'SpreadElement' ? undefined : folder;
  }
  for (const child of childrenOf(node)) {
    const found = handedOn(child, callback);
    if (found !== undefined) return found;
  }
  return undefined;
}
