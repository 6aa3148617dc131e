import type { TSESTree } from '@typescript-eslint/types';
import { locate } from '../../parse/document.js';
import { absentPoint, unknownPoint, type Engine, type Frame, type Point } from './engine.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import type { Target } from './resolve.js';

/** What a module gives: all of it, or an export. `namespace` is `import * as x`, `require` all that require() returns. */
export function fromSpecifier(
  js: Engine,
  specifier: Placed,
  frame: Frame | undefined,
  wanted: 'namespace' | 'require' | { readonly name: string },
  site: TSESTree.Node,
): readonly Point[] {
  const { module, node } = specifier;
  const name = node.type === 'Literal' && typeof node.value === 'string' ? node.value : textOf(js, specifier, frame);
  if (name === undefined) return [unknownPoint('what is imported is computed')];
  const target = js.graph.target(name, module.path);
  if (target === undefined) return [unknownPoint(`${name} is not in the repository`)];
  return fromTarget(js, target, wanted, { module, node: site });
}

export function fromTarget(
  js: Engine,
  target: Target,
  wanted: 'namespace' | 'require' | { readonly name: string },
  site: Placed,
): readonly Point[] {
  if (target.kind === 'package') {
    const root: Point = {
      kind: 'package',
      package: target.name,
      subpath: target.subpath,
      steps: typeof wanted === 'string' || wanted.name === 'default' ? [] : [wanted.name],
      call: undefined,
      evidence: [{ message: `${target.name} is imported`, location: placeOf(site.module, site.node) }],
    };
    return [root];
  }
  const index = js.graph.index(target.path);
  if (index === undefined) return [unknownPoint(`${target.path} cannot be read`)];
  if (typeof wanted === 'object') return js.exported(index, wanted.name);
  return wanted === 'require'
    ? js.wholeModule(index)
    : [{ kind: 'repository', at: programOf(index.module), steps: [] }];
}

export function programOf(module: JavaScriptModule): Placed {
  return { module, node: module.document.tree };
}

export function placeOf(module: JavaScriptModule, node: TSESTree.Node): ReturnType<typeof locate> {
  return locate(module.document, { start: node.range[0], end: node.range[1] });
}

function textOf(js: Engine, place: Placed, frame: Frame | undefined): string | undefined {
  const value = js.evaluate(place, frame);
  return value.kind === 'str' || value.kind === 'path' ? value.value : undefined;
}

export const noExport = (name: string): Point => absentPoint(`there is no export ${name}`);
