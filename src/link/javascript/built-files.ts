import type { Inventory } from '../../discover/inventory.js';
import { folderOf, isInside, joinPath } from '../../repository-path.js';
import { memberOf, readJson, textIn } from './json.js';
import type { TsConfigs } from './tsconfig.js';

/** Folders that compilers write to where nobody says otherwise. */
const OUTPUT = /^(?:dist|build|lib|out|output|compiled|\.build|transpiled|bin|es|cjs|esm)$/;

/**
 * The source that a built file was made from: by what tsconfig.json says, else by name, where the source exists:
 * `dist/server.js` is src/server.ts, or server.ts.
 */
export function sourceOf(
  path: string,
  inventory: Inventory,
  tsConfigs: TsConfigs,
  file: (path: string) => string | undefined,
): string | undefined {
  const found = (candidate: string): string | undefined => {
    const one = candidate === path || candidate === '' ? undefined : file(candidate);
    return one === undefined || one.endsWith('.json') ? undefined : one;
  };
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    for (const { outDir, rootDir } of tsConfigs.at(folder)) {
      if (outDir === undefined || outDir === folder || !isInside(path, outDir)) continue;
      const rest = path.slice(outDir.length + 1);
      const roots = rootDir === undefined ? [folder, joinPath(folder, 'src')] : [rootDir];
      for (const root of roots) {
        const source = found(joinPath(root, rest));
        if (source !== undefined) return source;
      }
    }
    if (folder === '') break;
  }
  const project = ofProject(path, inventory, found);
  if (project !== undefined) return project;
  const parts = path.split('/');
  for (let at = parts.length - 2; at >= 0; at--) {
    if (!OUTPUT.test(parts[at] ?? '')) continue;
    const before = parts.slice(0, at).join('/');
    const after = parts.slice(at + 1);
    // Where several roots were compiled, or bundlers added a folder for the format, the first folder below is one more.
    for (const rest of [after, after.slice(1)]) {
      if (rest.length === 0) continue;
      for (const root of ['src', 'source', 'lib', 'app', 'server', '']) {
        const source = root === parts[at] ? undefined : found(joinPath(before, [root, ...rest].join('/')));
        if (source !== undefined) return source;
      }
      // All of a monorepo is built into one folder: dist/apps/api/main.js is apps/api/src/main.ts.
      if (rest.length > 2) {
        const source = found(joinPath(before, [...rest.slice(0, -1), 'src', rest.at(-1) ?? ''].join('/')));
        if (source !== undefined) return source;
      }
    }
  }
  return undefined;
}

/** https://nx.dev/reference/project-configuration: which file a project is built from, and where it is written to. */
interface Project {
  readonly output: string;
  readonly main: string;
}

/** Every import asks; an inventory does not change. */
const projects = new WeakMap<Inventory, readonly Project[]>();

function projectsOf(inventory: Inventory): readonly Project[] {
  const known = projects.get(inventory);
  if (known !== undefined) return known;
  const read = inventory.files
    .filter((file) => /(?:^|\/)project\.json$/.test(file.path))
    .flatMap((file): Project[] => {
      const options = memberOf(readJson(inventory.read(file.path) ?? ''), 'targets', 'build', 'options');
      const output = textIn(options, 'outputPath');
      const main = textIn(options, 'main');
      return output === undefined || main === undefined
        ? []
        : [{ output: joinPath('', output), main: joinPath('', main) }];
    });
  projects.set(inventory, read);
  return read;
}

function ofProject(
  path: string,
  inventory: Inventory,
  found: (candidate: string) => string | undefined,
): string | undefined {
  const project = projectsOf(inventory).find(({ output }) => isInside(path, output));
  if (project === undefined) return undefined;
  const rest = path.slice(project.output.length + 1);
  const inside = rest === '' ? undefined : found(joinPath(folderOf(project.main), rest));
  return inside ?? (rest === '' || /^(?:main|index)(?:\.\w+)?$/.test(rest) ? found(project.main) : undefined);
}
