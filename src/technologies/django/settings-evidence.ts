import { lineStarts, regionAt, startOf, type Evidence, type Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { audienceOfPath } from '../audience.js';
import { folderOf, isInside } from '../../repository-path.js';
import type { StrValue } from '../../link/value.js';

/** A settings module that something names, with everything that names it. */
export interface Candidate {
  readonly module: string;
  readonly evidence: readonly Evidence[];
  /** Why production may load another one; absent where something that is deployed names it. */
  readonly doubt?: string;
  /** The script that production starts first, and that may set variables before the settings are loaded. */
  readonly script?: string;
}

interface Clue {
  readonly module: string;
  readonly weight: number;
  readonly evidence: Evidence;
  readonly script?: string;
  /** The module that is named in its place, where the repository does not hold that. */
  readonly insteadOf?: string;
}

const VARIABLE = 'DJANGO_SETTINGS_MODULE';
const DEVELOPMENT = namesOf(
  'dev|devel|devstack|development|local|localhost|tests?|testing|debug|docker_compose|compose|ci|travis|docs?|sandbox|dummy|sqlite|e2e|demo|example',
);
const PRODUCTION = namesOf('prod|production|deploy|deployed|live|heroku|docker(?!_compose)|server');
/** Below this weight nothing that is deployed speaks. */
const DEPLOYED = 45;

/** All candidates, the best first. Memoized: several extractors ask. */
export function candidatesOf(program: Program): readonly Candidate[] {
  return program.memo('django:settings-candidates', () => {
    const clues = [...fromLaunch(program), ...fromScripts(program), ...fromTexts(program)];
    for (const clue of [...clues]) clues.push(...siblings(program, clue), ...bases(program, clue));
    if (clues.every((clue) => program.python.resolve(clue.module) === undefined)) clues.push(...byName(program));
    const modules = new Map<string, Clue[]>();
    for (const clue of clues) {
      if (program.python.resolve(clue.module) === undefined) continue;
      modules.set(clue.module, [...(modules.get(clue.module) ?? []), clue]);
    }
    return [...modules]
      .map(([module, own]) => {
        const sorted = [...own].sort((a, b) => b.weight - a.weight);
        const best = sorted[0]?.weight ?? 0;
        const doubt = doubtOf(module, sorted[0]);
        const script = sorted.find((one) => one.script !== undefined)?.script;
        return {
          weight: best - (isDevelopment(module) ? 30 : 0) + (PRODUCTION(module) ? 5 : 0),
          candidate: {
            module,
            evidence: unique(sorted.map((one) => one.evidence)),
            ...(script === undefined ? {} : { script }),
            ...(doubt === undefined ? {} : { doubt }),
          },
        };
      })
      .sort((a, b) => b.weight - a.weight || (a.candidate.module < b.candidate.module ? -1 : 1))
      .map((one) => one.candidate);
  });
}

function doubtOf(module: string, best: Clue | undefined): string | undefined {
  if (best?.insteadOf !== undefined) return `${best.insteadOf} is deployed, which the repository does not hold`;
  if (/(?:^|[._])(?:prod|production|live)(?:[._]|$)/i.test(module.slice(module.indexOf('.') + 1))) return undefined;
  if (best === undefined || best.weight < DEPLOYED)
    return `nothing that is deployed names the settings; ${module} may be for development only`;
  return isDevelopment(module) ? `${module} is for development by its name` : undefined;
}

const isDevelopment = (module: string): boolean => DEVELOPMENT(module) && !PRODUCTION(module);

/**
 * Whether a module is named by one of these words. The package of a project is often called by what the whole is
 * (`shop_example.settings`, `mail_server.settings.dev`): of its name only the beginning counts.
 */
function namesOf(words: string): (module: string) => boolean {
  const anywhere = new RegExp(`(?:^|[._])(?:${words})(?:[._]|$|settings)`, 'i');
  const first = new RegExp(`^(?:${words})(?:[._]|$)`, 'i');
  return (module) => first.test(module) || anywhere.test(module.slice(module.indexOf('.') + 1));
}

/** One sentence for each place: the strongest, which comes first. */
function unique(all: readonly Evidence[]): readonly Evidence[] {
  const seen = new Set<string>();
  return all.filter(({ location }) => {
    const key = `${location.uri}\0${location.region.startLine}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** What the deployment sets, and what its commands say. */
function* fromLaunch(program: Program): Generator<Clue> {
  const { launch } = program;
  const set = launch.environment.get(VARIABLE);
  if (typeof set?.value === 'string') {
    const location = set.location ?? startOf(launch.directory);
    const message = `${VARIABLE} is set to ${set.value}${set.location === undefined ? ' on the command line' : ''}`;
    yield { module: set.value, weight: 100, evidence: { message, location }, ...script(program) };
  }
  for (const { words, location } of launch.commands) {
    for (const [i, word] of words.entries()) {
      const given =
        /^--settings=(.+)$/.exec(word)?.[1] ??
        (word === '--settings' ? words[i + 1] : undefined) ??
        new RegExp(`^(?:--env=|-e)?${VARIABLE}=(.+)$`).exec(word)?.[1];
      if (given !== undefined)
        yield {
          module: given,
          weight: 95,
          evidence: { message: `the command names the settings ${given}`, location },
          ...script(program),
        };
    }
    for (const path of scriptsOfCommand(program, words)) yield* fromScript(program, path, 90);
  }
}

/** Python files that a command starts: `manage.py`, the module that a server is given, the application of a worker. */
function* scriptsOfCommand(program: Program, words: readonly string[]): Generator<string> {
  for (const [i, word] of words.entries()) {
    if (/(?:^|\/)manage\.py$/.test(word)) {
      const path = managers(program).find((one) => one === word || one.endsWith(`/${word.replace(/^.*\//, '')}`));
      if (path !== undefined) yield path;
    }
    const target =
      /^([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(\))?$/.exec(word)?.[1] ??
      /^(?:--module=|--wsgi=)?([A-Za-z_][\w.]*\.(?:wsgi|asgi))$/.exec(word)?.[1];
    const wsgiFile = /^(?:--wsgi-file=)?(.*\.py)$/.exec(word)?.[1];
    const app = word === '-A' || word === '--app' ? words[i + 1] : /^(?:-A|--app=)(.+)$/.exec(word)?.[1];
    for (const module of [
      target,
      app,
      app === undefined ? undefined : `${app}.celery`,
      app === undefined ? undefined : `${app}.celery_app`,
    ]) {
      const path = module === undefined ? undefined : program.python.resolve(module.replace(/:.*$/, ''));
      if (path !== undefined) yield path;
    }
    if (wsgiFile !== undefined && !wsgiFile.endsWith('manage.py')) {
      const path = [wsgiFile, `${program.launch.directory}/${wsgiFile}`].find((one) => program.inventory.has(one));
      if (path !== undefined) yield path;
    }
  }
}

/** What a script leaves in the environment. */
function* fromScript(program: Program, path: string, weight: number): Generator<Clue> {
  const text = program.inventory.read(path);
  if (text === undefined || !/DJANGO_SETTINGS_MODULE|environ|dotenv/.test(text)) return;
  const value = environmentAfter(program, path).get(VARIABLE);
  if (value === undefined) return;
  const modules = value.kind === 'str' ? [value] : value.kind === 'unknown' ? (value.candidates ?? []) : [];
  for (const one of modules) {
    if (one.kind !== 'str') continue;
    const evidence = said(program, path, one);
    if (evidence !== undefined) yield { module: one.value, weight, script: path, evidence };
  }
}

/** What a script adds to what is known: a module that it names itself, or that it reads from a file. */
function said(program: Program, path: string, module: StrValue): Evidence | undefined {
  const { locations } = module.origin;
  const own = locations.find((location) => location.uri === path);
  if (own !== undefined) return { message: `${path} names ${module.value}`, location: own };
  const [elsewhere] = locations;
  // The deployment says it, and what the script would set otherwise does not count.
  if (elsewhere === undefined || program.launch.environment.get(VARIABLE)?.value === module.value) return undefined;
  return { message: `${VARIABLE} is set to ${module.value} where ${path} reads it`, location: elsewhere };
}

function environmentAfter(program: Program, path: string): ReturnType<Program['python']['environmentAfter']> {
  return program.memo(`django:environment-after:${path}`, () => program.python.environmentAfter(path));
}

function under(program: Program, path: string): boolean {
  const { directory } = program.launch;
  return directory === '' || path.startsWith(`${directory}/`);
}

/** Whether an image is described around the folder of the code. */
function builds(program: Program, path: string): boolean {
  return (
    /(?:^|\/)(?:Dockerfile[^/]*|[^/]*\.dockerfile)$/i.test(path) && isInside(program.launch.directory, folderOf(path))
  );
}

const ASIDE = /(?:^|\/)(?:tests?|testing|docs?|examples?|templates?|project_template|fixtures|node_modules)\//;

function byDepth(paths: readonly string[]): readonly string[] {
  return [...paths].sort(
    (a, b) =>
      Number(ASIDE.test(a)) - Number(ASIDE.test(b)) || a.split('/').length - b.split('/').length || (a < b ? -1 : 1),
  );
}

function managers(program: Program): readonly string[] {
  return byDepth(
    program.inventory.files
      .map((file) => file.path)
      .filter((path) => /(?:^|\/)manage\.py$/.test(path) && under(program, path)),
  );
}

/** The script that most likely runs before the settings of a module that the deployment names. */
function script(program: Program): { script?: string } {
  const paths = byDepth(
    program.inventory.files
      .map((file) => file.path)
      .filter((path) => /(?:^|\/)(?:wsgi|asgi)\.py$/.test(path) && under(program, path) && !ASIDE.test(path)),
  );
  const found = paths.find((path) => program.inventory.read(path)?.includes('django') === true) ?? managers(program)[0];
  return found === undefined ? {} : { script: found };
}

function* fromScripts(program: Program): Generator<Clue> {
  const weights: readonly (readonly [RegExp, number])[] = [
    [/(?:^|\/)(?:wsgi|asgi)(?:_[a-z]+)?\.py$/, 60],
    [/(?:^|\/)manage\.py$/, 50],
    [/(?:^|\/)celery(?:_?app|conf)?\.py$/, 47],
    [/(?:^|\/)(?:bin|scripts|django)\/[^/]+$|\.wsgi$/, 46],
  ];
  const paths = byDepth(
    program.inventory.files
      .map((file) => file.path)
      .filter((path) => under(program, path) && !path.includes('node_modules/')),
  );
  for (const [pattern, weight] of weights) {
    for (const path of paths) {
      if (!pattern.test(path)) continue;
      if (weight === 46 && program.inventory.read(path)?.includes(VARIABLE) !== true) continue;
      // A script deep in the tree, or in a folder of tests, starts something else.
      const aside = ASIDE.test(path) ? 25 : 0;
      yield* fromScript(program, path, weight - aside - Math.min(8, path.split('/').length));
    }
  }
}

/** `NAME=module`, `NAME: module`, and lists of names and values: `- key: NAME` before `value: module`. */
const NAMED =
  /DJANGO_SETTINGS_MODULE["']?(?:[ \t]*,?\s{0,60}(?:["']?(?:scope|type)["']?:[^\n]{0,60}\n\s{0,40}){0,3}["']?value["']?[ \t]*[:=]|[ \t]*[:=,]|[ \t])[ \t]*["']?([A-Za-z_][\w.]*)/g;

/** Files of deployment and of tools, read as text: they are written in too many languages to parse them all. */
function* fromTexts(program: Program): Generator<Clue> {
  const deployed =
    /(?:^|\/)(?:Dockerfile[^/]*|[^/]*\.dockerfile|Procfile|app\.json|app\.yaml|fly\.toml|[^/]*\.service|[^/]*\.env(?:\.[^/]*)?|\.env[^/]*|env\.[^/]*|docker-compose[^/]*|compose[^/]*\.ya?ml|[^/]*\.(?:conf|sh|ini|ya?ml|tf)|[^/]*task[-_]?def[^/]*\.json)$/i;
  const tools = /(?:^|\/)(?:setup\.cfg|pytest\.ini|tox\.ini|pyproject\.toml|conftest\.py|\.coveragerc)$/;
  for (const { path } of program.inventory.files) {
    const tool = tools.test(path);
    if (!tool && !deployed.test(path)) continue;
    const text = program.inventory.read(path);
    if (!text?.includes(VARIABLE)) continue;
    for (const match of text.matchAll(NAMED)) {
      const module = match[1];
      if (module === undefined) continue;
      if (isComment(text, match.index)) continue;
      const location: Location = {
        uri: path,
        region: regionAt(lineStarts(text), match.index, match.index + match[0].length),
      };
      const audience = audienceOfPath(path);
      // A desk that reloads what it runs.
      const desk = /compose/i.test(path) && /\brunserver\b|--reload\b/.test(text);
      const development =
        desk ||
        (audience !== undefined && audience !== 'production') ||
        /(?:^|[-_./])(?:dev|test|tests|ci|local|e2e|github|circleci|travis|example|sample)(?:[-_./]|$)/i.test(path);
      yield {
        module,
        weight: tool ? 10 : development ? 30 : under(program, path) || builds(program, path) ? 57 : 40,
        evidence: { message: `${path} names ${module}`, location },
        ...(tool ? {} : script(program)),
      };
    }
  }
}

function isComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*(?:#|\/\/|;)/.test(line);
}

/** Beside a module for development, or in a package that only gathers parts, the one that says production. */
function* siblings(program: Program, clue: Clue): Generator<Clue> {
  const path = program.python.resolve(clue.module);
  if (path === undefined || PRODUCTION(clue.module)) return;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const isPackage = path.endsWith('/__init__.py');
  if (isPackage && (program.inventory.read(path) ?? '').trim() !== '') return;
  if (
    !isPackage &&
    !isDevelopment(clue.module) &&
    !/(?:^|[._])(?:base|common|defaults?|global|shared|core)$/.test(clue.module)
  )
    return;
  const parent = isPackage ? clue.module : clue.module.slice(0, Math.max(0, clue.module.lastIndexOf('.')));
  for (const name of [
    'production',
    'prod',
    'production_settings',
    'prod_settings',
    'settings_production',
    'settings_prod',
    'live',
    'deploy',
    'docker',
    'heroku',
    'staging',
  ]) {
    if (!program.inventory.has(`${folder}${name}.py`)) continue;
    yield {
      module: parent === '' ? name : `${parent}.${name}`,
      weight: besideOf(program, clue),
      evidence: {
        message: `${folder}${name}.py says production by its name, and stands beside ${clue.module}`,
        location: startOf(`${folder}${name}.py`),
      },
      ...(clue.script === undefined ? {} : { script: clue.script }),
    };
    return;
  }
  yield* unnamedSibling(program, clue, folder, parent);
}

/** What scripts fall back to is for whoever sets nothing; whoever deploys sets something, and not what is for developers by its name. */
function besideOf(program: Program, { module, script: from, weight }: Clue): number {
  const isFallback = from !== undefined && program.launch.environment.get(VARIABLE) === undefined;
  return isFallback && isDevelopment(module) ? Math.max(weight - 25, 43) : Math.min(weight, 44) - 1;
}

/**
 * Of modules that all begin with the same one, the only one that is not for developers and switches debugging off; where
 * there is none, what they begin with says more of production than the module for developers does.
 */
function* unnamedSibling(program: Program, clue: Clue, folder: string, parent: string): Generator<Clue> {
  const named = /^(?:__init__|base|common|defaults?|global|shared|core)$/;
  const beside = program.inventory.files
    .map(({ path }) => path)
    .filter((path) => folderOf(path) === folder.slice(0, -1) && path.endsWith('.py'))
    .map((path) => ({ path, name: path.slice(folder.length, -3), text: program.inventory.read(path) ?? '' }));
  const moduleOf = (name: string): string => (parent === '' ? name : `${parent}.${name}`);
  const found = beside.filter(
    ({ name, text }) =>
      !named.test(name) &&
      // What only builds an image answers no requests.
      !/static|build|assets|migrat/.test(name) &&
      !isDevelopment(moduleOf(name)) &&
      /^from [\w.]{1,80} import \*/m.test(text) &&
      /^DEBUG[ \t]{0,9}=(?:[ \t\w]{1,40}=)?[ \t]{0,9}False\b/m.test(text),
  );
  const [only] = found;
  const base = beside.find(
    ({ name, text }) => named.test(name) && name !== '__init__' && /^INSTALLED_APPS\b/m.test(text),
  );
  const chosen = found.length === 1 ? only : base;
  if (chosen === undefined || moduleOf(chosen.name) === clue.module) return;
  const why = chosen === only ? 'switches debugging off' : 'is what the others begin with';
  yield {
    module: moduleOf(chosen.name),
    weight: chosen === only ? besideOf(program, clue) : Math.min(clue.weight, 36) - 1,
    evidence: { message: `${chosen.path} ${why}, and stands beside ${clue.module}`, location: startOf(chosen.path) },
    ...(clue.script === undefined ? {} : { script: clue.script }),
  };
}

/** The named module is not in the repository; what it would begin with is: graded, but with doubt. */
function* bases(program: Program, clue: Clue): Generator<Clue> {
  const dot = clue.module.lastIndexOf('.');
  if (dot < 0 || clue.weight < DEPLOYED || program.python.resolve(clue.module) !== undefined) return;
  const own = clue.module.slice(dot + 1);
  const begins = ['common', 'base', 'defaults', 'default'];
  for (const name of [...begins, ...begins.map((one) => `${own}_${one}`), ...begins.map((one) => `${one}_${own}`)]) {
    const module = `${clue.module.slice(0, dot)}.${name}`;
    const path = program.python.resolve(module);
    if (path === undefined) continue;
    const message = `${clue.module} is named, which the repository does not hold, and ${path} stands beside it`;
    yield {
      module,
      weight: 42,
      insteadOf: clue.module,
      evidence: { message, location: startOf(path) },
      ...(clue.script === undefined ? {} : { script: clue.script }),
    };
    return;
  }
}

/** Nothing names a module: one that looks like settings. */
function* byName(program: Program): Generator<Clue> {
  const paths = byDepth(
    program.inventory.files
      .map((file) => file.path)
      .filter(
        (path) =>
          under(program, path) &&
          /(?:^|\/)(?:\w{0,60}settings\.py|settings\/(?:__init__|production|prod|base)\.py)$/.test(path) &&
          !isDevelopment(path.slice(path.lastIndexOf('/') + 1)) &&
          !ASIDE.test(path),
      ),
  );
  for (const path of paths) {
    const text = program.inventory.read(path) ?? '';
    if (!/\b(?:INSTALLED_APPS|DATABASES|MIDDLEWARE|ROOT_URLCONF)\b/.test(text)) continue;
    const module = path
      .replace(/\.py$/, '')
      .replace(/\/__init__$/, '')
      .split('/')
      .join('.');
    const relative =
      program.launch.directory === '' ? module : module.slice(program.launch.directory.split('/').join('.').length + 1);
    yield {
      module: relative,
      weight: 20,
      evidence: { message: `${path} sets what only settings set`, location: startOf(path) },
    };
  }
}
