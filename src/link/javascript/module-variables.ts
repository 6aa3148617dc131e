import type { TSESTree } from '@typescript-eslint/types';
import type { Engine } from './engine.js';
import type { JavaScriptModule, ModuleVariable, VariableReference } from './javascript-program.js';
import type { ModuleGraph } from './module-graph.js';
import type { ModuleIndex } from './module-index.js';
import type { Variable } from './scopes.js';
import { membersNamed } from './named-nodes.js';
import { functionsAround, isExports, keyName } from './syntax.js';

/** The variables that a module declares at its top, and static fields of its classes, with all that refers to them in the component. */
export function variablesIn(js: Engine, index: ModuleIndex): readonly ModuleVariable[] {
  const { module } = index;
  const scopes = js.graph.scopes(module);
  const found: ModuleVariable[] = [];
  for (const variable of scopes.topVariables) {
    const def = variable.defs[0];
    const node = def?.node as TSESTree.Node | undefined;
    if (def === undefined || node?.type !== 'VariableDeclarator') continue;
    const { kind } = node.parent;
    found.push({
      module,
      node,
      name: variable.name,
      declared: kind === 'let' || kind === 'var' ? kind : 'const',
      initial: def.name === node.id ? (node.init ?? undefined) : undefined,
      references: [...referencesOf(module, variable), ...elsewhere(js, index, variable)],
    });
  }
  for (const one of index.classes)
    for (const member of one.body.body) {
      if (member.type !== 'PropertyDefinition' || !member.static) continue;
      const name = keyName(member.key, member.computed);
      if (name === undefined) continue;
      found.push({
        module,
        node: member,
        name,
        declared: 'class-static',
        initial: member.value ?? undefined,
        references: staticReferences(js, index, one, name),
      });
    }
  return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function referencesOf(module: JavaScriptModule, variable: Variable): VariableReference[] {
  return variable.references
    .filter((reference) => reference.isValueReference && reference.init !== true)
    .map((reference) => ({
      module,
      node: reference.identifier as TSESTree.Identifier,
      write: reference.isWrite(),
      within: functionsAround(reference.identifier as TSESTree.Node),
    }));
}

/** Other modules see it under the name of an import, or as a member of the module. */
function elsewhere(js: Engine, index: ModuleIndex, variable: Variable): VariableReference[] {
  const initial = (variable.defs[0]?.node as TSESTree.VariableDeclarator | undefined)?.init;
  if (initial === null || initial === undefined) return [];
  const found: VariableReference[] = [];
  const leadsHere = (module: JavaScriptModule, node: TSESTree.Node): boolean =>
    js
      .follow({ module, node }, undefined)
      .some(
        (point) =>
          (point.kind === 'repository' && point.at.node === initial && point.steps.length === 0) ||
          (point.kind === 'package' &&
            point.call?.node === initial &&
            point.steps.at(-1) === (initial.type === 'NewExpression' ? 'new' : '()')),
      );
  for (const other of importersOf(js, index)) {
    const { module } = other;
    const scopes = js.graph.scopes(module);
    for (const local of localsOf(js, other, index)) {
      const own = scopes.variableOf(local);
      for (const reference of own?.references ?? []) {
        const { identifier } = reference as { identifier: TSESTree.Node };
        if (reference.init === true || identifier.type !== 'Identifier' || !reference.isValueReference) continue;
        const member =
          identifier.parent.type === 'MemberExpression' && identifier.parent.object === identifier
            ? identifier.parent
            : undefined;
        if (leadsHere(module, identifier))
          found.push({ module, node: identifier, write: false, within: functionsAround(identifier) });
        else if (member?.property.type === 'Identifier' && leadsHere(module, member))
          found.push({ module, node: member.property, write: false, within: functionsAround(member) });
      }
    }
  }
  return found;
}

/** Names that an import or require of a module binds. */
function localsOf(js: Engine, importer: ModuleIndex, imported: ModuleIndex): TSESTree.Node[] {
  return js.graph.loadsOf(importer).flatMap(({ site, targets }) => {
    if (!targets.some((target) => target.kind === 'file' && passed(js.graph, target.path).has(imported.module.path)))
      return [];
    const { node } = site;
    if (node.type === 'ImportDeclaration') return node.specifiers.map((one) => one.local as TSESTree.Node);
    if (node.type === 'TSImportEqualsDeclaration') return [node.id];
    for (let at: TSESTree.Node | undefined = node.parent; at !== undefined; at = at.parent)
      if (at.type === 'VariableDeclarator')
        return js.graph
          .scopes(importer.module)
          .declaredBy(at)
          .flatMap((variable) => variable.identifiers as TSESTree.Node[]);
      else if (/Statement$|Function/.test(at.type)) break;
    return [];
  });
}

function importersOf(js: Engine, index: ModuleIndex): readonly ModuleIndex[] {
  return (importers(js).get(index.module.path) ?? []).filter((one) => one !== index);
}

const known = new WeakMap<ModuleGraph, ReadonlyMap<string, readonly ModuleIndex[]>>();

/** Who loads each module, itself or through others that pass it on. */
function importers({ graph }: Engine): ReadonlyMap<string, readonly ModuleIndex[]> {
  let all = known.get(graph);
  if (all === undefined) {
    const found = new Map<string, ModuleIndex[]>();
    for (const one of graph.modules) {
      const given = new Set(
        graph
          .loadsOf(one)
          .flatMap(({ targets }) =>
            targets.flatMap((target) => (target.kind === 'file' ? [...passed(graph, target.path)] : [])),
          ),
      );
      for (const path of given) {
        const there = found.get(path);
        if (there === undefined) found.set(path, [one]);
        else there.push(one);
      }
    }
    known.set(graph, (all = found));
  }
  return all;
}

function staticReferences(js: Engine, index: ModuleIndex, owner: TSESTree.Node, name: string): VariableReference[] {
  const found: VariableReference[] = [];
  for (const { module } of [index, ...importersOf(js, index)]) {
    for (const member of membersNamed(module.document.tree, name)) {
      const isOwn = js
        .follow({ module, node: member.object }, undefined)
        .some((point) => point.kind === 'repository' && point.at.node === owner && point.steps.length === 0);
      if (!isOwn || member.property.type !== 'Identifier') continue;
      const { parent } = member;
      const write =
        (parent.type === 'AssignmentExpression' && parent.left === member) || parent.type === 'UpdateExpression';
      found.push({ module, node: member.property, write, within: functionsAround(member) });
    }
  }
  return found;
}

/** Longer chains of re-exports are not followed here. */
const LONGEST_CHAIN = 4;

const passedOn = new WeakMap<ModuleGraph, Map<string, ReadonlySet<string>>>();

/** A module, and those that it passes on. */
function passed(graph: ModuleGraph, path: string): ReadonlySet<string> {
  let all = passedOn.get(graph);
  if (all === undefined) passedOn.set(graph, (all = new Map<string, ReadonlySet<string>>()));
  let found = all.get(path);
  if (found === undefined) {
    const reached = new Set([path]);
    let last = [path];
    for (let length = 0; length < LONGEST_CHAIN && last.length > 0; length++)
      last = last.flatMap((one) => passes(graph, one)).filter((one) => !reached.has(one) && reached.add(one));
    all.set(path, (found = reached));
  }
  return found;
}

function passes(graph: ModuleGraph, path: string): string[] {
  // Data passes nothing on: it need not be parsed to know that.
  const index = path.endsWith('.json') ? undefined : graph.index(path);
  return (index === undefined ? [] : graph.loadsOf(index)).flatMap(({ site, targets }) =>
    site.kind === 'export' || isPassedOn(site.node)
      ? targets.flatMap((target) => (target.kind === 'file' ? [target.path] : []))
      : [],
  );
}

/** `module.exports = require('./x')` */
function isPassedOn({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'AssignmentExpression' && isExports(parent.left);
}
