import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import type { HclBlock, HclBody } from '../../parse/hcl/tree.js';
import { folderOf, isInside, joinPath } from '../../repository-path.js';
import { isNothing, memberOf, missing, NOWHERE, plain, textOf, type Data } from '../evaluated.js';
import { evaluate, type Context, type Effort } from './evaluate.js';
import type { Folder } from './folders.js';

/** A module of the repository that a file of Terragrunt applies, with what it is given. */
export interface Live {
  /** The folder of that file. */
  readonly path: string;
  readonly folder: Folder;
  readonly input: (name: string) => Data | undefined;
}

/** What another one of them puts out, by its folder. */
export type OutputsOf = (path: string, name: string) => Data;

interface Files {
  readonly all: ReadonlyMap<string, Document<HclBody>>;
  readonly inventory: Inventory;
  readonly effort: Effort;
  readonly outputs: OutputsOf;
}

const DEEPEST = 6;
const MOST = 400;

/** https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/ */
export function liveOf(
  documents: readonly Document<HclBody>[],
  folders: ReadonlyMap<string, Folder>,
  inventory: Inventory,
  effort: Effort,
  outputs: OutputsOf,
): Live[] {
  const all = new Map(documents.filter(({ path }) => path.endsWith('.hcl')).map((one) => [one.path, one]));
  const files: Files = { all, inventory, effort, outputs };
  const found: Live[] = [];
  for (const document of all.values()) {
    if (!/(?:^|\/)terragrunt\.hcl$/.test(document.path) || found.length >= MOST) continue;
    const path = folderOf(document.path);
    const file = fileOf(files, document, path, 0);
    const folder = folders.get(file.source() ?? path);
    if (folder !== undefined) found.push({ path, folder, input: file.input });
  }
  return found;
}

/** A file, and what it takes over of those that it includes. */
interface Grunt {
  readonly local: (name: string) => Data;
  readonly input: (name: string) => Data | undefined;
  /** The folder of the module, where it is one of the repository. */
  readonly source: () => string | undefined;
}

/** `origin` is the folder of the file that is applied, which those that it includes ask for. */
function fileOf(files: Files, document: Document<HclBody>, origin: string, depth: number): Grunt {
  const { attributes, blocks } = document.tree;
  const ofType = (type: string): HclBlock[] => blocks.filter((block) => block.type === type);
  const own = folderOf(document.path);
  const memo = new Map<string, Data | undefined>();
  const once = (key: string, work: () => Data | undefined): Data | undefined => {
    if (memo.has(key)) return memo.get(key);
    memo.set(key, missing(`${key} refers to itself`));
    const value = work();
    memo.set(key, value);
    return value;
  };
  const included = (block: HclBlock): Grunt | undefined => {
    const path = textOf(valueIn(block, 'path'));
    const found = path === undefined ? undefined : fileAt(files, path, own);
    if (found === undefined || found === document || depth >= DEEPEST) return undefined;
    return fileOf(files, found, origin, depth + 1);
  };
  const context: Context = {
    document,
    effort: files.effort,
    names: new Map(),
    resolve: (name) => resolve(name),
    call: (name, args) => reading(files, name, args, { own, origin, depth }),
  };
  const valueIn = (block: HclBlock, name: string): Data | undefined => {
    const found = block.body.attributes.find((one) => one.name === name);
    return found === undefined ? undefined : evaluate(found.value, context);
  };
  const parents = (): Grunt[] => ofType('include').flatMap((block) => included(block) ?? []);
  const local = (name: string): Data => {
    const found = ofType('locals').flatMap(({ body }) => body.attributes.filter((one) => one.name === name))[0];
    if (found === undefined) return missing(`local.${name} is declared nowhere`);
    return once(`local.${name}`, () => evaluate(found.value, context)) ?? missing(`local.${name}`);
  };
  const resolve = (name: string): Data => {
    const labelled = (type: string, label: string): HclBlock | undefined =>
      ofType(type).find(({ labels }) => (labels[0] ?? '') === label);
    if (name === 'local') return members(local);
    if (name === 'include')
      return members((label) => {
        const block = labelled('include', label);
        const file = block === undefined ? undefined : included(block);
        return file === undefined ? missing(`include.${label} is not in the repository`) : told(file);
      });
    if (name === 'dependency')
      return members((label) => {
        const block = labelled('dependency', label);
        const path = block === undefined ? undefined : textOf(valueIn(block, 'config_path'));
        const outputs =
          path === undefined
            ? missing(`dependency.${label} is not in the repository`)
            : members((output) => files.outputs(placed(path, own), output));
        return members((member) => (member === 'outputs' ? outputs : missing(`dependency.${label}.${member}`)));
      });
    return missing(`${name} means nothing in a file of Terragrunt`);
  };
  return {
    local,
    input: (name) =>
      once(`input.${name}`, () => {
        const given = attributes.find((one) => one.name === 'inputs');
        const value = given === undefined ? undefined : memberOf(evaluate(given.value, context), name);
        const isSet = value !== undefined && !(value.kind === 'unknown' && value.reason.startsWith('it has no'));
        if (isSet && !isNothing(value)) return value;
        return parents()
          .map((parent) => parent.input(name))
          .findLast((one) => one !== undefined);
      }),
    source: () => {
      for (const block of ofType('terraform')) {
        const written = textOf(valueIn(block, 'source'));
        if (written !== undefined) return isHere(written) ? placed(written.replace(/\/\/+/g, '/'), own) : '';
      }
      return parents()
        .map((parent) => parent.source())
        .find((one) => one !== undefined);
    },
  };
}

