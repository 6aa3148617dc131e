import { isForBrowser } from './syntax.js';
import type { TSESTree } from '@typescript-eslint/types';
import type { Call, JavaScriptModule } from './javascript-program.js';

type Node = TSESTree.Node;

/** A place that loads another module. */
export interface ImportSite {
  /** The statement or call. */
  readonly node: Node;
  readonly source: TSESTree.Expression;
  readonly kind: 'import' | 'export' | 'require' | 'dynamic' | 'path' | 'folder';
  /** Written so that only types are taken: nothing is loaded. */
  readonly typeOnly: boolean;
}

/** What one walk over a module finds: the nodes that all later questions start from. */
export interface ModuleIndex {
  readonly module: JavaScriptModule;
  readonly sites: readonly ImportSite[];
  readonly calls: readonly Call[];
  /** Assignments to members: `x.y = z`. */
  readonly memberWrites: readonly TSESTree.AssignmentExpression[];
  readonly exports: readonly (
    | TSESTree.ExportNamedDeclaration
    | TSESTree.ExportDefaultDeclaration
    | TSESTree.ExportAllDeclaration
    | TSESTree.TSExportAssignment
  )[];
  readonly classes: readonly (TSESTree.ClassDeclaration | TSESTree.ClassExpression)[];
}

/** Packages whose one function loads every module of a folder. */
const LOADERS =
  'auto-load|require-all|require-dir|require-directory|require-dir-all|requireindex|include-all|node-require-directory';
