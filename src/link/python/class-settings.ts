import type { Location } from '../../location.js';
import { attribute } from './attributes.js';
import { findInClass, resolutionOrder } from './class-order.js';
import { bind, closureOf } from './functions.js';
import type { Arguments, Interpreter } from './interpreter.js';
import { textOf } from './library.js';
import { strValue } from './values.js';
import type { ClassValue, Value } from '../value.js';

/**
 * What an object of a class has under its upper-case names, as a loader of settings classes takes them: what stands for a variable becomes what that says, and methods with upper-case names are
 * called.
 */
export function membersOf(py: Interpreter, type: ClassValue, at: Location): [string, Value][] {
  const nothing: Arguments = { positional: [], keywords: new Map(), at };
  prepare(py, type, at);
  const several: [string, Value][] = [];
  for (const key of namesOf(type)) {
    const { found } = findInClass(type, key);
    if (found?.kind !== 'instance') continue;
    const named = findInClass(found.class, '#named').found;
    if (named === undefined) continue;
    const place = found.origin.locations[0] ?? at;
    const made = py.call(named, { ...nothing, at: place, positional: [found, strValue(key)] });
    type.attributes.set(key, made);
    if (findInClass(found.class, '#multiple').found !== undefined && made.kind === 'dict')
      for (const one of made.entries.values()) several.push([textOf(one.key) ?? '', one.value]);
  }
  for (const [key, value] of several) if (key !== '') type.attributes.set(key, value);
  const self: Value = { kind: 'instance', class: type, attributes: new Map(), origin: type.origin };
  const init = findInClass(type, '__init__').found;
  if (init?.kind === 'function') py.call(bind(self, init), nothing);
  const members = namesOf(type).map((key): [string, Value] => {
    const value = attribute(py, self, key, at);
    const isMethod = value.kind === 'function' && closureOf(value).type === 'bound';
    return [key, isMethod ? py.call(value, { ...nothing, at: value.origin.locations[0] ?? at }) : value];
  });
  // It comes too late to set anything, but may still change what lists and dictionaries hold.
  if (findInClass(type, 'post_setup').found !== undefined) py.call(attribute(py, type, 'post_setup', at), nothing);
  return members;
}

/** The upper-case names of a class and its bases, sorted. */
function namesOf(type: ClassValue): string[] {
  const bases = resolutionOrder(type).flatMap((base) => (base.kind === 'class' ? [...base.attributes.keys()] : []));
  return [...new Set(bases)].filter((key) => key === key.toUpperCase() && /[A-Z]/.test(key)).sort();
}

/** What the library of a base class does before anything is read. */
function prepare(py: Interpreter, type: ClassValue, at: Location): void {
  for (const base of resolutionOrder(type)) {
    const before = base.kind === 'external' ? py.models.names.get(`${base.name}.#before`)?.(py) : undefined;
    if (before !== undefined) py.call(before, { positional: [type], keywords: new Map(), at });
  }
}
