import type { Value, InstanceValue, DictValue, UnknownValue, Origin } from '../value.js';
import { type Interpreter, type Arguments, LIMITS } from './interpreter.js';
import type { Native } from './models.js';
import { unknownValue, derived, dictValue, recordValue, strValue, noneValue } from './values.js';
import { touch } from './journal.js';

/** What a parser holds stands in its attributes, so that branches that are taken back take it back as well. */
const SECTIONS = '#sections';

const OPEN = '#open';

export const DEFAULT = 'DEFAULT';

export const isText = (value: Value | undefined): value is Value & { kind: 'str' | 'path' } =>
  value?.kind === 'str' || value?.kind === 'path';

/** A method of the parser. */
export function onParser(run: (py: Interpreter, parser: InstanceValue, args: Arguments) => Value): Native {
  return (py, args) => {
    const [self, ...positional] = args.positional;
    return self?.kind === 'instance'
      ? run(py, self, { ...args, positional })
      : unknownValue('the parser is not known', derived(args.at));
  };
}

export function sectionsOf(parser: InstanceValue): DictValue {
  const held = parser.attributes.get(SECTIONS);
  if (held?.kind === 'dict') return held;
  const made = dictValue([]);
  parser.attributes.set(SECTIONS, made);
  return made;
}

export function sectionOf(py: Interpreter, parser: InstanceValue, name: string, make = false): DictValue | undefined {
  const sections = sectionsOf(parser);
  const held = sections.entries.get(`s${name}`)?.value;
  if (held?.kind === 'dict') return held;
  if (!make) return undefined;
  const made = recordValue([]);
  touch(py, sections);
  sections.entries.set(`s${name}`, { key: strValue(name), value: made });
  return made;
}

/** Set once something was read that is not known: it may hold any key. */
export function openOf(parser: InstanceValue): UnknownValue | undefined {
  const open = parser.attributes.get(OPEN);
  return open?.kind === 'unknown' ? open : undefined;
}

export function makeOpen(py: Interpreter, parser: InstanceValue, reason: string, origin: Origin): Value {
  touch(py, parser.attributes);
  parser.attributes.set(OPEN, unknownValue(reason, origin));
  return noneValue();
}

export const spelled = (parser: InstanceValue, key: string): string =>
  parser.attributes.has('optionxform') ? key : key.toLowerCase();

export function setOption(py: Interpreter, parser: InstanceValue, section: string, key: string, value: Value): void {
  const options = sectionOf(py, parser, section, true);
  if (options === undefined || options.entries.size >= LIMITS.items) return;
  touch(py, options);
  const name = spelled(parser, key);
  options.entries.set(`s${name}`, { key: strValue(name), value });
}

/** What is not a text is made one. */
export function asText(py: Interpreter, value: Value, args: Arguments): Value {
  const type = py.builtins.get('str');
  if (value.kind === 'str' || value.kind === 'none' || type === undefined) return value;
  return py.call(type, { positional: [value], keywords: new Map(), at: args.at });
}
