import type { TSESTree } from '@typescript-eslint/types';
import type { Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { walkJavaScript } from '../parse/javascript/walk.js';
import { at, nameOf } from './javascript-place.js';
import { isFunction } from './request-handlers.js';

/** Returns of one factory that are looked at. */
const MOST_RETURNS = 6;

/**
 * What a container is configured with once it can be asked: what `useFactory` returns, or the method of `useClass` that makes
 * options. Undefined where an object is no such promise of options.
 */
export function factoryOptions(program: Program, options: Placed): readonly Placed[] | undefined {
  const { javascript } = program;
  const factory = javascript.option(options, 'useFactory');
  if (factory !== undefined && factory !== 'absent') {
    const fn = javascript.functionOf(factory);
    return fn === undefined ? [] : returned(fn);
  }
  for (const key of ['useClass', 'useExisting']) {
    const named = javascript.option(options, key);
    if (named === undefined || named === 'absent') continue;
    for (const traced of javascript.trace(named)) {
      if (traced.kind !== 'repository' || traced.at.node.type !== 'ClassDeclaration') continue;
      const method = traced.at.node.body.body.find(
        (one): one is TSESTree.MethodDefinition =>
          one.type === 'MethodDefinition' && /^create\w*Options$/.test(nameOf(one.key)),
      );
      if (method !== undefined) return returned(at(traced.at, method.value));
    }
    return [];
  }
  return undefined;
}

function returned(fn: Placed): Placed[] {
  if (!isFunction(fn.node)) return [];
  if (fn.node.body.type !== 'BlockStatement') return [at(fn, fn.node.body)];
  const found: Placed[] = [];
  walkJavaScript(fn.node.body, (node) => {
    if (node.type === 'ReturnStatement' && node.argument !== null && found.length < MOST_RETURNS)
      found.push(at(fn, node.argument));
    return !isFunction(node);
  });
  return found;
}
