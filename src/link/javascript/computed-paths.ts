import picomatch from 'picomatch';
import type { TSESTree } from '@typescript-eslint/types';
import { folderOf, isInside, joinPath } from '../../repository-path.js';
import type { Engine } from './engine.js';
import type { JavaScriptModule, Placed } from './javascript-program.js';
import { manifestsOf } from './manifests.js';
import type { ImportSite } from './module-index.js';
import { namedModules } from './named-modules.js';
import { bare, keyName } from './syntax.js';
import { REPOSITORY } from '../value.js';

/** The files that a computed specifier of require() or import() stands for. */
export function computedPaths(js: Engine, place: Placed, kind: ImportSite['kind']): readonly string[] {
  if (kind === 'folder') return loadedFolder(js, place);
  const value = js.evaluate(place, undefined);
  const texts = (value.kind === 'unknown' ? (value.candidates ?? []) : [value]).flatMap((one) =>
    one.kind === 'str' ? [one.value] : [],
  );
  if (texts.length === 0) {
    // A pattern that is written out says more than the folder that a path is put together from.
    const matched = matchedFiles(js, place.module);
    if (matched.length > 0) return matched;
    const listed = filesOfFolder(js, place);
    return listed.length > 0 ? listed : namedModules(js, place.module);
  }
  return texts.flatMap((text) => {
    const target = text.startsWith(`${REPOSITORY}/`)
      ? js.graph.resolver.file(text.slice(REPOSITORY.length + 1))
      : js.graph.target(text, place.module.path);
    const path = typeof target === 'string' ? target : target?.kind === 'file' ? target.path : undefined;
    return path === undefined ? [] : [path];
  });
}

/** Where a module reads a folder and loads what it finds: `readdirSync(dir).forEach((file) => require(join(dir, file)))`. */
const READS = /\b(?:readdir(?:Sync)?|opendir(?:Sync)?|globSync|glob)\b/;
const CODE = /\.[cm]?[jt]sx?$/;
const NO_MODULE = /\.d\.[cm]?ts$|\.(?:test|spec)\.[cm]?[jt]sx?$/;

function filesOfFolder(js: Engine, place: Placed): readonly string[] {
  if (!READS.test(place.module.document.text)) return [];
  const folder = folderOfPath(js, place);
  if (folder === undefined) return [];
  return js.sources.inventory.files.flatMap(({ path }) => {
    const above = folderOf(path);
    const isThere =
      above === folder || (folderOf(above) === folder && above !== '' && /(?:^|\/)index\.\w+$/.test(path));
    return isThere && path !== place.module.path && CODE.test(path) && !NO_MODULE.test(path) ? [path] : [];
  });
}

/** What a package such as `require-all` is given: a folder, of which the beginning need not be known. */
function loadedFolder(js: Engine, { module, node }: Placed): readonly string[] {
  const argument = node.type === 'ObjectExpression' ? folderOption(node) : node;
  if (argument === undefined) return [];
  const value = js.evaluate({ module, node: argument }, undefined);
  const written = value.kind === 'str' ? value.value : endOf(js, { module, node: bare(argument) });
  if (written === '') return [];
  if (value.kind === 'str' && written.startsWith(`${REPOSITORY}/`))
    return modulesIn(js, written.slice(REPOSITORY.length + 1), module.path);
  const end = written.replace(/^\.?\/+/, '');
  for (let above = folderOf(module.path); ; above = folderOf(above)) {
    const found = modulesIn(js, joinPath(above, end), module.path);
    if (found.length > 0 || above === '') return found;
  }
}

/** https://www.npmjs.com/package/require-all: `{ dirname: ... }`, https://github.com/fastify/fastify-autoload: `{ dir: ... }`. */
function folderOption({ properties }: TSESTree.ObjectExpression): TSESTree.Expression | undefined {
  const found = properties.find(
    (one): one is TSESTree.Property =>
      one.type === 'Property' && /^(?:dirname|dir)$/.test(keyName(one.key, one.computed) ?? ''),
  );
  return found?.value as TSESTree.Expression | undefined;
}

/** What stands behind the last part that is not known: `/controllers` of `path.join(ROOT, '/controllers')`. */
function endOf(js: Engine, { module, node }: Placed): string {
  let end = '';
  for (const { part, separated } of partsOf(node)) {
    const value = typeof part === 'string' ? undefined : js.evaluate({ module, node: part }, undefined);
    const text = typeof part === 'string' ? part : value?.kind === 'str' ? value.value : undefined;
    end = text === undefined ? '' : separated && end !== '' ? `${end}/${text}` : end + text;
  }
  return end.replace(/\/{2,}/g, '/');
}

