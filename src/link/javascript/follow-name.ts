import type { TSESTree } from '@typescript-eslint/types';
import { absentPoint, frameOf, unknownPoint, type Engine, type Frame, type Point } from './engine.js';
import { fromSpecifier, placeOf } from './follow-module.js';
import { nameOf } from './syntax.js';
import { globalPoint } from './globals.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import { followParameter } from './parameters.js';
import { alongPattern, patternPath } from './patterns.js';
import { reachingWrites } from './reaching.js';
import type { Variable } from './scopes.js';
import { declaredType } from './declared-types.js';

export function followName(js: Engine, place: Placed<TSESTree.Identifier>, frame: Frame | undefined): readonly Point[] {
  const { module, node } = place;
  const variable = js.graph.scopes(module).variableOf(node);
  if (variable === undefined || variable.defs.length === 0) return ofNoVariable(js, place);
  return followVariable(js, module, variable, place, frame);
}

function ofNoVariable(js: Engine, place: Placed<TSESTree.Identifier>): readonly Point[] {
  const { module, node } = place;
  if (node.name === 'undefined') return [absentPoint('undefined')];
  if (node.name === 'exports') {
    const index = js.graph.index(module.path);
    return index === undefined ? [unknownPoint('exports')] : js.wholeModule(index);
  }
  return [globalPoint(node.name, placeOf(module, node))];
}

/** What a variable may hold where it is read; where nobody says where, anything that is ever put into it. */
export function followVariable(
  js: Engine,
  module: JavaScriptModule,
  variable: Variable,
  read: Placed | undefined,
  frame: Frame | undefined,
): readonly Point[] {
  const points: Point[] = [];
  for (const def of variable.defs) {
    const { node } = def;
    switch (def.type as string) {
      case 'ImportBinding':
        points.push(...ofImport(js, module, node, frame));
        break;
      case 'FunctionName':
      case 'ClassName':
      case 'TSEnumName':
        points.push({
          kind: 'repository',
          at: { module, node: node },
          steps: [],
          frame: frameOf((node as TSESTree.Node).parent, frame),
        });
        break;
      case 'Parameter':
        points.push(...followParameter(js, module, def.name, node, frame));
        break;
      case 'Variable':
      case 'Type':
        break;
      default:
        points.push(unknownPoint(`${variable.name} is what was caught`));
    }
  }
  const writes = reachingWrites(js, module, variable, read, frame);
  for (const write of writes) {
    if (write === 'unknown') {
      points.push(unknownPoint(`${variable.name} is changed in ways that are not followed`));
      continue;
    }
    const inside = frameOf(write.source, frame);
    const start = js.follow({ module, node: write.source }, inside);
    const taken = write.kind === 'item' ? start.flatMap((point) => js.memberOf(point, '*')) : start;
    points.push(...alongPattern(js, taken, patternPath(write.pattern, write.name), module, inside));
  }
  if (writes.length === 0 && points.length === 0) {
    const typed = variable.defs.flatMap((def) =>
      def.name.type === 'Identifier' ? declaredType(js, module, def.name) : [],
    );
    points.push(...(typed.length > 0 ? typed : [absentPoint(`nothing is put into ${variable.name}`)]));
  }
  const certain = points.filter((point) => point.kind !== 'unknown');
  if (certain.length === 0) {
    // What cannot be followed may still be told by its type.
    const typed = variable.defs.flatMap((def) =>
      def.name.type === 'Identifier' ? declaredType(js, module, def.name) : [],
    );
    if (typed.length > 0) return typed;
  }
  return points;
}

function ofImport(
  js: Engine,
  module: JavaScriptModule,
  node: TSESTree.Node,
  frame: Frame | undefined,
): readonly Point[] {
  if (node.type === 'TSImportEqualsDeclaration') {
    const { moduleReference } = node;
    return moduleReference.type === 'TSExternalModuleReference'
      ? fromSpecifier(js, { module, node: moduleReference.expression }, frame, 'require', node)
      : [unknownPoint('an alias of a namespace')];
  }
  const statement = node.parent;
  if (statement?.type !== 'ImportDeclaration') return [unknownPoint('an import')];
  const from = (wanted: 'namespace' | { readonly name: string }): readonly Point[] =>
    fromSpecifier(js, { module, node: statement.source }, frame, wanted, statement);
  if (node.type === 'ImportNamespaceSpecifier') return from('namespace');
  if (node.type === 'ImportDefaultSpecifier') return from({ name: 'default' });
  return node.type === 'ImportSpecifier' ? from({ name: nameOf(node.imported) }) : [unknownPoint('an import')];
}
