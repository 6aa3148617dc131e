import type { TSESTree } from '@typescript-eslint/types';
import { absentPoint, type Engine, type Point } from './engine.js';
import { fromSpecifier } from './follow-module.js';
import { implementedMember } from './implemented-member.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import { answersNamed, once } from './once.js';
import { isClass, keyName } from './syntax.js';

/** What a name, parameter or field is by the type that is written beside it: [] where none is, or it says nothing. */
export function declaredType(js: Engine, module: JavaScriptModule, node: TSESTree.Node): readonly Point[] {
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeAnnotation') return [];
  return typePoints(js, { module, node: annotation.typeAnnotation }, 0);
}

/** An object of what a type names. */
export function typePoints(js: Engine, place: Placed, depth: number): readonly Point[] {
  if (depth > 8) return [];
  return once<readonly Point[]>(
    js.asking,
    answersNamed(js.members, ['type']),
    place.node,
    () => [],
    () => pointsOfType(js, place, depth),
  );
}

function pointsOfType(js: Engine, { module, node }: Placed, depth: number): readonly Point[] {
  const inner = (child: TSESTree.Node | undefined): readonly Point[] =>
    child === undefined ? [] : typePoints(js, { module, node: child }, depth + 1);
  switch (node.type) {
    case 'TSTypeReference': {
      const name = node.typeName.type === 'Identifier' ? node.typeName.name : '';
      if (WRAPPERS.has(name)) return inner(node.typeArguments?.params[0]);
      return ofName(js, { module, node: node.typeName }, depth);
    }
    case 'TSImportType': {
      const { qualifier } = node;
      if (qualifier?.type !== 'Identifier') return [];
      return instances(fromSpecifier(js, { module, node: node.source }, undefined, { name: qualifier.name }, node));
    }
    case 'TSTypeQuery':
      return node.exprName.type === 'Identifier'
        ? js.follow({ module, node: node.exprName }, undefined).filter((point) => point.kind !== 'unknown')
        : [];
    case 'TSUnionType':
    case 'TSIntersectionType':
      return node.types.flatMap((one) => inner(one));
    case 'TSTypeLiteral':
      return [{ kind: 'repository', at: { module, node }, steps: ['new'] }];
    default:
      return [];
  }
}

const WRAPPERS = new Set([
  'Promise',
  'Readonly',
  'Partial',
  'Required',
  'NonNullable',
  'Awaited',
  'Omit',
  'Pick',
  'PromiseLike',
]);

/** An object of the type that a name stands for. */
export function namedType(js: Engine, place: Placed): readonly Point[] {
  return ofName(js, place, 1);
}

function ofName(js: Engine, { module, node }: Placed, depth: number): readonly Point[] {
  if (node.type === 'TSQualifiedName') {
    const left = node.left.type === 'Identifier' ? js.follow({ module, node: node.left }, undefined) : [];
    return left.flatMap((point): Point[] =>
      point.kind === 'package' ? [{ ...point, steps: [...point.steps, node.right.name, 'new'] }] : [],
    );
  }
  if (node.type !== 'Identifier') return [];
  const variable = js.graph.scopes(module).variableOf(node);
  const def = variable?.defs[0];
  if (def === undefined) return [];
  const declaration = def.node as TSESTree.Node;
  switch (declaration.type) {
    case 'TSInterfaceDeclaration':
      return [{ kind: 'repository', at: { module, node: declaration }, steps: ['new'] }];
    case 'TSTypeAliasDeclaration':
      return typePoints(js, { module, node: declaration.typeAnnotation }, depth + 1);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return [{ kind: 'repository', at: { module, node: declaration }, steps: ['new'] }];
    case 'TSTypeParameter': {
      // The parser writes null where TS-ESTree has undefined.
      const constraint = declaration.constraint as TSESTree.TypeNode | null | undefined;
      return constraint ? typePoints(js, { module, node: constraint }, depth + 1) : [];
    }
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'TSImportEqualsDeclaration':
      return importedType(js, { module, node: declaration }, node, depth);
    default:
      return [];
  }
}

/** A type from another module: a class or package as any import, an interface or alias by its declaration there. */
function importedType(
  js: Engine,
  { module, node }: Placed,
  name: TSESTree.Identifier,
  depth: number,
): readonly Point[] {
  if (node.type === 'ImportSpecifier' && node.parent.type === 'ImportDeclaration') {
    const wanted = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
    const found = typeExport(js, module, node.parent.source.value, wanted, depth);
    if (found !== undefined) return found;
  }
  return instances(js.follow({ module, node: name }, undefined));
}

function typeExport(
  js: Engine,
  from: JavaScriptModule,
  specifier: string,
  name: string,
  depth: number,
): readonly Point[] | undefined {
  const target = js.graph.target(specifier, from.path);
  const index = target?.kind === 'file' ? js.graph.index(target.path) : undefined;
  if (index === undefined || depth > 8) return undefined;
  const { module } = index;
  for (const node of index.exports) {
    if (node.type === 'ExportNamedDeclaration') {
      const { declaration } = node;
      if (declaration?.type === 'TSInterfaceDeclaration' && declaration.id.name === name)
        return [{ kind: 'repository', at: { module, node: declaration }, steps: ['new'] }];
      if (declaration?.type === 'TSTypeAliasDeclaration' && declaration.id.name === name)
        return typePoints(js, { module, node: declaration.typeAnnotation }, depth + 1);
      const renamed = node.specifiers.find((one) => one.exported.type === 'Identifier' && one.exported.name === name);
      if (renamed?.local.type !== 'Identifier') continue;
      return node.source === null
        ? ofName(js, { module, node: renamed.local }, depth + 1)
        : typeExport(js, module, node.source.value, renamed.local.name, depth + 1);
    }
    if (node.type === 'ExportAllDeclaration' && node.exported === null) {
      const found = typeExport(js, module, node.source.value, name, depth + 1);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function instances(points: readonly Point[]): Point[] {
  return points.flatMap((point): Point[] => {
    if (point.kind === 'package') return [{ ...point, steps: [...point.steps, 'new'] }];
    return point.kind === 'repository' && point.steps.length === 0 && isClass(point.at.node)
      ? [{ ...point, steps: ['new'] }]
      : [];
  });
}

/** A member of an object of which only the interface is known. */
export function declaredMember(js: Engine, { module, node }: Placed, name: string): readonly Point[] {
  const members =
    node.type === 'TSInterfaceDeclaration' ? node.body.body : node.type === 'TSTypeLiteral' ? node.members : [];
  const implemented = implementedMember(js, node, name);
  if (implemented.length > 0) return implemented;
  for (const member of members) {
    if (!('key' in member) || keyName(member.key, member.computed) !== name) continue;
    const found = member.type === 'TSPropertySignature' ? declaredType(js, module, member) : [];
    return found.length > 0 ? found : [{ kind: 'unknown', reason: `the type of ${name} says nothing` }];
  }
  for (const heritage of node.type === 'TSInterfaceDeclaration' ? node.extends : []) {
    const parents =
      heritage.expression.type === 'Identifier' ? ofName(js, { module, node: heritage.expression }, 1) : [];
    const found = parents.flatMap((parent): readonly Point[] =>
      parent.kind === 'package'
        ? [{ ...parent, steps: [...parent.steps, name] }]
        : parent.kind === 'repository' && parent.at.node.type === 'TSInterfaceDeclaration'
          ? js.memberOf(parent, name)
          : [],
    );
    if (found.some((point) => point.kind !== 'unknown')) return found;
  }
  return [absentPoint(`its type has no ${name}`)];
}