/** All code below a folder, whatever loads it. */
function modulesIn({ sources: { inventory } }: Engine, folder: string, except: string): readonly string[] {
  return inventory.files.flatMap(({ path }) =>
    path.startsWith(`${folder}/`) && path !== except && CODE.test(path) && !NO_MODULE.test(path) ? [path] : [],
  );
}

const GLOBS = /\b(?:glob(?:by|Sync)?|fast-glob|tiny-glob|fg)\b/;
const PATTERN =
  /(['"`])([^'"`\n\\]{0,200}\*[^'"`\n\\]{0,200}\.(?:[cm]?[jt]s|\{[^}'"`\n]{1,40}\}|\[[^\]'"`\n]{1,20}\]s?|\w*\([^)'"`\n]{1,40}\)))\1/g;

/** Where a module looks for files by patterns and loads what it finds: those that a pattern written in it fits, from its package on. */
function matchedFiles({ sources: { inventory } }: Engine, module: JavaScriptModule): readonly string[] {
  const { text } = module.document;
  if (!GLOBS.test(text)) return [];
  const home = manifestsOf(inventory).above(folderOf(module.path))?.folder ?? '';
  const bases = [...new Set([folderOf(module.path), home])];
  const patterns = [...text.matchAll(PATTERN)].map(([, , written = '']) => written.replace(/^(?:\.?\/)+/, ''));
  if (patterns.length === 0) return [];
  const fits = bases.map((base) => ({ base, matches: picomatch(patterns) }));
  return inventory.files.flatMap(({ path }) =>
    CODE.test(path) &&
    !NO_MODULE.test(path) &&
    fits.some(({ base, matches }) => isInside(path, base) && matches(base === '' ? path : path.slice(base.length + 1)))
      ? [path]
      : [],
  );
}

/** The folder of a path of which the last part is not known, relative to the root. */
function folderOfPath(js: Engine, { module, node }: Placed): string | undefined {
  const written = declared(js, { module, node: bare(node) });
  let known = '';
  let isOpen = false;
  for (const { part, separated } of partsOf(written)) {
    const value = typeof part === 'string' ? undefined : js.evaluate({ module, node: part }, undefined);
    const text = typeof part === 'string' ? part : value?.kind === 'str' ? value.value : undefined;
    isOpen = text === undefined;
    if (text === undefined) {
      if (separated) known += '/';
      break;
    }
    known = separated && known !== '' ? `${known}/${text}` : known + text;
  }
  const end = known.lastIndexOf('/');
  if (!isOpen || end < 0) return undefined;
  const folder = known.slice(0, end);
  if (folder === REPOSITORY || folder.startsWith(`${REPOSITORY}/`))
    return joinPath('', folder.slice(REPOSITORY.length));
  return /^\.{1,2}(?:\/|$)/.test(folder) ? joinPath(folderOf(module.path), folder) : undefined;
}

/** What stands behind a name that is given once. */
function declared(js: Engine, { module, node }: Placed): TSESTree.Node {
  if (node.type !== 'Identifier') return node;
  const definition = js.graph.scopes(module).variableOf(node)?.defs[0]?.node as TSESTree.Node | undefined;
  return definition?.type === 'VariableDeclarator' && definition.id.type === 'Identifier' && definition.init !== null
    ? bare(definition.init)
    : node;
}

interface Part {
  readonly part: string | TSESTree.Node;
  /** Whether a slash stands before it. */
  readonly separated: boolean;
}

/** `join(a, b)`, `${a}/b` and `a + '/' + b`, from left to right. */
function partsOf(node: TSESTree.Node, depth = 0): readonly Part[] {
  if (node.type === 'TemplateLiteral')
    return node.quasis.flatMap((quasi, i): Part[] => {
      const expression = node.expressions[i];
      const text: Part = { part: quasi.value.cooked ?? '', separated: false };
      return expression === undefined ? [text] : [text, { part: expression, separated: false }];
    });
  if (node.type === 'BinaryExpression' && node.operator === '+' && depth < 50)
    return [...partsOf(node.left, depth + 1), { part: node.right, separated: false }];
  if (node.type === 'CallExpression') {
    const { callee } = node;
    const name =
      callee.type === 'Identifier'
        ? callee.name
        : callee.type === 'MemberExpression'
          ? keyName(callee.property, callee.computed)
          : '';
    if (name === 'join' || name === 'resolve') return node.arguments.map((part) => ({ part, separated: true }));
  }
  return [{ part: node, separated: false }];
}
