// Compares our settings with those of real Python and Django, value by value.
// node bench/settings-differential.mjs FOLDER [--module M] [--directory D] [--env NAME=VALUE ...] [--all]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiled } from './compiled.mjs';

const { walk } = await compiled('discover/walk');
const { createProgram } = await compiled('link/create-program');
const { readDependencies } = await compiled('link/dependencies');
const { documentStore } = await compiled('parse/documents');
const { isInstalled } = await compiled('link/python/packages');
const { joinModels } = await compiled('link/python/models');
const { STANDARD_LIBRARY } = await compiled('link/python/standard-library');
const { modelsOf } = await compiled('technologies/load');
const { plainValue } = await compiled('technologies/django/printable-settings');
const { settingsOf } = await compiled('technologies/django/settings');

const args = process.argv.slice(2);
const folder = args[0];
const option = (name) => args.flatMap((one, i) => (one === name ? [args[i + 1]] : []));
const environment = new Map(
  option('--env').map((one) => [one.slice(0, one.indexOf('=')), { value: one.slice(one.indexOf('=') + 1) }]),
);
const [module] = option('--module');
if (module !== undefined) environment.set('DJANGO_SETTINGS_MODULE', { value: module });

const inventory = walk(folder, { include: [], exclude: [] });
const documents = documentStore(inventory);
await documents.load(['python']);
const models = await modelsOf();
const dependencies = readDependencies(inventory);
const directory = option('--directory')[0] ?? '';
let program, settings, real, took;
const required = [];
const transitive = new Set();
for (let turn = 0; turn < 40; turn++) {
  program = createProgram({
    launch: { component: '', directory, commands: [], environment, mounts: [] },
    inventory,
    documents,
    dependencies,
    models,
  });
  const started = performance.now();
  settings = settingsOf(program);
  took = Math.round(performance.now() - started);
  if (settings === undefined) {
    console.log(`${folder}: no settings found`);
    process.exit();
  }
  real = run(program, settings);
  // A variable that the project cannot do without is given to both.
  const missing =
    /Set the \[?(\w+)\]? env|(\w+) not found\. Declare|Environment variable "(\w+)" not set|KeyError: '([A-Z]\w+)'|([A-Z][A-Z0-9]+_\w+) (?:is not set|must be set|environment variable|is required)/.exec(
      real.error ?? '',
    );
  const name = missing?.slice(1).find(Boolean);
  // A package that a declared one brings along.
  const brought = /No module named '(\w+)/.exec(real.error ?? '')?.[1];
  if (brought !== undefined && !transitive.has(brought)) {
    transitive.add(brought);
    continue;
  }
  if (name === undefined || environment.has(name)) break;
  environment.set(name, { value: /URL/.test(name) ? 'https://example.org/1' : '1' });
  required.push(name);
}

