import type { EvaluatedModule, Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';
import { isUnknown, startOf, unknown, type Location, type Maybe } from '../../location.js';
import { containerFile } from '../container-file.js';
import { countOf, option, overCores, type Decision, type Started } from '../started.js';

/** What the configuration file, a Python module, sets. */
export interface Configuration {
  number(name: string): Decision | undefined;
  text(name: string): Maybe<string> | undefined;
  on(name: string): Maybe<boolean> | undefined;
  placeOf(name: string): Location | undefined;
  /** The environment variable that decides it, if one does. */
  variableOf(name: string): string | undefined;
}

const DEFAULT = './gunicorn.conf.py';

/** Undefined where there is none; where one is named that cannot be read, everything in it is unknown. */
export function configurationOf(start: Started, more: readonly string[], program: Program): Configuration | undefined {
  const named = option(start.args, ['-c', '--config']) ?? option(more, ['-c', '--config']);
  const module = evaluated(named ?? DEFAULT, program);
  if (module !== undefined) return readFrom(module, program);
  return named === undefined ? undefined : unread(named, start.location);
}

function evaluated(named: string, program: Program): EvaluatedModule | undefined {
  if (named.startsWith('python:')) return program.python.evaluate(named.slice('python:'.length));
  const path = containerFile(program, named.replace(/^file:/, ''));
  return path === undefined ? undefined : program.python.evaluateFile(path);
}

function unread(named: string, location: Location): Configuration {
  const reason = `${named} cannot be read`;
  return {
    number: (name) => ({ value: unknown(reason), explicit: true, setting: name, location }),
    text: () => unknown(reason),
    on: () => undefined,
    placeOf: () => undefined,
    variableOf: () => undefined,
  };
}

function readFrom({ names, path }: EvaluatedModule, program: Program): Configuration {
  // `workers = None` leaves the default in force.
  const value = (name: string): Value | undefined => (names.get(name)?.kind === 'none' ? undefined : names.get(name));
  const placeOf = ({ origin: { locations } }: Value): Location =>
    locations.find(({ uri }) => uri === path) ?? locations[0] ?? startOf(path);
  return {
    number(name) {
      const found = value(name);
      if (found === undefined) return undefined;
      const location = placeOf(found);
      const source = program.inventory.read(path) ?? '';
      return { value: numberOf(found, formulaOf(name, source), source), explicit: true, setting: name, location };
    },
    text(name) {
      const found = value(name);
      if (found === undefined) return undefined;
      if (found.kind === 'str') return found.value;
      if (found.kind === 'external') return found.name;
      if (found.kind === 'class') return [found.qualifiedName, ...found.bases.map(nameOf)].join(' ');
      return unknown(found.kind === 'unknown' ? found.reason : `${name} is no text`);
    },
    on(name) {
      const found = value(name);
      if (found === undefined) return undefined;
      return found.kind === 'bool' ? found.value : unknown(`${name} is not known`);
    },
    placeOf(name) {
      const found = value(name);
      return found === undefined ? undefined : placeOf(found);
    },
    variableOf: (name) => value(name)?.origin.variables[0],
  };
}

function nameOf(value: Value): string {
  return value.kind === 'class' ? value.qualifiedName : value.kind === 'external' ? value.name : '';
}

function numberOf(value: Value, formula: string, source: string): Maybe<number> {
  if (value.kind === 'int' || value.kind === 'float') return Math.trunc(Number(value.value));
  if (value.kind === 'str') return countOf(value.value);
  const cores = overCores(formula);
  if (cores !== undefined) return cores;
  if (isUnknown(overCores(source))) return unknown('depends on the number of cores');
  if (value.kind !== 'unknown') return unknown('it is no number');
  const candidates = value.candidates?.flatMap((one) => (one.kind === 'int' ? [Number(one.value)] : []));
  return candidates === undefined || candidates.length === 0 || candidates.length < (value.candidates?.length ?? 0)
    ? unknown(value.reason)
    : unknown(value.reason, candidates);
}

/** The right side of the assignment, with the lines that continue it. */
function formulaOf(name: string, source: string): string {
  return new RegExp(`^${name}\\s*=\\s*(.*(?:\\n[ \\t)].*)*)`, 'm').exec(source)?.[1] ?? '';
}
