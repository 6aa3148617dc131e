import type { TSESTree } from '@typescript-eslint/types';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { JavaScript } from '../../parse/javascript/index.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';

/** A program as a file of PM2 describes it. https://pm2.keymetrics.io/docs/usage/application-declaration/ */
export interface App {
  readonly name: string | undefined;
  readonly script: string | undefined;
  /** As it is written: `max`, `4`, `-1`. */
  readonly instances: Maybe<string> | undefined;
  readonly watch: boolean;
  /** Where its instances are set, else where it begins. */
  readonly location: Location;
}

/** The programs that a file describes; undefined where that cannot be told. */
export function appsIn(program: Program, path: string): readonly App[] | undefined {
  if (/\.[cm]?js$/.test(path)) {
    const document = program.documents.get<JavaScript>(path, 'javascript');
    return document === undefined ? undefined : ofScript(program, document);
  }
  const document = program.documents.get<YamlTree>(path, 'yaml');
  const [root] = document?.tree.documents ?? [];
  if (document === undefined || root === undefined) return undefined;
  const apps = get(root, 'apps') ?? root;
  const all = apps.kind === 'list' ? items(apps) : [apps];
  return all.map((app) => ofNode(document, app));
}

function ofNode(document: Document, app: YamlNode): App {
  const instances = get(app, 'instances');
  const written = string(instances);
  return {
    name: string(get(app, 'name')),
    script: string(get(app, 'script')),
    instances: written,
    watch: string(get(app, 'watch')) === 'true',
    location: locate(document, instances ?? { start: app.start, end: app.start + 1 }),
  };
}

function ofScript(program: Program, document: Document<JavaScript>): readonly App[] | undefined {
  const root = resolved(document.tree, exported(document.tree));
  const apps = root?.type === 'ObjectExpression' ? resolved(document.tree, member(root, 'apps')) : root;
  if (apps?.type === 'ObjectExpression') return [ofObject(program, document, apps)];
  if (apps?.type !== 'ArrayExpression') return undefined;
  const elements = apps.elements.map((element) => resolved(document.tree, element));
  if (!elements.every((element) => element?.type === 'ObjectExpression')) return undefined;
  return elements.map((element) => ofObject(program, document, element));
}

function ofObject(program: Program, document: Document<JavaScript>, app: TSESTree.ObjectExpression): App {
  const written = (key: string): { value: Maybe<string>; node: TSESTree.Node } | undefined => {
    const node = member(app, key);
    if (node === undefined) return undefined;
    const module = { path: document.path, document };
    const value = plain(node) ?? fromValue(program.javascript.value({ module, node }));
    return { value, node };
  };
  const instances = written('instances');
  const place = instances?.node ?? app;
  const text = (key: string): string | undefined => {
    const value = written(key)?.value;
    return isUnknown(value) ? undefined : value;
  };
  return {
    name: text('name'),
    script: text('script'),
    instances: instances?.value,
    watch: text('watch') === 'true',
    location: locate(document, {
      start: place.range[0],
      end: instances === undefined ? app.range[0] + 1 : place.range[1],
    }),
  };
}

function plain(node: TSESTree.Node): string | undefined {
  if (node.type === 'Literal' && node.value !== null) return String(node.value);
  if (node.type === 'UnaryExpression' && node.operator === '-' && node.argument.type === 'Literal')
    return `-${String(node.argument.value)}`;
  return undefined;
}

function fromValue(value: ReturnType<Program['javascript']['value']>): Maybe<string> {
  if (value.kind === 'str' || value.kind === 'int' || value.kind === 'float') return String(value.value);
  return unknown(value.kind === 'unknown' ? value.reason : 'instances is not known');
}

/** `module.exports = …` and `export default …` */
function exported(tree: JavaScript): TSESTree.Node | undefined {
  for (const statement of tree.body) {
    if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const { left, right } = statement.expression;
    if (left.type === 'MemberExpression' && left.property.type === 'Identifier' && left.property.name === 'exports')
      return right;
  }
  return undefined;
}

/** The expression behind a constant of the same file. */
function resolved(tree: JavaScript, node: TSESTree.Node | null | undefined): TSESTree.Node | undefined {
  if (node?.type !== 'Identifier') return node ?? undefined;
  for (const statement of tree.body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations)
      if (id.type === 'Identifier' && id.name === node.name) return init ?? undefined;
  }
  return undefined;
}

function member(object: TSESTree.ObjectExpression, key: string): TSESTree.Node | undefined {
  const found = object.properties.findLast(
    (one) =>
      one.type === 'Property' &&
      !one.computed &&
      (one.key.type === 'Identifier' ? one.key.name === key : one.key.type === 'Literal' && one.key.value === key),
  );
  return found?.type === 'Property' ? found.value : undefined;
}
