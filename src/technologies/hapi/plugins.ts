import type { TSESTree } from '@typescript-eslint/types';
import type { JavaScriptModule, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { nameOf } from '../javascript-place.js';

/** A plugin as a server is given it: `{ plugin: require('@hapi/yar'), options: { … } }`, in a manifest of Glue by its name. */
export interface Plugin {
  readonly place: Placed;
  readonly options: Placed | undefined;
}

/** Whatever object a plugin is registered on: what stands beside `plugin` tells. */
export function pluginsOf(program: Program, names: readonly string[]): Plugin[] {
  const found: Plugin[] = [];
  for (const module of program.javascript.modules) {
    const { text, tree } = module.document;
    if (!/\b(?:plugin|register)\b/.test(text)) continue;
    walkJavaScript(tree, (node) => {
      if (node.type !== 'ObjectExpression') return;
      const plugin = property(node, 'plugin') ?? property(node, 'register');
      if (plugin === undefined || !isOf(program, module, plugin, names)) return;
      const options = property(node, 'options');
      found.push({ place: { module, node: plugin }, options: options && { module, node: options } });
    });
  }
  return found;
}

function property(node: TSESTree.ObjectExpression, key: string): TSESTree.Node | undefined {
  for (const one of node.properties) if (one.type === 'Property' && nameOf(one.key) === key) return one.value;
  return undefined;
}

function isOf(program: Program, module: JavaScriptModule, node: TSESTree.Node, names: readonly string[]): boolean {
  if (node.type === 'Literal') return typeof node.value === 'string' && names.includes(node.value);
  if (node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression' || node.type === 'ObjectExpression')
    return false;
  return program.javascript
    .trace({ module, node })
    .some((one) => one.kind === 'package' && names.includes(one.package));
}
