import type { Inventory } from '../../discover/inventory.js';
import { locate, type Document } from '../../parse/document.js';
import type { HclBody } from '../../parse/hcl/tree.js';
import { folderOf, isInside, joinPath } from '../../repository-path.js';
import { audienceOfPath, type Audience } from '../audience.js';
import { audienceAmong, saysProduction } from '../stages.js';
import { missing, plain, type Data } from '../evaluated.js';
import { evaluate, type Effort } from './evaluate.js';
import { foldersOf, literal, type Folder } from './folders.js';
import { makeModule, outputOf, type Module, type World } from './module.js';
import { liveOf, type Live } from './terragrunt.js';

/** A folder that somebody applies, with the values of production as far as they are told. */
export interface Root {
  readonly module: Module;
  /** Where it is applied, which tells it from others of the same folder. */
  readonly path: string;
  readonly audience: Audience;
}

/** Steps that all roots together may take. */
const EFFORT = 400_000;
const MOST_ROOTS = 40;

export function rootsOf(documents: readonly Document[], inventory: Inventory): Root[] {
  // Only documents of this technology come here.
  const files = documents as readonly Document<HclBody>[];
  const folders = foldersOf(files);
  const called = calledFolders(folders);
  const values = files.filter(({ path }) => /\.tfvars(?:\.json)?$/.test(path));
  const effort: Effort = { left: EFFORT, depth: 0 };
  const live = liveOf(files, folders, inventory, effort, (path, name) => outputOf(applied.get(path)?.module, name));
  for (const { folder } of live) called.add(folder.path);
  const candidates = [...folders.values()]
    .filter((folder) => !called.has(folder.path))
    .filter((folder) => folder.resources.size + folder.calls.size > 0)
    .filter((folder) => isApplied(folder, valuesFor(folder, folders, values)))
    .slice(0, MOST_ROOTS);
  // What is applied stands below "live", as opposed to the modules, whatever stage it is.
  const stageOf = (path: string): string => (live.length === 0 ? path : path.replace(/(?:^|\/)live(?=\/)/g, ''));
  const paths = [...candidates, ...live].map(({ path }) => stageOf(path));
  const rootOf = (path: string, folder: Folder, input: Module['input'], workspace: Data): Root => {
    const world: World = { folders, inventory, effort, made: 0, workspace };
    return { module: makeModule(world, folder, '', input, 0), path, audience: audienceAmong(stageOf(path), paths) };
  };
  const applied = new Map<string, Root>();
  // Those for production come first, since there is a bound.
  const rank = ({ path }: Live): number => (audienceAmong(stageOf(path), paths) === 'production' ? 0 : 1);
  for (const one of [...live].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_ROOTS)) {
    const { path, folder, input } = one;
    const nobody = missing('whoever applies it chooses the workspace');
    applied.set(
      path,
      rootOf(path, folder, (name) => input(name) ?? environmentOf(folder, folders, name), nobody),
    );
  }
  const own = candidates.map((folder) => {
    const given = valuesFor(folder, folders, values);
    const set = valuesOf(folder, given, effort);
    const input: Module['input'] = (name) => set.get(name) ?? environmentOf(folder, folders, name);
    return rootOf(folder.path, folder, input, workspaceOf(folder, given));
  });
  return [...own, ...applied.values()];
}

/** Folders that another one calls as a module. */
function calledFolders(folders: ReadonlyMap<string, Folder>): Set<string> {
  const called = new Set<string>();
  for (const { path, calls } of folders.values()) {
    for (const { node } of calls.values()) {
      const source = literal(node.body, 'source') ?? '';
      if (/^\.{1,2}(?:\/|$)/.test(source)) called.add(joinPath(path, source.replace('//', '/')));
    }
  }
  return called;
}

/** What lacks values and does not say where it runs is there for others to call. */
function isApplied(folder: Folder, values: readonly Document[]): boolean {
  if (/(?:^|\/)modules?(?:\/|$)/.test(folder.path)) return false;
  if (folder.isConfigured || values.length > 0) return true;
  const required = [...folder.variables.values()].filter(
    ({ node }) => !node.body.attributes.some(({ name }) => name === 'default'),
  );
  return required.length === 0;
}

/** Files of values that may be meant for a folder: in it, below it, or beside it where nothing is applied. */
function valuesFor(
  folder: Folder,
  folders: ReadonlyMap<string, Folder>,
  values: readonly Document<HclBody>[],
): Document<HclBody>[] {
  const beside = folderOf(folder.path);
  return values.filter(({ path }) => {
    const own = folderOf(path);
    if (own === folder.path) return true;
    if (folders.has(own)) return false;
    if (isInside(own, folder.path)) return true;
    if (isMeantFor(path, folder, folders, values)) return true;
    return (
      beside !== folder.path &&
      isInside(own, beside) &&
      ![...folders.keys()].some((other) => other !== folder.path && folderOf(other) === beside && other !== own)
    );
  });
}