function run() {
  const root = settings.path
    .slice(
      0,
      -(
        settings.path.endsWith('/__init__.py')
          ? `${settings.module.split('.').join('/')}/__init__.py`
          : `${settings.module.split('.').join('/')}.py`
      ).length,
    )
    .replace(/\/$/, '');
  const declared = join(mkdtempSync(join(tmpdir(), 'settings-')), 'declared.json');
  writeFileSync(declared, JSON.stringify(tops()));
  const variables = Object.fromEntries([...environment].map(([name, { value }]) => [name, value]));
  const python = process.env.DIFFERENTIAL_PYTHON ?? 'python3';
  const output = execFileSync(
    python,
    [new URL('settings-differential.py', import.meta.url).pathname, folder, root, settings.module, declared],
    {
      env: {
        PATH: process.env.PATH,
        HOME: '/nonexistent',
        PYTHONPATH: process.env.DIFFERENTIAL_PATH ?? '',
        PYTHONDONTWRITEBYTECODE: '1',
        ...variables,
      },
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  ).toString();
  return JSON.parse(output.slice(output.lastIndexOf('\n@@@') + 4));
}

// Every import name in the settings' files may be stubbed, where the project declares any package for it.
function tops() {
  const names = new Set();
  const standard = JSON.parse(
    execFileSync(process.env.DIFFERENTIAL_PYTHON ?? 'python3', [
      '-c',
      'import sys, json; print(json.dumps(sorted(sys.stdlib_module_names)))',
    ]).toString(),
  );
  for (const { path } of inventory.files) {
    if (!path.endsWith('.py') || /(^|\/)(tests?|migrations|node_modules)\//.test(path)) continue;
    const text = inventory.read(path) ?? '';
    for (const match of text.matchAll(/^\s*(?:from|import)\s+([A-Za-z_]\w*)/gm)) names.add(match[1]);
  }
  return [...names].filter(
    (name) =>
      !standard.includes(name) &&
      program.python.resolve(name) === undefined &&
      (transitive.has(name) ||
        isInstalled({ dependencies, models: joinModels([STANDARD_LIBRARY, models]) }, name) !== false),
  );
}

const counts = { agreed: 0, unknown: 0, wrong: 0, missing: 0, surplus: 0, stub: 0 };
const lines = [];
for (const [name, theirs] of Object.entries(real.settings)) {
  const value = settings.get(name);
  if (value === undefined) {
    counts.missing++;
    lines.push(`MISSING ${name} = ${short(theirs)}`);
    continue;
  }
  const ours = plainValue(value);
  const verdict = compare(ours, theirs);
  counts[verdict.verdict]++;
  if (verdict.verdict === 'wrong' || verdict.verdict === 'unknown')
    lines.push(
      `${verdict.verdict.toUpperCase()} ${name}${verdict.path ?? ''}: ${short(verdict.ours)} | real ${short(verdict.theirs)}`,
    );
}
for (const name of settings.names.keys()) {
  if (name in real.settings || real.error) continue;
  counts.surplus++;
  lines.push(`SURPLUS ${name} = ${short(plainValue(settings.get(name)))}`);
}
console.log(
  `${folder.split('/').pop()} ${settings.module} (${settings.confidence}, ${took} ms${required.length > 0 ? `, given ${required.join(' ')}` : ''}): ${Object.entries(
    counts,
  )
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')}${real.error ? `\n  REAL FAILS ${real.error.replace(/\n/g, '\n    ')}` : ''}`,
);
for (const line of lines) console.log(`  ${line}`);
for (const gap of settings.gaps.slice(0, 10))
  console.log(`  gap ${gap.location.uri}:${gap.location.region.startLine} ${gap.message}`);

function short(value) {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 230 ? `${text.slice(0, 230)}...` : text;
}

function isMark(value, name) {
  return typeof value === 'object' && value !== null && name in value;
}

function translate(text) {
  return typeof text === 'string' ? text.replaceAll('/repository', folder) : text;
}

// unknown beats agreed; wrong beats all; a stub on the real side cannot be compared.
function compare(ours, theirs, path = '') {
  const at = (verdict) => ({ verdict, path, ours, theirs });
  if (isMark(ours, '$unknown')) return at('unknown');
  if (isMark(theirs, '$stub')) return { verdict: 'stub' };
  if (isMark(ours, '$external')) {
    if (JSON.stringify(ours.args ?? []).includes('$') || JSON.stringify(ours.keywords ?? {}).includes('$'))
      return { verdict: 'unknown', path, ours, theirs };
    if (isMark(theirs, '$seconds')) {
      const units = ['days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks'];
      const sizes = [86400, 1, 1e-6, 1e-3, 60, 3600, 604800];
      let total = 0;
      units.forEach((unit, i) => (total += ((ours.args?.[i] ?? 0) + (ours.keywords?.[unit] ?? 0)) * sizes[i]));
      return Math.abs(total - theirs.$seconds) < 1e-6 ? { verdict: 'agreed' } : at('wrong');
    }
    return { verdict: 'stub' };
  }
  if (isMark(theirs, '$object') || isMark(theirs, '$function'))
    return isMark(ours, '$function') || isMark(ours, '$class') || isMark(ours, '$instance') || isMark(ours, '$module')
      ? { verdict: 'agreed' }
      : at('unknown');
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    // An unknown item may stand for any number of items: those that are known must be there, in their order.
    if (ours.some((one) => isMark(one, '$unknown'))) return at(isWithin(ours, theirs) ? 'unknown' : 'wrong');
    if (ours.length !== theirs.length) return at('wrong');
    return join2(ours.map((one, i) => compare(one, theirs[i], `${path}[${i}]`)));
  }
  if (
    typeof ours === 'object' &&
    ours !== null &&
    typeof theirs === 'object' &&
    theirs !== null &&
    !Array.isArray(theirs) &&
    !Array.isArray(ours)
  ) {
    // A key that is an object of a stub has no spelling to compare.
    if (Object.keys(theirs).some((key) => key.startsWith("<class '__main__."))) return { verdict: 'stub' };
    const keys = new Map(Object.entries(ours).map(([key, value]) => [translate(key), value]));
    for (const key of Object.keys(theirs))
      if (!keys.has(key)) return { ...at('wrong'), path: `${path}.${key}`, ours: 'no such key' };
    for (const key of keys.keys())
      if (!(key in theirs))
        return {
          ...at(isMark(keys.get(key), '$unknown') ? 'unknown' : 'wrong'),
          path: `${path}.${key}`,
          theirs: 'no such key',
        };
    return join2([...keys].map(([key, value]) => compare(value, theirs[key], `${path}.${key}`)));
  }
  return translate(ours) === theirs ? { verdict: 'agreed' } : at('wrong');
}

function isWithin(ours, theirs) {
  let from = 0;
  return ours.every((one) => {
    if (isMark(one, '$unknown')) return true;
    const found = theirs.findIndex((other, i) => i >= from && compare(one, other).verdict !== 'wrong');
    from = found + 1;
    return found >= 0;
  });
}

function join2(all) {
  return (
    all.find((one) => one.verdict === 'wrong') ?? all.find((one) => one.verdict === 'unknown') ?? { verdict: 'agreed' }
  );
}