function told(file: Grunt): Data {
  return members((member) => {
    if (member === 'locals') return members(file.local);
    if (member === 'inputs') return members((name) => file.input(name) ?? missing(`inputs.${name} is not set`));
    return missing(`${member} of what is read`);
  });
}

function members(member: (name: string) => Data): Data {
  return { kind: 'lazy', member, from: NOWHERE };
}

function isHere(source: string): boolean {
  return !/^(?:[a-z]{2,12}::|[a-z]{2,12}:\/\/|git@|github\.com\/|[\w-]{1,60}\/[\w-]{1,60}\/[\w-]{1,60}\?)/.test(source);
}

/** Paths that functions give are from the root; those that are written begin with a dot. */
function placed(path: string, folder: string): string {
  return /^\.{1,2}(?:\/|$)/.test(path) ? joinPath(folder, path) : joinPath('', path);
}

function fileAt({ all }: Files, path: string, folder: string): Document<HclBody> | undefined {
  return all.get(placed(path, folder)) ?? all.get(joinPath(folder, path));
}

/** https://terragrunt.gruntwork.io/docs/reference/hcl/functions/ */
function reading(
  files: Files,
  name: string,
  args: readonly Data[],
  { own, origin, depth }: { readonly own: string; readonly origin: string; readonly depth: number },
): Data | undefined {
  const [first, second] = args.map((one) => textOf(one));
  switch (name) {
    case 'find_in_parent_folders': {
      const names = first === undefined ? ['terragrunt.hcl', 'root.hcl'] : [first];
      for (let folder = origin; folder !== '';) {
        folder = folderOf(folder);
        const found = names.map((one) => joinPath(folder, one)).find((one) => files.inventory.has(one));
        if (found !== undefined) return plain(found);
      }
      return args[1] ?? missing(`${names[0] ?? ''} stands in no folder above`);
    }
    case 'read_terragrunt_config': {
      const found = first === undefined ? undefined : fileAt(files, first, own);
      if (found === undefined || depth >= DEEPEST) return args[1] ?? missing('it reads a file that is not here');
      return told(fileOf(files, found, origin, depth + 1));
    }
    case 'get_terragrunt_dir':
    case 'get_original_terragrunt_dir':
      return plain(origin);
    case 'get_parent_terragrunt_dir':
      return plain(own);
    case 'get_repo_root':
      return plain('');
    case 'path_relative_to_include':
      return isInside(origin, own) ? plain(origin.slice(own === '' ? 0 : own.length + 1)) : missing(name);
    case 'get_env':
      return second === undefined ? missing(`${first ?? 'a variable'} of whoever applies it`) : plain(second);
    case 'file': {
      const path = first === undefined ? undefined : placed(first, own);
      const text = path !== undefined && files.inventory.has(path) ? files.inventory.read(path) : undefined;
      return text === undefined ? missing('a file that is not here') : plain(text);
    }
    default:
      return undefined;
  }
}
