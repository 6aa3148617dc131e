import { createRequire } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
import type * as Morph from 'ts-morph';
import type { Document } from '../../parse/document.js';
import type { JavaScript } from '../../parse/javascript/index.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import type { ImportSite } from './module-index.js';
import type { ModuleGraph } from './module-graph.js';
import { MINIMAL_LIB } from './minimal-lib.js';

/** Modules with their types, in memory: nothing is read from a disk, and no setting of the repository has a say. */
export interface TypeProject {
  readonly morph: typeof Morph;
  readonly checker: Morph.TypeChecker;
  file(path: string): Morph.SourceFile | undefined;
  /** The package that a file stands for. */
  packageOf(file: string): string | undefined;
}

/**
 * More than that is not given to the type checker: making a project of 300 files takes about as long as all the rest of an audit
 * of them, and its memory grows with them.
 */
const MOST_FILES = 400;
const MOST_TEXT = 2_500_000;

// It takes half a second to load, more than most audits take as a whole.
const require = createRequire(import.meta.url);
const LIB = '/lib.d.ts';
const PACKAGES = '/package:';

/** Undefined where there are too many modules for it. */
export function createTypeProject(graph: ModuleGraph): TypeProject | undefined {
  const paths = typedPaths(graph);
  if (paths === undefined) return undefined;
  const morph = require('ts-morph') as typeof Morph;
  const names = importedNames(graph, paths);
  const project = new morph.Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      noLib: true,
      types: [],
      // Null and undefined hide in no type, and what is put into a variable later tells its type.
      strict: false,
      noImplicitAny: true,
      experimentalDecorators: true,
      target: morph.ScriptTarget.ESNext,
      module: morph.ModuleKind.ESNext,
      moduleResolution: morph.ModuleResolutionKind.Bundler,
      jsx: morph.ts.JsxEmit.Preserve,
      skipLibCheck: true,
    },
    resolutionHost: () => ({
      resolveModuleNames: (specifiers, from) =>
        specifiers.map((specifier) => {
          const target = graph.target(specifier, from.slice(1));
          if (target?.kind === 'file')
            return paths.has(target.path) ? { resolvedFileName: `/${target.path}` } : undefined;
          return target !== undefined && names.has(target.name)
            ? { resolvedFileName: `${PACKAGES}${target.name}.d.ts` }
            : undefined;
        }),
    }),
  });
  project.createSourceFile(LIB, MINIMAL_LIB);
  for (const [name, exported] of names) project.createSourceFile(`${PACKAGES}${name}.d.ts`, standIn(exported));
  for (const path of paths) {
    const document = graph.index(path)?.module.document;
    if (document !== undefined) project.createSourceFile(`/${path}`, withoutComputedTypes(document));
  }
  return {
    morph,
    checker: project.getTypeChecker(),
    file: (path) => (paths.has(path) ? project.getSourceFile(`/${path}`) : undefined),
    packageOf: (file) =>
      file.startsWith(PACKAGES) ? file.slice(PACKAGES.length, -'.d.ts'.length) : file === LIB ? '' : undefined,
  };
}

export const isTypeScript = (path: string): boolean => /(?<!\.d)\.[cm]?tsx?$/.test(path);

/** The modules of the component that are TypeScript, and those of which they import only types. */
function typedPaths(graph: ModuleGraph): ReadonlySet<string> | undefined {
  const paths = new Set<string>();
  const pending = graph.modules.map(({ module }) => module.path).filter(isTypeScript);
  let text = 0;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (paths.has(path)) continue;
    const index = graph.index(path);
    if (index === undefined) continue;
    paths.add(path);
    text += index.module.document.text.length;
    if (paths.size > MOST_FILES || text > MOST_TEXT) return undefined;
    for (const site of index.sites) {
      const target = written(site) === undefined ? undefined : graph.target(written(site) ?? '', path);
      if (target?.kind === 'file' && isTypeScript(target.path)) pending.push(target.path);
    }
  }
  return paths;
}

function written({ source }: ImportSite): string | undefined {
  return source.type === 'Literal' && typeof source.value === 'string' ? source.value : undefined;
}

/** What the modules import of each package by name. */
function importedNames(graph: ModuleGraph, paths: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of paths)
    for (const site of graph.index(path)?.sites ?? []) {
      const specifier = written(site);
      const target = specifier === undefined ? undefined : graph.target(specifier, path);
      // Parts of packages have names of their own.
      if (target?.kind !== 'package' || target.subpath !== '' || site.node.type !== 'ImportDeclaration') continue;
      const own = names.get(target.name) ?? new Set();
      names.set(target.name, own);
      for (const one of site.node.specifiers)
        if (one.type === 'ImportSpecifier' && one.imported.type === 'Identifier') own.add(one.imported.name);
        else if (one.type === 'ImportDefaultSpecifier') own.add('default');
    }
  return names;
}

/** Types of packages are not here: what is imported of one is a class of that name, of which nothing else is known. */
function standIn(names: ReadonlySet<string>): string {
  const body = '<A = any, B = any, C = any> { [member: string]: any; constructor(...given: any[]); }';
  return [...names]
    .map((name) =>
      name === 'default'
        ? `export default class ${body}`
        : /^\w+$/.test(name)
          ? `export declare class ${name}${body}`
          : '',
    )
    .join('\n');
}

/**
 * Types that are computed can be made to take the checker any time and memory, and tell no class that is not named elsewhere:
 * `any` stands in their places, and everything else stays where it was.
 */
function withoutComputedTypes({ text, tree }: Document<JavaScript>): string {
  let made = '';
  let end = 0;
  walkJavaScript(tree, (node) => {
    if (!isComputed(node)) return true;
    const [from, to] = node.range;
    made += `${text.slice(end, from)}any${' '.repeat(Math.max(0, to - from - 3))}`;
    end = to;
    return false;
  });
  return made + text.slice(end);
}

function isComputed(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'TSConditionalType':
    case 'TSMappedType':
      return true;
    case 'TSTemplateLiteralType':
      return node.types.length > 0;
    case 'TSTupleType':
      return node.elementTypes.some((one) => one.type === 'TSRestType');
    default:
      return false;
  }
}
