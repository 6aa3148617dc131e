import type { Inventory } from '../../discover/inventory.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { memberOf, pairsIn, readJson, textIn, textsIn } from './json.js';

/** What of a tsconfig.json decides which file an import means, and which source a built file came from. All folders are relative to the root. */
export interface TsConfig {
  readonly folder: string;
  readonly baseUrl?: string;
  /** `@/*` to the paths it may stand for. */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
  readonly outDir?: string;
  readonly rootDir?: string;
}

/** Longer chains of `extends` are not followed. */
const LONGEST_CHAIN = 8;

export interface TsConfigs {
  /** That of a folder or of the nearest one above. */
  above(folder: string): TsConfig | undefined;
  at(folder: string): readonly TsConfig[];
}

export function tsConfigsOf(inventory: Inventory): TsConfigs {
  const read = new Map<string, readonly TsConfig[]>();
  const at = (folder: string): readonly TsConfig[] => {
    let found = read.get(folder);
    if (found === undefined) {
      found = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.server.json', 'tsconfig.app.json', 'jsconfig.json']
        .map((name) => readTsConfig(inventory, joinPath(folder, name), LONGEST_CHAIN))
        .filter((one) => one !== undefined);
      read.set(folder, found);
    }
    return found;
  };
  return {
    at,
    above(folder) {
      for (let one = folder; ; one = folderOf(one)) {
        const [found] = at(one);
        if (found !== undefined || one === '') return found;
      }
    },
  };
}

function readTsConfig(inventory: Inventory, path: string, depth: number): TsConfig | undefined {
  if (!inventory.has(path) || depth === 0) return undefined;
  const json = readJson(inventory.read(path) ?? '');
  if (json === undefined) return undefined;
  const folder = folderOf(path);
  const base: Partial<TsConfig> = Object.assign(
    {},
    ...textsIn(memberOf(json, 'extends')).map((name) => inherited(inventory, folder, name, depth)),
  ) as Partial<TsConfig>;
  const options = memberOf(json, 'compilerOptions');
  const under = (key: string): string | undefined => {
    const value = textIn(options, key);
    return value === undefined ? undefined : joinPath(folder, value.replace('${configDir}', '.'));
  };
  const baseUrl = under('baseUrl') ?? base.baseUrl;
  const outDir = under('outDir') ?? base.outDir;
  const rootDir = under('rootDir') ?? base.rootDir;
  const own = memberOf(options, 'paths');
  const paths = pairsIn(own).map(([pattern, targets]) => ({
    pattern,
    targets: textsIn(targets).map((target) => joinPath(baseUrl ?? folder, target)),
  }));
  return {
    folder,
    paths: own === undefined ? (base.paths ?? []) : paths,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(outDir === undefined ? {} : { outDir }),
    ...(rootDir === undefined ? {} : { rootDir }),
  };
}

function inherited(inventory: Inventory, folder: string, name: string, depth: number): Partial<TsConfig> {
  if (!name.startsWith('.')) return {};
  const path = joinPath(folder, name);
  return (
    readTsConfig(inventory, path, depth - 1) ??
    readTsConfig(inventory, `${path}.json`, depth - 1) ??
    readTsConfig(inventory, joinPath(path, 'tsconfig.json'), depth - 1) ??
    {}
  );
}
