import type { Ajv } from 'ajv';
import { isUnknown, type Unknown } from '../location.js';
import type { Property } from '../facts/fact.js';
import { COMPILED } from './compiled.js';
import type { Test, Predicate, Properties, Rule } from './rule.js';

export type Outcome = 'true' | 'false' | 'open';

/** Says what a property could be, for one whose value is not known. */
export type PropertyOf = (path: readonly string[]) => Property | undefined;

/** More combinations than these are not tried: the outcome is open. */
const MOST_COMBINATIONS = 512;

const tests = new WeakMap<Predicate, Test>();

/** Compiles what the rules ask; must be awaited before they are held against anything. Loads ajv only for a predicate that is new. */
export async function prepare(rules: readonly Rule[]): Promise<void> {
  let ajv: Ajv | undefined;
  for (const { applies, fails, worsens, eases } of rules) {
    for (const predicate of [applies, fails, worsens, eases]) {
      if (predicate === undefined || tests.has(predicate)) continue;
      let test = COMPILED.get(JSON.stringify(predicate));
      if (test === undefined) {
        ajv ??= new (await import('ajv')).Ajv({
          strict: true,
          strictRequired: false,
          strictTypes: false,
          validateSchema: false,
        });
        test = ajv.compile(predicate);
      }
      tests.set(predicate, test);
    }
  }
}

/**
 * Tries a predicate with every value that the unknown properties it reads could have: true with all of them, false
 * with all of them, or open. `reasons` tells which unknown properties mattered.
 */
export function decide(
  predicate: Predicate,
  subject: Properties,
  propertyOf: PropertyOf,
): { outcome: Outcome; reasons: string[] } {
  const holds = tests.get(predicate);
  if (holds === undefined) throw new Error('a rule was not prepared');
  const unknowns = pathsOf(predicate)
    .map((path) => ({ path, value: valueAt(subject, path) }))
    .filter((one): one is { path: readonly string[]; value: Unknown } => isUnknown(one.value));
  if (unknowns.length === 0) return { outcome: holds(subject) ? 'true' : 'false', reasons: [] };
  const reasons = [...new Set(unknowns.map((one) => one.value.unknown))];
  let assignments: Properties[] = [subject];
  for (const { path, value } of unknowns) {
    const candidates = value.candidates ?? candidatesOf(propertyOf(path), predicate, path);
    if (candidates === undefined || assignments.length * candidates.length > MOST_COMBINATIONS)
      return { outcome: 'open', reasons };
    assignments = assignments.flatMap((assignment) =>
      candidates.map((candidate) => withValue(assignment, path, candidate)),
    );
  }
  const outcomes = new Set(assignments.map((assignment) => holds(assignment)));
  return { outcome: outcomes.size > 1 ? 'open' : outcomes.has(true) ? 'true' : 'false', reasons };
}

/** The properties that a predicate reads: paths of names, at most two deep. */
export function pathsOf(predicate: unknown, prefix: readonly string[] = []): (readonly string[])[] {
  const paths = namesIn(predicate, prefix);
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
}

function namesIn(predicate: unknown, prefix: readonly string[]): (readonly string[])[] {
  if (typeof predicate !== 'object' || predicate === null) return [];
  return Object.entries(predicate as Readonly<Record<string, unknown>>).flatMap(
    ([keyword, value]): (readonly string[])[] => {
      if (keyword === 'properties' && typeof value === 'object' && value !== null) {
        return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(
          ([name, inner]): (readonly string[])[] => {
            const path = [...prefix, name];
            return typeof inner === 'object' && inner !== null && 'properties' in inner ? namesIn(inner, path) : [path];
          },
        );
      }
      if (keyword === 'required' && Array.isArray(value)) {
        return value
          .filter((name): name is string => typeof name === 'string' && name !== 'component')
          .map((name) => [...prefix, name]);
      }
      if (/^(?:all|any|one)Of$/.test(keyword) && Array.isArray(value))
        return value.flatMap((inner) => namesIn(inner, prefix));
      return /^(?:not|if|then|else)$/.test(keyword) ? namesIn(value, prefix) : [];
    },
  );
}

function valueAt(subject: Properties, path: readonly string[]): unknown {
  let value: unknown = subject;
  for (const name of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return value;
}

function withValue(subject: Properties, [name = '', ...rest]: readonly string[], value: unknown): Properties {
  const inner = subject[name];
  return {
    ...subject,
    [name]:
      rest.length === 0
        ? value
        : withValue(typeof inner === 'object' && inner !== null ? (inner as Properties) : {}, rest, value),
  };
}

/** All values of a closed property; for a number the ones around those that the predicate compares with. */
function candidatesOf(
  property: Property | undefined,
  predicate: Predicate,
  path: readonly string[],
): readonly unknown[] | undefined {
  if (property?.type === 'choice') return property.values;
  if (property?.type === 'boolean') return [true, false];
  if (property?.type !== 'integer') return undefined;
  const numbers = new Set<number>([0, 1]);
  for (const bound of numbersIn(schemaAt(predicate, path)))
    for (const near of [bound - 1, bound, bound + 1]) if (near >= 0) numbers.add(near);
  return [...numbers];
}

function schemaAt(predicate: unknown, path: readonly string[]): unknown[] {
  if (typeof predicate !== 'object' || predicate === null) return [];
  if (path.length === 0) return [predicate];
  const [name = '', ...rest] = path;
  return Object.entries(predicate).flatMap(([keyword, value]): unknown[] => {
    if (keyword === 'properties') return schemaAt((value as Record<string, unknown>)[name], rest);
    if (Array.isArray(value)) return value.flatMap((inner) => schemaAt(inner, path));
    return ['not', 'if', 'then', 'else'].includes(keyword) ? schemaAt(value, path) : [];
  });
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
