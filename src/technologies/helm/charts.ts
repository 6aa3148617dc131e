import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import type { DocumentStore } from '../../parse/documents.js';
import type { GoTemplateTree } from '../../parse/go-template/node.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';

export interface Dependency {
  readonly name: string;
  /** The key of its values. */
  readonly key: string;
  readonly condition: string | undefined;
  readonly tags: readonly string[];
  /** Its chart, where the repository holds it. */
  readonly folder: string | undefined;
}

export interface Chart {
  readonly folder: string;
  readonly document: Document<YamlTree>;
  readonly node: YamlNode;
  readonly name: string;
  readonly isLibrary: boolean;
  readonly dependencies: readonly Dependency[];
  /** Paths of its own templates. */
  readonly templates: readonly string[];
  /** Paths of all other files, from the folder of the chart. */
  readonly files: readonly string[];
}

/** Charts of one repository beyond this are left out. */
const MOST_CHARTS = 300;

/** By folder. */
export function chartsOf(inventory: Inventory, documents: DocumentStore): ReadonlyMap<string, Chart> {
  const paths = inventory.files.map(({ path }) => path).filter((path) => /(?:^|\/)Chart\.ya?ml$/.test(path));
  const folders = new Set(paths.slice(0, MOST_CHARTS).map(folderOf));
  const byFolder = filesBelow(inventory, folders);
  const names = new Map<string, string>();
  for (const path of paths.slice(0, MOST_CHARTS)) {
    const name = string(get(documents.get<YamlTree>(path, 'yaml')?.tree.documents[0], 'name'));
    if (name !== undefined) names.set(folderOf(path), name);
  }
  const found = new Map<string, Chart>();
  for (const path of paths.slice(0, MOST_CHARTS)) {
    const document = documents.get<YamlTree>(path, 'yaml');
    const node = document?.tree.documents[0];
    const folder = folderOf(path);
    const name = names.get(folder);
    if (document === undefined || node === undefined || name === undefined) continue;
    const own = byFolder.get(folder) ?? [];
    const isTemplate = (file: string): boolean => file.startsWith(joinPath(folder, 'templates/x').slice(0, -1));
    found.set(folder, {
      folder,
      document,
      node,
      name,
      isLibrary: string(get(node, 'type')) === 'library',
      dependencies: dependenciesOf(folder, node, names, documents),
      templates: own.filter(isTemplate),
      files: own.filter((file) => !isTemplate(file)),
    });
  }
  return found;
}

/** Each file belongs to the nearest chart above it. */
function filesBelow(inventory: Inventory, folders: ReadonlySet<string>): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path } of inventory.files) {
    let folder = folderOf(path);
    while (folder !== '' && !folders.has(folder)) folder = folderOf(folder);
    if (!folders.has(folder)) continue;
    const before = found.get(folder);
    if (before === undefined) found.set(folder, [path]);
    else before.push(path);
  }
  return found;
}

function dependenciesOf(
  folder: string,
  node: YamlNode,
  names: ReadonlyMap<string, string>,
  documents: DocumentStore,
): Dependency[] {
  const older = documents.get<YamlTree>(joinPath(folder, 'requirements.yaml'), 'yaml')?.tree.documents[0];
  const inside = [...names].filter(([path]) => folderOf(path) === joinPath(folder, 'charts'));
  const written = [...items(get(node, 'dependencies')), ...items(get(older, 'dependencies'))].slice(0, 100);
  const declared = written.flatMap((entry): Dependency[] => {
    const name = string(get(entry, 'name'));
    if (name === undefined) return [];
    const repository = string(get(entry, 'repository')) ?? '';
    const beside = repository.startsWith('file://') ? joinPath(folder, repository.slice('file://'.length)) : undefined;
    const here = inside.find(([, one]) => one === name)?.[0];
    return [
      {
        name,
        key: string(get(entry, 'alias')) ?? name,
        condition: string(get(entry, 'condition')),
        tags: items(get(entry, 'tags')).flatMap((tag) => string(tag) ?? []),
        folder: here ?? (beside !== undefined && names.has(beside) ? beside : undefined),
      },
    ];
  });
  const known = new Set(declared.map((one) => one.folder));
  const others = inside.filter(([path]) => !known.has(path));
  return [
    ...declared,
    ...others.map(([path, name]) => ({ name, key: name, condition: undefined, tags: [], folder: path })),
  ];
}

export function templateOf(path: string, documents: DocumentStore): Document<GoTemplateTree> | undefined {
  return documents.get<GoTemplateTree>(path, 'go-template');
}
