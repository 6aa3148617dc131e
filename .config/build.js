// Bundles the program into dist/: fewer and larger files start faster. src/members.ts, which finds peers by looking in
// their folders, is replaced by a table of what stands there now, so that nobody has to keep one by hand.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const dist = join(root, 'dist');

const isPeer = (entry) => !entry.name.startsWith('_');
const entriesIn = (folder) => readdirSync(join(src, folder), { withFileTypes: true }).filter(isPeer);
const modulesIn = (folder) =>
  entriesIn(folder)
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => entry.name.slice(0, -3))
    .sort();
const foldersIn = (folder) =>
  entriesIn(folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Modules that hosts look for by name. */
const KINDS = modulesIn('facts').filter((name) => name !== 'fact' && name !== 'vocabulary');
const NAMED = new Set([...KINDS, 'embedded', 'settings-report']);

/** Replaces src/members.ts: small modules that every run needs are at hand, the rest is one chunk per folder. */
const peers = {
  name: 'peers',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/]members\.ts$/ }, () => ({
      contents: table(),
      loader: 'js',
      resolveDir: src,
    }));
    builder.onResolve({ filter: /^peers:/ }, ({ path }) => ({ path: path.slice(6), namespace: 'peers' }));
    builder.onLoad({ filter: /.*/, namespace: 'peers' }, ({ path }) => ({
      contents: chunk(path),
      loader: 'js',
      resolveDir: src,
    }));
  },
};

function table() {
  const listed = {};
  const list = (folder) => void (listed[folder] = { folders: foldersIn(folder), modules: modulesIn(folder) });
  for (const folder of ['facts', 'parse', 'report', 'technologies']) list(folder);
  const technologies = listed.technologies.folders.map((name) => `technologies/${name}`);
  technologies.forEach(list);
  const eager = [
    ...KINDS.map((name) => `facts/${name}`),
    ...technologies.filter((folder) => listed[folder].modules.includes('index')).map((folder) => `${folder}/index`),
  ];
  const lazy = [
    ...listed.report.modules.map((name) => `report/${name}`),
    ...listed.parse.folders.map((name) => `parse/${name}/index`).filter((path) => existsSync(join(src, `${path}.ts`))),
    ...technologies
      .filter((folder) => listed[folder].modules.includes('evaluation'))
      .map((folder) => `${folder}/evaluation`),
  ];
  return `
    import { fileURLToPath } from 'node:url';
    ${eager.map((path, i) => `import * as m${i} from './${path}.ts';`).join('\n')}
    const LISTED = ${JSON.stringify(listed)};
    const AT_HAND = { ${eager.map((path, i) => `'${path}': m${i}`).join(', ')} };
    const ALONE = { ${lazy.map((path) => `'${path}': () => import('./${path}.ts')`).join(', ')} };
    const TOGETHER = { ${technologies.map((folder) => `'${folder}': () => import('peers:${folder}')`).join(', ')} };
    export const members = (folder) => LISTED[folder];
    export async function load(path) {
      const own = AT_HAND[path] ?? (await ALONE[path]?.());
      return own ?? (await TOGETHER[path.slice(0, path.lastIndexOf('/'))]())[path.slice(path.lastIndexOf('/') + 1).replaceAll('-', '_')];
    }
    export const shipped = (path) => fileURLToPath(new URL(path, import.meta.url));`;
}

/** The modules of one technology that are found by name. */
function chunk(folder) {
  return modulesIn(folder)
    .filter((name) => NAMED.has(name))
    .map((name) => `export * as ${name.replaceAll('-', '_')} from './${folder}/${name}.ts';`)
    .join('\n');
}

rmSync(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(src, 'cli.ts'), join(src, 'audit.ts')],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [peers],
  // Asks for Node's own modules in a way that a bundle of ES modules cannot.
  external: ['commander'],
  alias: { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') },
  legalComments: 'linked',
  logLevel: 'warning',
});

for (const name of readdirSync(src, { recursive: true })) {
  if (name.endsWith('.json')) cpSync(join(src, name), join(dist, name));
}

// Rules are read from YAML once, here, and not at every start.
const rules = join(root, 'rules');
const files = readdirSync(rules, { recursive: true })
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => ({
    file: relative(root, join(rules, name)),
    category: name.split(/[\\/]/)[0],
    content: parse(readFileSync(join(rules, name), 'utf8')),
  }));
writeFileSync(join(dist, 'rules.json'), JSON.stringify(files));
