import type { TSESTree } from '@typescript-eslint/types';
import type { Location } from '../../location.js';
import { locate } from '../../parse/document.js';
import type { JavaScript } from '../../parse/javascript/index.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, items, pairs, string } from '../../parse/yaml/read.js';
import type { Sources } from './module-graph.js';
import { bare, keyName } from './syntax.js';

/** A program as a file of a process manager describes it. https://pm2.keymetrics.io/docs/usage/application-declaration/ */
export interface App {
  readonly name: string;
  readonly script: string;
  readonly cwd: string | undefined;
  readonly location: Location;
  /** `env`, or `env_<name>` where that is asked for. */
  environment(name: string | undefined): readonly (readonly [string, string])[];
}

/** The programs of such a file, as far as it writes them out. */
export function appsOf(path: string, sources: Sources): readonly App[] {
  return /\.[cm]?js$/.test(path) ? ofScript(path, sources) : ofData(path, sources);
}

function ofData(path: string, { documents }: Sources): readonly App[] {
  let document;
  try {
    document = documents.get<YamlTree>(path, 'yaml');
  } catch {
    // Nothing else of this run needs YAML.
    return [];
  }
  const [root] = document?.tree.documents ?? [];
  if (document === undefined || root === undefined) return [];
  const apps = get(root, 'apps') ?? root;
  return (apps.kind === 'list' ? items(apps) : [apps]).flatMap((app): App[] => {
    const script = string(get(app, 'script'));
    if (script === undefined) return [];
    return [
      {
        name: string(get(app, 'name')) ?? '',
        script,
        cwd: string(get(app, 'cwd')),
        location: locate(document, app),
        environment: (name) =>
          pairs(get(app, name === undefined ? 'env' : `env_${name}`)).flatMap(({ key, value }) => {
            const text = string(value);
            return text === undefined ? [] : [[key, text] as const];
          }),
      },
    ];
  });
}

function ofScript(path: string, { documents }: Sources): readonly App[] {
  const document = documents.get<JavaScript>(path, 'javascript');
  if (document === undefined) return [];
  const { body } = document.tree;
  const named = (node: TSESTree.Node | null | undefined): TSESTree.Node | undefined => {
    if (node === null || node === undefined) return undefined;
    const inner = bare(node);
    if (inner.type !== 'Identifier') return inner;
    for (const statement of body)
      if (statement.type === 'VariableDeclaration')
        for (const one of statement.declarations)
          if (one.id.type === 'Identifier' && one.id.name === inner.name && one.init !== null) return bare(one.init);
    return undefined;
  };
  const member = (object: TSESTree.Node | undefined, key: string): TSESTree.Node | undefined => {
    if (object?.type !== 'ObjectExpression') return undefined;
    for (const property of object.properties.toReversed()) {
      if (property.type === 'SpreadElement') {
        const found: TSESTree.Node | undefined = member(named(property.argument), key);
        if (found !== undefined) return found;
      } else if (keyName(property.key, property.computed) === key) return named(property.value);
    }
    return undefined;
  };
  const text = (node: TSESTree.Node | undefined): string | undefined =>
    node?.type === 'Literal' && node.value !== null
      ? String(node.value)
      : node?.type === 'TemplateLiteral' && node.expressions.length === 0
        ? (node.quasis[0]?.value.cooked ?? undefined)
        : undefined;
  let root: TSESTree.Node | undefined;
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') root = named(statement.declaration);
    if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression')
      root = named(statement.expression.right);
  }
  const apps = member(root, 'apps') ?? root;
  const list = apps?.type === 'ArrayExpression' ? apps.elements.map(named) : [apps];
  return list.flatMap((app): App[] => {
    const script = text(member(app, 'script'));
    if (app === undefined || script === undefined) return [];
    return [
      {
        name: text(member(app, 'name')) ?? '',
        script,
        cwd: text(member(app, 'cwd')),
        location: locate(document, { start: app.range[0], end: app.range[1] }),
        environment(name) {
          const object = member(app, name === undefined ? 'env' : `env_${name}`);
          if (object?.type !== 'ObjectExpression') return [];
          return object.properties.flatMap((property) => {
            const key = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
            const value = property.type === 'Property' ? text(named(property.value)) : undefined;
            return key === undefined || value === undefined ? [] : [[key, value] as const];
          });
        },
      },
    ];
  });
}
