import type { Program } from '../link/program.js';
import type { Location } from '../location.js';
import { locate, type Document } from '../parse/document.js';
import type { YamlTree } from '../parse/yaml/node.js';
import { get, isMap, pairs, string } from '../parse/yaml/read.js';
import { folderOf } from '../repository-path.js';

export interface Script {
  readonly text: string;
  readonly location: Location;
}

/** A package.json, as far as it tells how something is started. YAML's parser reads JSON, and knows the places. */
export interface PackageJson {
  /** Folder, relative to the root. */
  readonly directory: string;
  readonly name: string | undefined;
  /** Where its name is written, else its start. */
  readonly place: Location;
  readonly scripts: ReadonlyMap<string, Script>;
  /** What production installs. */
  readonly dependencies: ReadonlySet<string>;
  /** What a build may bring into what it makes; empty where others install the package, who bring nothing of it. */
  readonly bundled: ReadonlySet<string>;
  readonly main: string | undefined;
  /** Whether it is made for others to install and call: it says which files are published, and installs no program. */
  readonly isLibrary: boolean;
}

export function packageJsonOf(document: Document<YamlTree>): PackageJson | undefined {
  const [root] = document.tree.documents;
  if (!isMap(root)) return undefined;
  const name = get(root, 'name');
  const isPrivate = string(get(root, 'private')) === 'true';
  const scripts = pairs(get(root, 'scripts')).flatMap(({ key, value }): [string, Script][] => {
    const text = string(value);
    return text === undefined ? [] : [[key, { text, location: locate(document, value) }]];
  });
  return {
    directory: folderOf(document.path),
    name: string(name),
    place: locate(document, name ?? { start: root.start, end: root.start + 1 }),
    scripts: new Map(scripts),
    dependencies: new Set(pairs(get(root, 'dependencies')).map(({ key }) => key)),
    bundled: new Set(
      isPrivate || get(root, 'bin') !== undefined ? pairs(get(root, 'devDependencies')).map(({ key }) => key) : [],
    ),
    main: string(get(root, 'main')),
    isLibrary:
      !isPrivate &&
      get(root, 'files') !== undefined &&
      get(root, 'bin') === undefined &&
      (get(root, 'main') ?? get(root, 'exports')) !== undefined,
  };
}

/** The package.json of a folder. */
export function packageJsonIn(program: Program, directory: string): PackageJson | undefined {
  return program.memo(`package-json:${directory}`, () => {
    const path = directory === '' ? 'package.json' : `${directory}/package.json`;
    const document = program.documents.get<YamlTree>(path, 'yaml');
    return document === undefined ? undefined : packageJsonOf(document);
  });
}

/** The package of a workspace that has this name, or stands in a folder of this name. */
export function packageJsonNamed(program: Program, name: string): PackageJson | undefined {
  const bare = name.replace(/^\.\//, '').replace(/\.{3}$|\/$/g, '');
  for (const { path } of program.inventory.files) {
    if (!/(?:^|\/)package\.json$/.test(path) || !(program.inventory.read(path) ?? '').includes(`"${bare}"`)) continue;
    const found = packageJsonIn(program, folderOf(path));
    if (found?.name === bare) return found;
  }
  return program.inventory.has(`${bare}/package.json`) ? packageJsonIn(program, bare) : undefined;
}
