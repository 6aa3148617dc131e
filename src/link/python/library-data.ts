import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { functionsOf, known } from './library.js';
import { fail, LIMITS, type Interpreter } from './interpreter.js';
import type { Native, PythonModels } from './models.js';
import { fromPlain, toPlain } from './plain.js';
import { bytesValue, derived, strValue, unknownValue } from './values.js';
import type { Origin, Value } from '../value.js';

function textIn(value: Value | undefined): string | undefined {
  if (value?.kind === 'str') return value.value;
  if (value?.kind === 'bytes') return Buffer.from(value.value, 'latin1').toString('utf8');
  const inner = value?.kind === 'instance' ? value.attributes.get('#text') : undefined;
  return inner === undefined ? undefined : textIn(inner);
}

/** A function that reads a text (or an opened file) of a data format. */
function reading(parse: (text: string) => unknown, error: string): Native {
  return known((py, [source], origin, args) => {
    const text = textIn(source);
    if (text === undefined) return undefined;
    if (text.length > LIMITS.characters) return unknownValue('the text is too long', origin);
    let plain: unknown;
    try {
      plain = parse(text);
    } catch {
      return fail(py, error, 'the text cannot be read as data', args.at, ...(source === undefined ? [] : [source]));
    }
    return fromPlain(plain, origin);
  });
}

const json = (text: string): unknown => withNumbers(JSON.parse(text), text);

/** JSON tells 1 from 1.0 by its spelling only; where a text has such numbers, its floats cannot be told. */
function withNumbers(plain: unknown, text: string): unknown {
  if (/[:[,\s]-?\d+(?:\.0+)(?:\s|,|\]|\})/.test(text)) throw new Error('numbers');
  return plain;
}

const dumps: Native = (py, args) => {
  const [value] = args.positional;
  const origin = derived(args.at, ...args.positional);
  const plain = value === undefined ? undefined : toPlain(value);
  if (plain === undefined || args.keywords.size > 0)
    return unknownValue(value?.kind === 'unknown' ? value.reason : 'the JSON text is not known', origin);
  return strValue(spaced(plain.plain), origin);
};

/** JSON as Python spells it, with a blank after separators. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}: ${spaced(one)}`)
      .join(', ')}}`;
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const yaml = (text: string): unknown => parseYaml(text, { maxAliasCount: 100, version: '1.1', logLevel: 'silent' });

const decodeBase64: Native = known((_, [value], origin) => {
  const text = value?.kind === 'str' || value?.kind === 'bytes' ? value.value : undefined;
  return text === undefined ? undefined : bytesValue(Buffer.from(text, 'base64').toString('latin1'), origin);
});

const encodeBase64: Native = known((_, [value], origin: Origin) =>
  value?.kind === 'bytes' ? bytesValue(Buffer.from(value.value, 'latin1').toString('base64'), origin) : undefined,
);

export const DATA: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('json', { loads: reading(json, 'ValueError'), load: reading(json, 'ValueError'), dumps }),
    ...['tomllib', 'toml', 'tomli'].flatMap((name) =>
      functionsOf(name, { loads: reading(parseToml, 'ValueError'), load: reading(parseToml, 'ValueError') }),
    ),
    ...functionsOf('yaml', {
      safe_load: reading(yaml, 'ValueError'),
      load: reading(yaml, 'ValueError'),
      full_load: reading(yaml, 'ValueError'),
    }),
    ...functionsOf('base64', { b64decode: decodeBase64, b64encode: encodeBase64, standard_b64decode: decodeBase64 }),
  ]),
  distributions: new Map([['yaml', ['pyyaml']]]),
};
