import type { DefinedClosure } from './functions.js';
import type { Arguments, Frame } from './interpreter.js';
import { derived, recordValue, strValue, tupleValue, unknownValue } from './values.js';
import type { Value } from '../value.js';

/** Binds the arguments of a call to the parameters of a function; what does not fit comes back as a sentence. */
export function bindArguments(closure: DefinedClosure, frame: Frame, args: Arguments): string | undefined {
  const positional = [...args.positional];
  const keywords = new Map(args.keywords);
  const set = (name: string, value: Value): void => {
    frame.locals.entries.set(`s${name}`, { key: strValue(name), value });
  };
  const open = args.rest === undefined ? undefined : unknownValue(args.rest.reason, args.rest.origin);
  for (const param of closure.params.list) {
    const { name, kind } = param;
    if (kind === 'vararg') {
      set(name, open ?? tupleValue(positional.splice(0), derived(args.at)));
      positional.length = 0;
      continue;
    }
    if (kind === 'kwarg') {
      set(name, open ?? recordValue(keywords, derived(args.at)));
      keywords.clear();
      continue;
    }
    let value: Value | undefined;
    if (kind !== 'keyword-only') value = positional.shift();
    if (value === undefined && kind !== 'positional-only') {
      value = keywords.get(name);
      keywords.delete(name);
    }
    // What `*args` or `**kwargs` of a call may hold could stand for any parameter that is left.
    value ??= open ?? closure.defaults.get(name);
    if (value === undefined) return `argument ${name} is missing`;
    set(name, value);
  }
  if (positional.length > 0) return 'there are too many arguments';
  const [extra] = keywords.keys();
  return extra === undefined ? undefined : `there is no parameter ${extra}`;
}
