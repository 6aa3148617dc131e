import { startOf, type Evidence, type Location, type Maybe, isUnknown } from '../../location.js';
import type { EnvironmentVariable, EvaluatedModule, Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';
import { doubted, type Doubts } from './open-environment.js';
import { shownEnvironment } from './shown-environment.js';
import { undecidedWhereDifferent } from './undecided-values.js';
import { productionSample, shownServers } from './sample-environment.js';
import { addressesUnread, namedUnread, unreadVariables } from './unread-deployments.js';
import { ANY_SERVER, optionalServers } from './optional-servers.js';
import { inClass, inUnknownClass } from './settings-classes.js';
import { candidatesOf, type Candidate } from './settings-evidence.js';

/** The settings that production runs with, as far as the repository tells. */
export interface DjangoSettings {
  /** Dotted. */
  readonly module: string;
  readonly path: string;
  /** Why this module: the strongest first. */
  readonly evidence: readonly Evidence[];
  /** `guessed` where nothing that is deployed names the module, or its own name says that it is for development. */
  readonly confidence: 'named' | 'guessed';
  /** Why production may load others; absent where they are named. */
  readonly doubt?: string;
  /** The version that the repository declares. */
  readonly djangoVersion?: string;
  /** Upper-case names that the project sets. */
  readonly names: ReadonlyMap<string, Value>;
  get(name: string): Value | undefined;
  /** Where a setting was last set; else the first character of the module, where it would stand. */
  placeOf(name: string): Location;
  readonly gaps: readonly Evidence[];
  /** Why more may be set, where the code ends for want of what an installation gives: results take what is not set for the default. */
  readonly cutOff?: Value;
}

/** The settings of a program as far as they can be relied on; undefined where it is no Django project. */
export function settingsOf(program: Program): DjangoSettings | undefined {
  return program.memo('django:relied-on-settings', () => {
    const loaded = loadedSettings(program);
    const { openEnvironment } = program.launch;
    if (loaded === undefined || openEnvironment === undefined) return loaded;
    return withDoubt(program, loaded, () => openEnvironment, shownNames(program, loaded));
  });
}

function withDoubt(program: Program, settings: DjangoSettings, ...doubts: Doubts): DjangoSettings {
  const names = doubted(settings.names, program.launch, ...doubts);
  return { ...settings, names, get: (name) => names.get(name) ?? settings.get(name) };
}

/** Where a file shows what production sets, and that comes to something else, the default is likely not to count. */
function withSample(program: Program, candidate: Candidate, settings: DjangoSettings): DjangoSettings {
  const sample = productionSample(program);
  const shown = sample === undefined ? undefined : load(program, candidate, sample.variables)?.names;
  if (sample === undefined || shown === undefined) return settings;
  const reason = `${sample.path}, of which production makes its own, leads to something else`;
  const names = undecidedWhereDifferent(settings.names, shown, reason);
  return { ...settings, names, get: (name) => names.get(name) ?? settings.get(name) };
}

/** The same module with what the file shows that people make theirs of. */
function shownNames(program: Program, { module }: DjangoSettings) {
  const variables = shownEnvironment(program);
  if (variables === undefined || variables.size === 0) return undefined;
  const candidate = candidatesOf(program).find((one) => one.module === module);
  const names = candidate === undefined ? undefined : load(program, candidate, variables)?.names;
  return names === undefined ? undefined : { names, variables: new Set(variables.keys()) };
}

/** The settings with the environment that is known: a variable that nothing in the repository sets is unset. */
function loadedSettings(program: Program): DjangoSettings | undefined {
  return program.memo('django:settings', () => {
    let empty: DjangoSettings | undefined;
    for (const candidate of candidatesOf(program)) {
      const settings = load(program, candidate, new Map([...addressesUnread(program), ...shownServers(program)]));
      if (settings !== undefined && settings.names.size > 0) {
        const sampled = withSample(program, candidate, withDoubt(program, settings, namedUnread(program)));
        return withConditional(program, candidate, sampled);
      }
      // A module that sets nothing was named by a generator that nobody corrected.
      empty ??= settings;
    }
    return empty;
  });
}

/** Every Django project below the folder of a program; the one that the program runs comes first. */
export function settingsModules(program: Program): readonly DjangoSettings[] {
  return program.memo('django:settings-modules', () => {
    const relied = settingsOf(program);
    if (relied === undefined) return [];
    const first = withServers(program, relied);
    const all = [first];
    const scripts = new Map<string, Candidate[]>();
    for (const candidate of candidatesOf(program)) {
      if (candidate.script === undefined) continue;
      const folder = candidate.script.slice(0, candidate.script.lastIndexOf('/') + 1);
      scripts.set(folder, [...(scripts.get(folder) ?? []), candidate]);
    }
    for (const candidates of scripts.values()) {
      const [best] = candidates;
      if (best === undefined) continue;
      const path = program.python.resolve(best.module);
      const top = (module: string): string => module.split('.')[0] ?? module;
      if (path === undefined || all.some((one) => one.path === path || top(one.module) === top(best.module))) continue;
      const settings = load(program, best);
      if (settings !== undefined) all.push(settings);
    }
    return all;
  });
}

/**
 * Where nothing deploys the code, nobody knows whether production has the servers that it can do without: `if REDIS_URL:`. What
 * the code is without them is what counts for results, which name the variable; as a value of production it would be a guess.
 */
function withServers(program: Program, settings: DjangoSettings): DjangoSettings {
  const servers = optionalServers(program, settings.names);
  const candidate = candidatesOf(program).find((one) => one.module === settings.module);
  const reason = `nothing here deploys the code, and ${[...servers.keys()].join(', ')} may be set`;
  const names = servers.size === 0 || candidate === undefined ? undefined : load(program, candidate, servers)?.names;
  if (names === undefined) return settings;
  const undecided = new Map(undecidedWhereDifferent(settings.names, names, reason, isOtherAddress));
  for (const [name, value] of names)
    if (!undecided.has(name)) undecided.set(name, { kind: 'unknown', reason, origin: value.origin });
  return { ...settings, names: undecided, get: (name) => undecided.get(name) ?? settings.get(name) };
}

/** An address that is there without the variable: it only leads elsewhere. */
function isOtherAddress(value: Value, other: Value): boolean {
  return other.kind === 'str' && other.value.includes(ANY_SERVER) && value.kind === 'str' && value.value !== '';
}

/** What is only set where a variable is, which something that is not read here may set: nobody knows whether it is. */
function withConditional(program: Program, candidate: Candidate, settings: DjangoSettings): DjangoSettings {
  const reasons = [...unreadVariables(program)].filter(([name]) => !program.launch.environment.has(name));
  if (reasons.length === 0) return settings;
  const open = new Map(reasons.map(([name, unknown]): [string, EnvironmentVariable] => [name, { value: { unknown } }]));
  const names = new Map(settings.names);
  for (const [name, addresses] of addressesUnread(program)) open.set(name, addresses);
  for (const [name, value] of load(program, candidate, open)?.names ?? []) {
    if (names.has(name)) continue;
    const reason =
      value.kind === 'unknown' ? value.reason : `${value.origin.variables.join(', ')} decides whether it is set`;
    names.set(name, { kind: 'unknown', reason, origin: value.origin });
  }
  return { ...settings, names, get: (name) => names.get(name) ?? settings.get(name) };
}

function load(
  program: Program,
  candidate: Candidate,
  shown?: ReadonlyMap<string, EnvironmentVariable>,
): DjangoSettings | undefined {
  const before = new Map<string, EnvironmentVariable>(shown);
  if (candidate.script !== undefined)
    for (const [name, value] of program.python.environmentAfter(candidate.script)) {
      const given = program.launch.environment.get(name);
      const variable = asVariable(value, given);
      if (variable !== undefined) before.set(name, variable);
    }
  before.set('DJANGO_SETTINGS_MODULE', { value: candidate.module });
  const evaluated =
    inClass(program, candidate.module, before) ??
    inUnknownClass(program, candidate.module, before, program.python.evaluateWith(candidate.module, before));
  return evaluated === undefined ? undefined : settings(program, candidate, evaluated);
}

/** A variable that a script sets before the settings are loaded. */
function asVariable(value: Value, given: EnvironmentVariable | undefined): EnvironmentVariable | undefined {
  const location = value.origin.locations[0];
  const plain: Maybe<string> | undefined =
    value.kind === 'str' ? value.value : value.kind === 'unknown' ? { unknown: value.reason } : undefined;
  if (plain === undefined) return undefined;
  if (given !== undefined && (given.value === plain || (isUnknown(given.value) && isUnknown(plain)))) return given;
  return { value: plain, ...(location === undefined ? {} : { location }) };
}

function settings(program: Program, candidate: Candidate, evaluated: EvaluatedModule): DjangoSettings {
  const names = new Map([...evaluated.names].filter(([name]) => name === name.toUpperCase() && /[A-Z]/.test(name)));
  const version = program.dependencies.find((one) => one.name === 'django' && one.version !== undefined)?.version;
  const unseen = unseenNames(evaluated) ?? unseenStar(evaluated.gaps);
  return {
    module: candidate.module,
    path: evaluated.path,
    evidence: candidate.evidence,
    confidence: candidate.doubt === undefined ? 'named' : 'guessed',
    ...(candidate.doubt === undefined ? {} : { doubt: candidate.doubt }),
    ...(version === undefined ? {} : { djangoVersion: version }),
    names,
    get: (name) => names.get(name) ?? unseen?.(name),
    placeOf: (name) => names.get(name)?.origin.locations[0] ?? startOf(evaluated.path),
    gaps: evaluated.gaps,
    ...(evaluated.others?.kind === 'unknown' && evaluated.others.reason.startsWith('the code raises ')
      ? { cutOff: evaluated.others }
      : {}),
  };
}

/** `from open_api_framework.conf.base import *`: of a package that holds settings nobody knows which it sets. */
const HOLDS_SETTINGS = /(?:^|[._])(?:settings|conf\.\w{1,60})(?:\.\w{1,60})? is a library$/;

/**
 * What an absent setting is, where something set names that are not known. Of star imports of libraries see below; what an
 * installation must write down itself, or the code raises, it writes where it does not want the default.
 */
function unseenNames({ others }: EvaluatedModule): ((name: string) => Value) | undefined {
  if (others?.kind !== 'unknown' || /^the code raises | is a library$/.test(others.reason)) return undefined;
  return (name) => ({ ...others, reason: `${name} may be set as well: ${others.reason}` });
}

/** What an absent setting is, where a star import of a library may have set it. */
function unseenStar(gaps: readonly Evidence[]): ((name: string) => Value) | undefined {
  const star = gaps.find(
    ({ message }) => message.startsWith('what the star import of ') && HOLDS_SETTINGS.test(message),
  );
  if (star === undefined) return undefined;
  const origin = { locations: [star.location], variables: [] };
  return (name) => ({ kind: 'unknown', reason: `${name} may be set there: ${star.message}`, origin });
}
