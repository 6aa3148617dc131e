import type { TSESTree } from '@typescript-eslint/types';
import type * as Morph from 'ts-morph';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import type { Point } from './engine.js';
import { placeOf } from './follow-module.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import type { ModuleGraph } from './module-graph.js';
import { isClass, isFunction, keyName } from './syntax.js';
import { createTypeProject, isTypeScript, type TypeProject } from './type-project.js';

/** Methods that everything of the language has: of those alone nobody can tell that a class of the repository may be meant. */
const EVERYWHERE = new Set(
  [Array, Map, Set, Promise, String, Number, RegExp, Date, Function, Object].flatMap((one) =>
    Object.getOwnPropertyNames(one.prototype),
  ),
);

/** One component asks no more than that; and no more once the checker has made so many types of others. */
const MOST_QUESTIONS = 400;
const MOST_INSTANTIATIONS = 2_000_000;

const MOST_TYPES = 8;

/**
 * Asks the type checker of which classes an object may be whose member is used, where a class of the component has a method of
 * that name. Loaded by the first such question.
 */
export function createTypeAsker(
  graph: ModuleGraph,
  notify: (message: string, path: string) => void,
): (receiver: Placed, member: string) => readonly Point[] {
  let project: TypeProject | 'none' | undefined;
  let methods: ReadonlySet<string> | undefined;
  let questions = 0;
  const answers = new WeakMap<TSESTree.Node, readonly Point[]>();

  return ({ module, node }, member) => {
    if (project === 'none' || !isTypeScript(module.path) || EVERYWHERE.has(member)) return [];
    methods ??= methodsOfClasses(graph);
    if (!methods.has(member)) return [];
    const known = answers.get(node);
    if (known !== undefined) return known;
    try {
      project ??= createTypeProject(graph) ?? 'none';
      if (project === 'none') {
        notify('types are not asked for: the component has too many modules for that', module.path);
        return [];
      }
      if (++questions > MOST_QUESTIONS || instantiations(project) > MOST_INSTANTIATIONS) return [];
      const type = typeAt(project, module.path, node);
      const points = type === undefined ? [] : pointsOf(graph, project, type, { module, node }, 0);
      answers.set(node, points);
      return points;
    } catch (error) {
      // What the checker does with types that nobody would write is not ours to know; the rest goes on without it.
      project = 'none';
      notify(
        `types are not asked for: ${error instanceof Error ? error.message : 'the type checker failed'}`,
        module.path,
      );
      return [];
    }
  };
}

/** The methods of classes. What else they have is mostly data: to know of which class that is decides nothing. */
function methodsOfClasses(graph: ModuleGraph): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { module, classes } of graph.modules) {
    if (!isTypeScript(module.path)) continue;
    for (const { body } of classes)
      for (const member of body.body) {
        if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') continue;
        const name = isFunction(member.value) ? keyName(member.key, member.computed) : undefined;
        if (name !== undefined && name !== 'constructor') names.add(name);
      }
  }
  return names;
}

/** Deterministic, as a clock would not be. https://github.com/microsoft/TypeScript/blob/v6.0.0/src/compiler/types.ts, TypeChecker.getInstantiationCount */
function instantiations({ checker }: TypeProject): number {
  return (checker.compilerObject as unknown as { getInstantiationCount?(): number }).getInstantiationCount?.() ?? 0;
}

/** The type of the expression that stands at the same place in TypeScript's own tree. */
function typeAt(project: TypeProject, path: string, { range: [start, end] }: TSESTree.Node): Morph.Type | undefined {
  let at: Morph.Node | undefined = project.file(path)?.getDescendantAtPos(start);
  while (at?.getStart() === start && at.getEnd() < end) at = at.getParent();
  return at?.getStart() === start && at.getEnd() === end ? at.getType() : undefined;
}

function pointsOf(graph: ModuleGraph, project: TypeProject, type: Morph.Type, asked: Placed, depth: number): Point[] {
  if (depth > 3) return [];
  const parts = type.isUnion() ? type.getUnionTypes() : type.isIntersection() ? type.getIntersectionTypes() : undefined;
  if (parts !== undefined)
    return parts.length > MOST_TYPES ? [] : parts.flatMap((one) => pointsOf(graph, project, one, asked, depth + 1));
  if (type.isTypeParameter()) {
    const bound = type.getConstraint();
    return bound === undefined ? [] : pointsOf(graph, project, bound, asked, depth + 1);
  }
  return (type.getSymbol()?.getDeclarations() ?? []).slice(0, MOST_TYPES).flatMap((declaration): Point[] => {
    const file = declaration.getSourceFile().getFilePath();
    const name = type.getSymbol()?.getName() ?? '';
    const owner = project.packageOf(file);
    const isObject = type.getConstructSignatures().length === 0;
    if (owner === undefined) return inRepository(graph, project, declaration, isObject);
    if (!isObject || (owner === '' && !/^(?:Weak)?(?:Map|Set)$/.test(name))) return [];
    return [
      {
        kind: 'package',
        package: owner === '' ? 'node:global' : owner,
        subpath: '',
        steps: name === 'default' ? ['new'] : [name, 'new'],
        call: undefined,
        evidence: [{ message: `it is inferred to be a ${name}`, location: placeOf(asked.module, asked.node) }],
      },
    ];
  });
}

/** The node of our own tree that declares it. */
function inRepository(graph: ModuleGraph, { morph }: TypeProject, declaration: Morph.Node, isObject: boolean): Point[] {
  const { Node } = morph;
  const module = graph.index(declaration.getSourceFile().getFilePath().slice(1))?.module;
  if (module === undefined) return [];
  if (Node.isObjectLiteralExpression(declaration)) return placed(module, declaration.getStart(), []);
  if (
    !Node.isClassDeclaration(declaration) &&
    !Node.isClassExpression(declaration) &&
    !Node.isInterfaceDeclaration(declaration)
  )
    return [];
  return placed(module, (declaration.getNameNode() ?? declaration).getStart(), isObject ? ['new'] : []);
}

const declared = new WeakMap<JavaScriptModule, ReadonlyMap<number, TSESTree.Node>>();

function placed(module: JavaScriptModule, start: number, steps: readonly string[]): Point[] {
  let nodes = declared.get(module);
  if (nodes === undefined) {
    const found = new Map<number, TSESTree.Node>();
    walkJavaScript(module.document.tree, (node) => {
      if (isClass(node) || node.type === 'TSInterfaceDeclaration') found.set((node.id ?? node).range[0], node);
      else if (node.type === 'ObjectExpression') found.set(node.range[0], node);
    });
    declared.set(module, (nodes = found));
  }
  const node = nodes.get(start);
  return node === undefined ? [] : [{ kind: 'repository', at: { module, node }, steps }];
}
