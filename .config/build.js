// Bundles the program into dist/: fewer and larger files start faster. src/members.ts, which finds peers by looking in
// their folders, is replaced by a table of what stands there now, so that nobody has to keep one by hand.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
// Built beside it and put in its place at the end: a build that fails leaves the last one standing.
const made = join(root, `dist-${process.pid}`);

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

const isKind = (name) => name !== 'fact' && name !== 'vocabulary' && existsSync(join(src, 'facts', `${name}.ts`));

/**
 * Replaces src/members.ts. All peers are loaded at once: one chunk for each folder meant 107 files for the smallest
 * audit, and 40 ms more of processor time than reading all of the program from few files.
 */
const peers = {
  name: 'peers',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/]members\.ts$/ }, () => ({
      contents: table(),
      loader: 'js',
      resolveDir: src,
    }));
    builder.onResolve({ filter: /^peers$/ }, () => ({ path: 'peers', namespace: 'peers' }));
    builder.onLoad({ filter: /.*/, namespace: 'peers' }, () => ({
      contents: together(),
      loader: 'js',
      resolveDir: src,
    }));
  },
};

const listed = {};
const list = (folder) => void (listed[folder] = { folders: foldersIn(folder), modules: modulesIn(folder) });
for (const folder of ['facts', 'parse', 'report', 'technologies']) list(folder);
for (const name of listed.technologies.folders) list(`technologies/${name}`);

function table() {
  return `
    import { fileURLToPath } from 'node:url';
    const LISTED = ${JSON.stringify(listed)};
    export const members = (folder) => LISTED[folder];
    export const load = async (path) => (await import('peers'))[path];
    export const shipped = (path) => fileURLToPath(new URL(path, import.meta.url));`;
}

/** The modules that hosts ask for by name. */
function together() {
  const inTechnology = (name) =>
    ['index', 'assemble', 'embedded', 'evaluation', 'settings-report'].includes(name) || isKind(name);
  const paths = [
    ...listed.facts.modules.filter(isKind).map((name) => `facts/${name}`),
    ...listed.technologies.folders.flatMap((id) =>
      listed[`technologies/${id}`].modules.filter(inTechnology).map((name) => `technologies/${id}/${name}`),
    ),
    ...listed.report.modules.map((name) => `report/${name}`),
    ...listed.parse.folders.map((name) => `parse/${name}/index`).filter((path) => existsSync(join(src, `${path}.ts`))),
  ];
  return paths.map((path) => `export * as '${path}' from './${path}.ts';`).join('\n');
}

// Rules are read from YAML once, here, and not at every start.
const ruleFolder = join(root, 'rules');
const ruleFiles = readdirSync(ruleFolder, { recursive: true })
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => ({
    file: relative(root, join(ruleFolder, name)),
    category: name.split(/[\\/]/)[0],
    content: parse(readFileSync(join(ruleFolder, name), 'utf8')),
  }));

/** Replaces src/rules/compiled.ts: what ajv makes of each predicate of our rules. */
const predicates = {
  name: 'predicates',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/]rules[\\/]compiled\.ts$/ }, () => ({
      contents: compiledPredicates(),
      loader: 'js',
      resolveDir: src,
    }));
  },
};

function compiledPredicates() {
  const written = ruleFiles.flatMap(({ content: { applies, fails, worsens, eases } }) => [
    applies,
    fails,
    worsens,
    eases,
  ]);
  const texts = [...new Set(written.filter((one) => one !== undefined).map((one) => JSON.stringify(one)))];
  // Only whether a predicate holds is asked, never why not.
  const ajv = new Ajv({ code: { source: true, esm: true }, messages: false, strict: false });
  texts.forEach((text, i) => ajv.addSchema(JSON.parse(text), `test${i}`));
  return `${standalone.default(ajv, Object.fromEntries(texts.map((_, i) => [`test${i}`, `test${i}`])))}
    export const COMPILED = new Map([${texts.map((text, i) => `[${JSON.stringify(text)}, test${i}]`).join(', ')}]);`;
}

/** Commander asks for Node's own modules with require, which an ES module has not. Bundled, it loads 7 ms faster. */
const commander = {
  name: 'commander',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]commander[\\/]lib[\\/]\w+\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        /require\(('node:\w+')\)/g,
        'globalThis.process.getBuiltinModule($1)',
      ),
      loader: 'js',
    }));
  },
};

await build({
  entryPoints: ['cli.ts', 'audit.ts', 'eslint/plugin.ts', 'eslint/worker.ts'].map((name) => join(src, name)),
  outdir: made,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [peers, predicates, commander],
  alias: { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') },
  legalComments: 'linked',
  logLevel: 'warning',
}).catch((error) => {
  rmSync(made, { recursive: true, force: true });
  throw error;
});

for (const name of readdirSync(src, { recursive: true })) {
  if (name.endsWith('.json') || name.endsWith('.d.ts')) cpSync(join(src, name), join(made, name));
}

writeFileSync(join(made, 'rules.json'), JSON.stringify(ruleFiles));

const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
renameSync(made, dist);
