import type { EnvironmentVariable, Program } from '../link/program.js';
import { isUnknown, unknown, type Location, type Maybe } from '../location.js';
import { program as peel } from '../parse/shell/program.js';

/** A command that a component runs, what only starts it taken away. */
export interface Started {
  readonly name: string;
  readonly args: readonly string[];
  readonly location: Location;
  /** Whether a Procfile starts it, itself or by a script. */
  readonly byProcfile: boolean;
  /** Where one of its arguments is written. */
  placeOf(argument: number): Location;
  /** What it finds in its environment: set on its own line, else by the deployment. */
  variable(name: string): EnvironmentVariable | undefined;
}

/** The commands of a component that run one of these programs. */
export function started(program: Program, names: RegExp): Started[] {
  return program.launch.commands.flatMap(({ words, location, places }) => {
    const { name, args, environment } = peel(words);
    if (!names.test(name)) return [];
    const variable = (key: string): EnvironmentVariable | undefined =>
      Object.hasOwn(environment, key)
        ? { value: environment[key] ?? '', location }
        : program.launch.environment.get(key);
    const placeOf = (argument: number): Location => places?.[words.length - args.length + argument] ?? location;
    const byProcfile = [location, program.launch.location].some((one) => /(?:^|\/)Procfile$/.test(one?.uri ?? ''));
    return [{ name, args, location, byProcfile, placeOf, variable }];
  });
}

/** What an option is set to: `--workers 4`, `--workers=4`, `-w 4`, `-w4`. The last one counts. */
export function option(args: readonly string[], names: readonly string[]): string | undefined {
  let found: string | undefined;
  args.forEach((word, i) => {
    for (const name of names) {
      if (word === name) found = args[i + 1];
      else if (name.startsWith('--') && word.startsWith(`${name}=`)) found = word.slice(name.length + 1);
      else if (/^-\w$/.test(name) && /^-\w./.test(word) && word.startsWith(name))
        found = word.slice(2).replace(/^=/, '');
    }
  });
  return found;
}

/** A number that one place decides. */
export interface Decision {
  readonly value: Maybe<number>;
  readonly explicit: boolean;
  /** The flag, variable or setting, as a person would search for it. */
  readonly setting: string;
  readonly location: Location;
}

export function byOption(start: Started, names: readonly string[], args = start.args): Decision | undefined {
  const text = option(args, names);
  if (text === undefined) return undefined;
  return { value: countOf(text), explicit: true, setting: names.at(-1) ?? '', location: start.location };
}

export function byVariable(start: Started, name: string): Decision | undefined {
  const variable = start.variable(name);
  if (variable === undefined || variable.value === '') return undefined;
  const value = isUnknown(variable.value) ? unknown<number>(variable.value.unknown) : countOf(variable.value);
  return { value, explicit: true, setting: name, location: variable.location ?? start.location };
}

/** WEB_CONCURRENCY, which servers of several makers read, else one process. */
export function byConcurrency(start: Started, setting: string): Decision {
  return byVariable(start, 'WEB_CONCURRENCY') ?? byDefault(start, platformDefault(start), setting);
}

/**
 * The Python buildpack of Heroku sets WEB_CONCURRENCY by the size of the dyno where nobody did
 * (https://github.com/heroku/heroku-buildpack-python/pull/1547); others that run a Procfile leave it at one.
 */
function platformDefault(start: Started): Maybe<number> {
  return start.byProcfile
    ? unknown('the platform may set WEB_CONCURRENCY by the size of the machine', [1, 2, 4, 8])
    : 1;
}

export function byDefault(start: Started, value: Maybe<number>, setting: string): Decision {
  return { value, explicit: false, setting, location: start.location };
}

/** What a count of cores comes to on the machines that people rent. */
const CORES = [1, 2, 4, 8];

/** The number that a text says. Formulas over the number of cores are known by what they give on usual machines. */
export function countOf(text: string): Maybe<number> {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return Number(trimmed);
  return overCores(trimmed) ?? unknown(`"${trimmed}" is filled in when it starts`);
}

/** A formula over the number of cores: `$(nproc)`, `multiprocessing.cpu_count() * 2 + 1`. Undefined where it is none. */
export function overCores(formula: string): Maybe<number> | undefined {
  if (!/nproc|cpu_?count|sched_getaffinity|cpuinfo|NUM_CPUS?|%k/i.test(formula)) return undefined;
  const [product = '', ...factors] = /\*\s*\(?(\d+)|(\d+)\s*\)?\s*\*/.exec(formula) ?? [];
  const [, ...summands] = /\+\s*(\d+)|(\d+)\s*\+/.exec(formula.replace(product, '')) ?? [];
  const factor = Number(factors.find(Boolean) ?? 1);
  const more = Number(summands.find(Boolean) ?? 0);
  return unknown(
    'depends on the number of cores',
    CORES.map((cores) => cores * factor + more),
  );
}
