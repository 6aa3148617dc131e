import type { TSESTree } from '@typescript-eslint/types';
import { unknownPoint, type Engine, type Point } from './engine.js';
import { fromTarget, noExport, programOf } from './follow-module.js';
import { followVariable } from './follow-name.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import { aliasedWrites } from './mixed-in.js';
import type { ModuleIndex } from './module-index.js';
import { answersNamed, once } from './once.js';
import { bare, isExports, keyName, nameOf } from './syntax.js';

/** What an ES import of this name gives. */
export function exported(js: Engine, index: ModuleIndex, name: string): readonly Point[] {
  return once<readonly Point[]>(
    js.asking,
    answersNamed(js.members, ['export', name]),
    index.module.document.tree,
    () => [noExport(name)],
    () => exportedBy(js, index, name),
  );
}

function exportedBy(js: Engine, index: ModuleIndex, name: string): readonly Point[] {
  const { module } = index;
  const stars: TSESTree.ExportAllDeclaration[] = [];
  for (const node of index.exports) {
    if (node.type === 'ExportDefaultDeclaration') {
      if (name === 'default') return js.follow({ module, node: node.declaration }, undefined);
    } else if (node.type === 'TSExportAssignment') {
      const points = js.follow({ module, node: node.expression }, undefined);
      return name === 'default' ? points : points.flatMap((point) => js.memberOf(point, name));
    } else if (node.type === 'ExportAllDeclaration') {
      if (node.exported === null) stars.push(node);
      else if (nameOf(node.exported) === name) return load(js, module, node, 'namespace');
    } else {
      const found = ofNamed(js, module, node, name);
      if (found !== undefined) return found;
    }
  }
  if (name !== 'default')
    for (const star of stars) {
      const target = js.graph.target(star.source.value, module.path);
      if (target === undefined) continue;
      const other = target.kind === 'file' ? js.graph.index(target.path) : undefined;
      const found =
        other === undefined ? fromTarget(js, target, { name }, { module, node: star }) : js.exported(other, name);
      // A package that re-exports everything may have the name, unless a file has it.
      if (target.kind === 'package' && stars.length > 1) continue;
      if (!found.every((point) => point.kind === 'unknown')) return found;
    }
  const packages =
    stars.length > 1 ? stars.map((star) => ({ star, target: js.graph.target(star.source.value, module.path) })) : [];
  const only = packages.filter(({ target }) => target?.kind === 'package');
  if (only.length === 1 && only[0]?.target !== undefined && name !== 'default')
    return fromTarget(js, only[0].target, { name }, { module, node: only[0].star });
  return fromCommonJs(js, index, name);
}

function ofNamed(
  js: Engine,
  module: JavaScriptModule,
  node: TSESTree.ExportNamedDeclaration,
  name: string,
): readonly Point[] | undefined {
  const { declaration } = node;
  if (declaration !== null) {
    if ('id' in declaration && declaration.id?.type === 'Identifier')
      return declaration.id.name === name
        ? [{ kind: 'repository', at: { module, node: declaration }, steps: [] }]
        : undefined;
    if (declaration.type !== 'VariableDeclaration') return undefined;
    const variable = js.graph.scopes(module).top(name);
    const isHere = variable?.defs.some((def) => def.parent === declaration);
    return isHere === true && variable !== undefined
      ? followVariable(js, module, variable, undefined, undefined)
      : undefined;
  }
  const specifier = node.specifiers.find((one) => nameOf(one.exported) === name);
  if (specifier === undefined) return undefined;
  if (node.source !== null) return load(js, module, node, { name: nameOf(specifier.local) });
  return js.follow({ module, node: specifier.local }, undefined);
}

function load(
  js: Engine,
  module: JavaScriptModule,
  node: TSESTree.ExportAllDeclaration | TSESTree.ExportNamedDeclarationWithSource,
  wanted: 'namespace' | { readonly name: string },
): readonly Point[] {
  const target = js.graph.target(node.source.value, module.path);
  if (target === undefined) return [unknownPoint(`${node.source.value} is not in the repository`)];
  return fromTarget(js, target, wanted, { module, node });
}

export function isModule(index: ModuleIndex): boolean {
  return index.exports.length > 0 && index.exports.every((one) => one.type !== 'TSExportAssignment');
}

/** What `module.exports` is set to as a whole. */
export function wholeExports(index: ModuleIndex): Placed[] {
  const { module } = index;
  if (module.path.endsWith('.json')) {
    const [first] = module.document.tree.body;
    return first?.type === 'ExpressionStatement' ? [{ module, node: first.expression }] : [];
  }
  const assigned = index.exports.filter((one) => one.type === 'TSExportAssignment');
  if (assigned.length > 0) return assigned.map((one) => ({ module, node: one.expression }));
  return index.memberWrites
    .filter(({ left, operator }) => operator === '=' && left.type === 'MemberExpression' && isExports(left))
    .map(({ right }) => {
      // `exports = module.exports = x`, `module.exports = exports = x`
      let at = bare(right);
      while (at.type === 'AssignmentExpression') at = bare(at.right);
      return { module, node: at };
    });
}

/** What require() of a module returns. */
export function wholeModule(js: Engine, index: ModuleIndex): readonly Point[] {
  if (isModule(index)) return [{ kind: 'repository', at: programOf(index.module), steps: [] }];
  const whole = wholeExports(index);
  if (whole.length === 0) return [{ kind: 'repository', at: programOf(index.module), steps: [] }];
  return whole.flatMap((place) => js.follow(place, undefined));
}

/** `exports.x = ...`, `module.exports = { x }`, and interop of default imports. */
function fromCommonJs(js: Engine, index: ModuleIndex, name: string): readonly Point[] {
  if (isModule(index)) return [noExport(name)];
  const own = exportWrites(index, name);
  const writes = own.length > 0 ? own : aliasedWrites(js, index, name);
  if (writes.length > 0) return writes.flatMap((place) => js.follow(place, undefined));
  const whole = js.wholeModule(index);
  if (name === 'default') return whole;
  if (whole.every((point) => point.kind === 'repository' && point.at.node.type === 'Program')) return [noExport(name)];
  return whole.flatMap((point) => js.memberOf(point, name));
}

/** `exports.x = value` and `module.exports.x = value`. */
export function exportWrites(index: ModuleIndex, name: string): Placed[] {
  const { module } = index;
  const found: Placed[] = [];
  for (const { left, right } of index.memberWrites)
    if (left.type === 'MemberExpression' && isExports(left.object) && keyName(left.property, left.computed) === name) {
      let at = bare(right);
      while (at.type === 'AssignmentExpression') at = bare(at.right);
      // Compilers first write `exports.x = void 0`.
      if (!(at.type === 'UnaryExpression' && at.operator === 'void')) found.push({ module, node: at });
    }
  for (const call of index.calls) {
    // Object.defineProperty(exports, 'x', { value | get })
    const [object, key, descriptor] = call.arguments;
    if (
      call.callee.type !== 'MemberExpression' ||
      keyName(call.callee.property, call.callee.computed) !== 'defineProperty'
    )
      continue;
    if (object === undefined || !isExports(object) || key?.type !== 'Literal' || key.value !== name) continue;
    if (descriptor?.type !== 'ObjectExpression') continue;
    for (const property of descriptor.properties) {
      if (property.type !== 'Property') continue;
      const word = keyName(property.key, property.computed);
      if (word === 'value') found.push({ module, node: property.value });
    }
  }
  return found;
}
