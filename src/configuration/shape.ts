import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { shipped } from '../members.js';
import { didYouMean } from '../nearest.js';
import { escapePointer } from './pointer.js';

/** What is wrong at a place of the configuration, in one clause. */
export interface Misfit {
  /** JSON pointer of the key. */
  readonly pointer: string;
  readonly message: string;
}

/** Holds a parsed `scalecard.yaml` against its schema and tells every misfit in words. */
export function misfits(value: unknown): Misfit[] {
  const schema = JSON.parse(readFileSync(shipped('configuration/configuration.schema.json'), 'utf8')) as object;
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(misfitOf);
}

function misfitOf(error: ErrorObject): Misfit {
  const pointer = error.instancePath;
  const { allowedValues, additionalProperty, type, limit } = error.params as {
    allowedValues?: string[];
    additionalProperty?: string;
    type?: string | string[];
    limit?: number;
  };
  if (additionalProperty !== undefined) {
    const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
    const meant = didYouMean(additionalProperty, known) || `; known are ${known.join(', ')}`;
    return {
      pointer: `${pointer}/${escapePointer(additionalProperty)}`,
      message: `unknown key "${additionalProperty}"${meant}`,
    };
  }
  const name = pointer === '' ? 'the file' : `"${pointer.slice(1).replaceAll('/', '.')}"`;
  if (allowedValues !== undefined) {
    const meant = typeof error.data === 'string' ? didYouMean(error.data, allowedValues) : '';
    return {
      pointer,
      message: `${name} must be one of ${allowedValues.join(', ')}, not ${inWords(error.data)}${meant}`,
    };
  }
  if (type !== undefined) {
    return {
      pointer,
      message: `${name} must be ${NOUNS[[type].flat()[0] ?? ''] ?? 'something else'}, not ${inWords(error.data)}`,
    };
  }
  if (error.keyword === 'minimum')
    return { pointer, message: `${name} must be at least ${limit ?? 0}, not ${inWords(error.data)}` };
  if (error.keyword === 'maximum')
    return { pointer, message: `${name} must be at most ${limit ?? 0}, not ${inWords(error.data)}` };
  if (error.keyword === 'minLength') return { pointer, message: `${name} must not be empty` };
  return { pointer, message: `${name} ${error.message ?? 'does not fit'}` };
}

const NOUNS: Readonly<Record<string, string>> = {
  object: 'a map of keys',
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
  integer: 'a whole number',
};

function inWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map of keys';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