/** Values in a folder of their own, beside folders that are applied: meant for the one that declares most of their names. */
function isMeantFor(
  path: string,
  folder: Folder,
  folders: ReadonlyMap<string, Folder>,
  values: readonly Document<HclBody>[],
): boolean {
  const around = folderOf(folderOf(path));
  if (folderOf(folder.path) !== around || folder.path === around) return false;
  const names = values.find((one) => one.path === path)?.tree.attributes.map(({ name }) => name) ?? [];
  const declared = ({ variables }: Folder): number => names.filter((name) => variables.has(name)).length;
  const own = declared(folder);
  if (own * 2 <= names.length) return false;
  return [...folders.values()].every(
    (other) => other === folder || folderOf(other.path) !== around || declared(other) < own,
  );
}

/**
 * The values that a root is given: those that are always read, and of the others those for production. Where nothing
 * tells which these are, what they differ in is not known.
 */
function valuesOf(folder: Folder, files: readonly Document<HclBody>[], effort: Effort): Map<string, Data> {
  const isAlways = ({ path }: Document): boolean =>
    folderOf(path) === folder.path && /(?:^|\/)(?:terraform\.tfvars|[^/]*\.auto\.tfvars)(?:\.json)?$/.test(path);
  const chosen = files.filter((file) => !isAlways(file));
  const production = chosen.filter(({ path }) => saysProduction(path) && !/non-?_?prod|pre-?_?prod/i.test(path));
  const given = new Map<string, Data>();
  for (const file of [...files.filter(isAlways), ...production]) {
    for (const [name, value] of assigned(file, effort)) given.set(name, value);
  }
  if (production.length > 0) return given;
  const others = chosen.filter(({ path }) => audienceOfPath(path) === undefined);
  const [only] = others;
  if (others.length === 1 && chosen.length === 1 && only !== undefined) {
    for (const [name, value] of assigned(only, effort)) given.set(name, value);
    return given;
  }
  for (const file of chosen) {
    for (const [name, value] of assigned(file, effort)) {
      const reason = `${chosen
        .map(({ path }) => path.replace(/^.*\//, ''))
        .slice(0, 3)
        .join(', ')}: which of them counts is not told`;
      const before = given.get(name);
      given.set(
        name,
        missing(reason, value.from, [...(before?.kind === 'unknown' ? (before.candidates ?? []) : []), value]),
      );
    }
  }
  return given;
}

function assigned(document: Document<HclBody>, effort: Effort): [string, Data][] {
  const nothing = (name: string): Data => missing(`${name} means nothing in a file of values`);
  const context = { document, effort, names: new Map<string, Data>(), resolve: nothing, call: () => undefined };
  return document.tree.attributes.map(({ name, value }) => [name, evaluate(value, context)]);
}

/**
 * The workspace of production: what the configuration itself compares it with where it says "production". Texts are
 * looked through, since it may stand in any expression.
 */
function workspaceOf(folder: Folder, values: readonly Document[]): Data {
  const tellers = [
    /\b\w{0,20}prod\w{0,10}\s{0,20}=\s{0,5}\(?\s{0,5}terraform\.workspace\s{0,5}==\s{0,5}"([\w-]{1,60})"/,
    /\bterraform\.workspace\s{0,5}==\s{0,5}"(prod|production|prd|live)"/i,
  ];
  for (const pattern of tellers) {
    for (const document of folder.documents) {
      const found = pattern.exec(document.text);
      if (found?.[1] !== undefined) return plain(found[1], placeIn(document, found));
    }
  }
  const uses = folder.documents.some(({ text }) => text.includes('terraform.workspace'));
  return (
    (uses ? wordFor([...values, ...folder.documents]) : undefined) ??
    missing('whoever applies it chooses the workspace')
  );
}

const ENVIRONMENT =
  /^(?:env|environment|environment_name|env_name|environment_type|stage|app_env|deploy_env|deployment_environment)$/i;

/** A variable that names the environment and that nothing sets: production, where the configuration knows that word. */
function environmentOf(folder: Folder, folders: ReadonlyMap<string, Folder>, name: string): Data | undefined {
  const declared = folder.variables.get(name);
  if (declared === undefined || !ENVIRONMENT.test(name)) return undefined;
  if (declared.node.body.attributes.some((one) => one.name === 'default')) return undefined;
  const inside = [...folders.values()].filter(({ path }) => isInside(path, folder.path));
  return wordFor([...folder.documents, ...inside.flatMap(({ documents }) => documents)]);
}

/** The word for production that the configuration writes as a value or a key. */
function wordFor(documents: readonly Document[]): Data | undefined {
  for (const document of documents) {
    const found =
      /"(prod|production|prd)"/.exec(document.text) ??
      /^[ \t]{0,40}(prod|production|prd)[ \t]{0,20}=/m.exec(document.text);
    if (found?.[1] !== undefined) return plain(found[1], placeIn(document, found));
  }
  return undefined;
}

function placeIn(document: Document, found: RegExpExecArray): Data['from'] {
  const start = found.index;
  return { places: [locate(document, { start, end: start + found[0].length })], resources: [] };
}