const FOLDER_LOADERS = new RegExp(`^(?:${LOADERS})$`);
/** A plugin that loads every module of a folder, where it is registered. */
const REGISTERED_NAME = /^(?:@fastify\/autoload|fastify-autoload)$/;
const REGISTERED = /['"](?:@fastify\/autoload|fastify-autoload)['"]/;
/** Whether a text may load a folder in this way. */
export const mayLoadFolder = (text: string): boolean => NAMED.test(text) || REGISTERED.test(text);
const NAMED = new RegExp(`['"](?:${LOADERS})['"]`);

/** Walks a module once; sets `parent` of every node, as TS-ESTree has it. */
export function indexModule(module: JavaScriptModule): ModuleIndex {
  const index = {
    module,
    sites: [] as ImportSite[],
    calls: [] as Call[],
    memberWrites: [] as TSESTree.AssignmentExpression[],
    exports: [] as ModuleIndex['exports'][number][],
    classes: [] as ModuleIndex['classes'][number][],
  };
  const site = (node: Node, source: Node | null | undefined, kind: ImportSite['kind'], typeOnly = false): void => {
    if (source !== null && source !== undefined)
      index.sites.push({ node, source: source as TSESTree.Expression, kind, typeOnly });
  };
  const loaders = new Set<string>();
  const autoloaders = new Set<string>();
  const autoloads = (given: Node): boolean =>
    given.type === 'Identifier'
      ? autoloaders.has(given.name)
      : given.type === 'MemberExpression'
        ? autoloads(given.object)
        : given.type === 'CallExpression' && isRequireOf(given, REGISTERED_NAME);
  let inBrowser = 0;
  const enter = (node: Node): void => {
    switch (node.type) {
      case 'VariableDeclarator':
        if (node.id.type === 'Identifier' && isFolderLoader(node.init)) loaders.add(node.id.name);
        if (isRequireOf(node.init, REGISTERED_NAME)) for (const name of namesIn(node.id)) autoloaders.add(name);
        break;
      case 'ImportDeclaration': {
        const named = node.specifiers.filter((one) => one.type === 'ImportSpecifier');
        if (FOLDER_LOADERS.test(node.source.value))
          for (const { type, local } of node.specifiers) if (type !== 'ImportSpecifier') loaders.add(local.name);
        if (REGISTERED_NAME.test(node.source.value))
          for (const { local } of node.specifiers) autoloaders.add(local.name);
        const types = named.length > 0 && named.length === node.specifiers.length;
        site(
          node,
          node.source,
          'import',
          node.importKind === 'type' || (types && named.every((one) => one.importKind === 'type')),
        );
        break;
      }
      case 'ExportNamedDeclaration':
        index.exports.push(node);
        site(node, node.source, 'export', node.exportKind === 'type');
        break;
      case 'ExportAllDeclaration':
        index.exports.push(node);
        site(node, node.source, 'export', node.exportKind === 'type');
        break;
      case 'ExportDefaultDeclaration':
      case 'TSExportAssignment':
        index.exports.push(node);
        break;
      case 'TSImportEqualsDeclaration':
        if (node.moduleReference.type === 'TSExternalModuleReference')
          site(node, node.moduleReference.expression, 'require', node.importKind === 'type');
        break;
      case 'ImportExpression':
        site(node, node.source, 'dynamic');
        break;
      case 'NewExpression':
        index.calls.push(node);
        break;
      case 'CallExpression': {
        index.calls.push(node);
        const { callee } = node;
        const [first] = node.arguments;
        if (callee.type === 'Identifier' && callee.name === 'require') site(node, first, 'require');
        else if (
          callee.type === 'MemberExpression' &&
          callee.object.type === 'Identifier' &&
          callee.object.name === 'require' &&
          callee.property.type === 'Identifier' &&
          callee.property.name === 'resolve'
        )
          site(node, first, 'path');
        else if (isFork(callee) && (first?.type !== 'Literal' || /^\.{0,2}\//.test(String(first.value))))
          site(node, first, 'path');
        break;
      }
      case 'AssignmentExpression':
        if (node.left.type === 'MemberExpression') index.memberWrites.push(node);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        index.classes.push(node);
        break;
      default:
    }
  };
  const visit = (node: Node): void => {
    if (inBrowser === 0) enter(node);
    const isAside = isForBrowser(node);
    if (isAside) inBrowser++;
    const fields = node as unknown as Record<string, unknown>;
    for (const key in fields) {
      if (key === 'parent' || key === 'range' || key === 'type' || key === 'comments' || key === 'tokens') continue;
      const value = fields[key];
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const item of value as unknown[]) if (isNode(item)) below(item, node);
      } else if (isNode(value)) below(value, node);
    }
    if (isAside) inBrowser--;
  };
  const below = (node: Node, parent: Node): void => {
    node.parent = parent;
    visit(node);
  };
  visit(module.document.tree);
  const registers = REGISTERED.test(module.document.text);
  for (const call of index.calls) {
    const { callee } = call;
    const [first, second] = call.arguments;
    // `app.register(autoload, { dir: path.join(import.meta.dirname, 'plugins') })`: https://github.com/fastify/fastify-autoload
    if (
      registers &&
      isRegister(callee) &&
      first !== undefined &&
      second?.type === 'ObjectExpression' &&
      autoloads(first)
    )
      site(call, second, 'folder');
    if (callee.type === 'Identifier' ? loaders.has(callee.name) : isFolderLoader(callee))
      site(call, call.arguments[0], 'folder');
  }
  const byPlace = (a: { range: readonly [number, number] }, b: { range: readonly [number, number] }): number =>
    a.range[0] - b.range[0] || a.range[1] - b.range[1];
  index.calls.sort(byPlace);
  index.memberWrites.sort(byPlace);
  return index;
}

/** `require('require-all')`. */
function isFolderLoader(node: Node | null): boolean {
  return isRequireOf(node, FOLDER_LOADERS);
}

function isRequireOf(node: Node | null, name: RegExp): boolean {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return false;
  const [first] = node.arguments;
  return first?.type === 'Literal' && typeof first.value === 'string' && name.test(first.value);
}

function isRegister(callee: TSESTree.Expression): boolean {
  return (
    callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'register'
  );
}

/** `autoload`, and that of `{ fastifyAutoload: autoload }`. */
function namesIn(id: TSESTree.BindingName): readonly string[] {
  if (id.type === 'Identifier') return [id.name];
  return id.type === 'ObjectPattern'
    ? id.properties.flatMap((one) =>
        one.type === 'Property' && one.value.type === 'Identifier' ? [one.value.name] : [],
      )
    : [];
}

/** `fork(path.join(__dirname, 'app.js'))` of node:child_process: another process, of the same component. */
function isFork(callee: TSESTree.Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'fork';
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'fork' &&
    callee.object.type === 'Identifier' &&
    /^(?:cp|child_?process|proc)$/i.test(callee.object.name)
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
