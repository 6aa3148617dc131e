/**
 * Compares what an audit says of real projects with what a person who read them says: bench/labels/*.yaml for Django,
 * bench/labels-deployment/*.yaml for what deploys, bench/labels-node/*.yaml for Node.
 *
 *     node bench/labels.mjs bench/labels CHECKOUTS [--cli dist/cli.js] [--tolerance 3] [--only NAME] [--all]
 *
 * CHECKOUTS holds a folder for each label file, of the same name, with the repository at the commit that the file states.
 *
 * How labels are made: by hand, before any run of the program on the project and without a look at its sources, by reading
 * settings, deployment, addresses, views, middleware, tasks and models as a reviewer who wants to run a second instance. A
 * label that proves wrong on second reading is corrected with a comment that says so, never to please the program.
 *
 *     repository: owner/name
 *     commit: <sha>
 *     must-find:           # an expert would be embarrassed to miss it
 *       - { rule: <id, or a list of ids that are as right>, file, line, why }
 *     must-be-silent:      # looks like it, but to report it would be wrong; without line anywhere in the file, without file anywhere
 *       - { rule, file, line, why }
 *     settings:            # what production sees; "unknown" where that is right to say, a list where several values are right
 *       - { name: DATABASES, path: default.ENGINE, value: django.db.backends.postgresql, file, line }
 *       - { name: MIDDLEWARE, count: 12 }
 *
 * Places as right as `line`: `to` ends a range, `also` lists lines of the same file, `or` other places ({ file, line, to }).
 * `tolerance` of one label overrules that of the run. `level` of a must-be-silent label: below it, it may be reported.
 *
 * What is open (cannot be decided) counts as neither found nor reported.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    cli: { type: 'string', default: 'dist/cli.js' },
    tolerance: { type: 'string', default: '3' },
    only: { type: 'string' },
    all: { type: 'boolean' },
  },
});
const [labels, checkouts] = positionals;
if (checkouts === undefined) throw new Error('usage: labels.mjs LABELS CHECKOUTS [--cli FILE] [--tolerance LINES]');

const levels = ['none', 'note', 'warning', 'error'];
// What Django does where settings say nothing: the verb prints only what is written.
const defaults = {
  CACHES: { default: { BACKEND: 'django.core.cache.backends.locmem.LocMemCache' } },
  DEBUG: false,
  EMAIL_BACKEND: 'django.core.mail.backends.smtp.EmailBackend',
  SESSION_ENGINE: 'django.contrib.sessions.backends.db',
  USE_TZ: true,
};
const ageByDefault = { CONN_MAX_AGE: 0 };

const total = { found: 0, open: 0, wanted: 0, reported: 0, quiet: 0, wrong: 0, unknown: 0, settings: 0, results: 0 };
for (const file of readdirSync(labels).sort()) {
  const name = file.replace(/\.yaml$/, '');
  const folder = join(checkouts, name);
  if (name === file || (options.only !== undefined && options.only !== name)) continue;
  if (existsSync(folder)) judge(name, parse(readFileSync(join(labels, file), 'utf8')), folder);
  else console.log(`${name}: no checkout at ${folder}\n`);
}
console.log('total');
tell(total);

function judge(name, label, folder) {
  const audit = run(folder, ['audit', '--fail-on', 'never']);
  const fails = audit.results.filter(({ kind }) => kind === 'fail');
  const opens = audit.results.filter(({ kind }) => kind === 'open');
  const wanted = label['must-find'].map((one) => {
    const hit = fails.some((result) => fits(one, result));
    return { one, is: hit ? 'found' : opens.some((result) => fits(one, result)) ? 'open' : 'missed' };
  });
  const quiet = label['must-be-silent'].map((one) => ({
    one,
    by: fails.filter(
      (result) => fits(one, result, false) && levels.indexOf(result.level) >= levels.indexOf(one.level ?? 'note'),
    ),
  }));
  const seen = label.settings.length === 0 ? { modules: [] } : run(folder, ['settings']);
  const settings = label.settings.map((one) => ({ one, ...compared(one, seen.modules) }));

  const sums = {
    found: count(wanted, ({ is }) => is === 'found'),
    open: count(wanted, ({ is }) => is === 'open'),
    wanted: wanted.length,
    reported: count(quiet, ({ by }) => by.length > 0),
    quiet: quiet.length,
    wrong: count(settings, ({ is }) => is === 'wrong'),
    unknown: count(settings, ({ is }) => is === 'unknown'),
    settings: settings.length,
    results: fails.length,
  };
  for (const [key, value] of Object.entries(sums)) total[key] += value;

  console.log(
    `${name} (settings: ${seen.modules.map(({ module, confidence }) => `${module}, ${confidence}`).join('; ') || 'none'})`,
  );
  tell(sums);
  for (const { one, is } of wanted) if (is !== 'found') console.log(`  ${is.padEnd(8)} ${told(one)}: ${one.why}`);
  for (const { one, by } of quiet) {
    for (const result of by)
      console.log(`  reported ${told(one)}: ${one.why}\n           ${at(result)} ${result.message}`);
  }
  for (const { one, is, text } of settings) {
    if (is !== 'right')
      console.log(`  ${is.padEnd(8)} ${told(one)} ${JSON.stringify(one.value ?? one.count)}: ${text}`);
  }
  const labelled = [...label['must-find'], ...label['must-be-silent']];
  const rest = fails.filter((result) => !labelled.some((one) => fits(one, result)));
  console.log(`  not labelled: ${rest.length}`);
  if (options.all)
    for (const result of rest) console.log(`           ${result.ruleId} ${at(result)} ${result.message}`);
  console.log('');
}

function run(folder, [verb, ...rest]) {
  const arguments_ = [options.cli, verb, folder, '--format', 'json', '--quiet', ...rest];
  return JSON.parse(
    execFileSync(process.execPath, arguments_, { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

// What must be silent often stands in a list beside what must be found, so there a line is nearly a line.
function fits(one, { ruleId, location, message, relatedLocations }, near = true) {
  if (![one.rule].flat().includes(ruleId)) return false;
  // What one change mends is told as one result: its other places have a whole sentence each, evidence has none.
  const others = message.includes(' The same holds in ')
    ? relatedLocations.filter((other) => other.message.endsWith('.')).map((other) => other.location)
    : [];
  return [location, ...others].some((place) => stands(one, place, near));
}

function stands(one, location, near) {
  const places = [one, ...(one.also ?? []).map((line) => ({ file: one.file, line })), ...(one.or ?? [])];
  return places.some(({ file, line, to }) => {
    if (file === undefined) return true;
    if (file !== location?.uri) return false;
    const tolerance = one.tolerance ?? (near ? Number(options.tolerance) : Math.min(1, Number(options.tolerance)));
    const { startLine } = location.region ?? { startLine: 1 };
    return line === undefined || (startLine >= line - tolerance && startLine <= (to ?? line) + tolerance);
  });
}

function compared(one, modules) {
  const right = one.count === undefined ? [one.value].flat() : [one.count].flat();
  const module = modules.find(({ module }) => module === one.module) ?? modules[0];
  if (module === undefined) return right.includes('unknown') ? { is: 'right' } : { is: 'unknown', text: 'no settings' };
  const setting = module.settings[one.name] ?? { value: defaults[one.name] };
  if (setting.value === undefined) {
    return right.includes('unknown') ? { is: 'right' } : { is: 'unknown', text: JSON.stringify(setting).slice(0, 160) };
  }
  let value = setting.value;
  for (const key of one.path?.split('.') ?? []) {
    if (isUnknown(value)) break;
    value = value?.[key] ?? ageByDefault[key];
  }
  if (one.count !== undefined && Array.isArray(value)) {
    value = value.some(isUnknown) ? { unknown: 'elements' } : value.length;
  }
  // A list of which some items are not known is right where nobody knows all of them.
  const inPart = Array.isArray(value) && value.some(isUnknown) && right.includes('unknown');
  if (isUnknown(value) || inPart) {
    return right.includes('unknown') ? { is: 'right' } : { is: 'unknown', text: JSON.stringify(value).slice(0, 160) };
  }
  return [one.value, ...right].some((expected) => same(expected, value))
    ? { is: 'right' }
    : { is: 'wrong', text: JSON.stringify(value)?.slice(0, 160) ?? 'absent' };
}

function isUnknown(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['unknown', '$unknown', '$instance'].some((key) => Object.hasOwn(value, key))
  );
}

function same(expected, value) {
  return JSON.stringify(expected) === JSON.stringify(value);
}

function count(list, test) {
  return list.filter(test).length;
}

function told({ rule, name, path, file, line }) {
  const what = rule === undefined ? [name, path].filter(Boolean).join('.') : [rule].flat().join(' or ');
  return `${what} ${[file ?? 'anywhere', line].filter(Boolean).join(':')}`;
}

function at({ location }) {
  return location === undefined ? '' : `${location.uri}:${location.region?.startLine ?? 1}`;
}

function tell({ found, open, wanted, reported, quiet, wrong, unknown, settings, results }) {
  const share = (part, whole) => (whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)} %)`);
  console.log(
    `  must-find ${found} of ${wanted}${share(found, wanted)}, ${open} more open; must-be-silent ${reported} of ${quiet}${share(reported, quiet)} reported; ` +
      `settings ${wrong} wrong, ${unknown} unknown${share(unknown, settings)} of ${settings}; ${results} results`,
  );
}
