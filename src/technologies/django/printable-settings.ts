import type { Location } from '../../location.js';
import { findInClass } from '../../link/python/class-order.js';
import { toRepr } from '../../link/python/format.js';
import { variablesOf } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';
import { defaultsOf } from './defaults.js';
import type { DjangoSettings } from './settings.js';

/** A setting as `scalecard settings --format json` shows it. */
export interface PrintedSetting {
  value?: unknown;
  /** The reason, where the value as a whole is not known. */
  unknown?: string;
  /** What it can be, where that is known. */
  candidates?: unknown[];
  /** The variable that decides it, where it is one. */
  variable?: string;
  variables?: readonly string[];
  readonly locations: readonly Location[];
}

export interface PrintedSettings {
  readonly modules: {
    readonly module: string;
    readonly path: string;
    readonly confidence: string;
    readonly evidence: readonly { readonly message: string; readonly location: Location }[];
    settings: Record<string, PrintedSetting>;
  }[];
}

/** Text that is translated, or an address that is looked up, when it is used: shown as the text. */
const LAZY =
  /^django\.utils\.translation\.u?(?:gettext|pgettext)(?:_lazy|_noop)?$|^django\.urls(?:\.base)?\.reverse(?:_lazy)?$|^django\.utils\.safestring\.mark_safe$|^django\.utils\.functional\.lazystr$/;

export function printableSettings(all: readonly DjangoSettings[]): PrintedSettings {
  return {
    modules: all.map((one) => ({
      module: one.module,
      path: one.path,
      confidence: one.confidence,
      evidence: one.evidence,
      settings: Object.fromEntries(
        [...one.names, ...unseenOf(one)]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => [name, printed(value)]),
      ),
    })),
  };
}

/** What Django has a default for, and a library may have set: the default would be a guess. */
function unseenOf(settings: DjangoSettings): [string, Value][] {
  return Object.keys(defaultsOf(settings.djangoVersion)).flatMap((name): [string, Value][] => {
    const value = settings.names.has(name) ? undefined : (settings.get(name) ?? settings.cutOff);
    return value === undefined ? [] : [[name, value]];
  });
}

function printed(value: Value): PrintedSetting {
  const variables = variablesOf(value);
  const [only] = variables;
  const rest = {
    ...(variables.length === 1 && only !== undefined ? { variable: only } : {}),
    ...(variables.length > 0 ? { variables } : {}),
    locations: value.origin.locations,
  };
  if (isForeign(value)) return { unknown: `what ${value.name} gives is not known`, ...rest };
  if (value.kind !== 'unknown') return { value: plainValue(value), ...rest };
  const candidates = value.candidates?.map((one) => plainValue(one));
  return { unknown: value.reason, ...(candidates === undefined ? {} : { candidates }), ...rest };
}

/** Names of the standard library and of the framework say what they make; what another library gives is not known. */
const SAYS_WHAT_IT_MAKES = /^(?:datetime|re|decimal|fractions|uuid|collections|functools|types|django)\./;

function isForeign(value: Value): value is Value & { kind: 'external' } {
  return value.kind === 'external' && value.call !== undefined && !SAYS_WHAT_IT_MAKES.test(value.name);
}

/** A value as JSON: unknown parts as `{"$unknown": reason}`, what a library made as `{"$external": name, args}`. */
export function plainValue(value: Value, depth = 0, left = { parts: 50_000 }): unknown {
  if (depth > 40 || left.parts-- <= 0) return { $unknown: 'too large to be shown' };
  const inner = (one: Value): unknown => plainValue(one, depth + 1, left);
  switch (value.kind) {
    case 'none':
      return null;
    case 'bool':
    case 'str':
    case 'bytes':
    case 'path':
      return value.value;
    case 'int':
      return typeof value.value === 'bigint' ? value.value.toString() : value.value;
    case 'float':
      return Number.isFinite(value.value) ? value.value : String(value.value);
    case 'list':
    case 'tuple':
      return value.items.map(inner);
    case 'set':
    case 'frozenset':
      return value.items.map(inner).sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
    case 'dict': {
      const plain: Record<string, unknown> = {};
      for (const { key, value: one } of value.entries.values()) plain[keyText(key)] = inner(one);
      return plain;
    }
    case 'external':
      return externalText(value, inner);
    case 'function':
      return { $function: value.name };
    case 'class':
      return { $class: value.qualifiedName };
    case 'instance': {
      // What `namedtuple` made is a tuple to everybody who reads it.
      const fields = value.attributes.get('#fields');
      if (fields !== undefined && 'items' in fields) return fields.items.map(inner);
      if (value.class.qualifiedName === 'environ.Path') return inner(value.attributes.get('root') ?? value.class);
      const worth =
        findInClass(value.class, '#worth').found === undefined ? undefined : value.attributes.get('default');
      if (worth !== undefined) return inner(worth);
      const members = value.class.attributes.get('#members');
      if (members !== undefined) return inner(value.attributes.get('value') ?? value.class);
      return { $instance: value.class.qualifiedName };
    }
    case 'module':
      return { $module: value.name };
    case 'unknown':
      return { $unknown: value.reason };
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function externalText(value: Value & { kind: 'external' }, inner: (one: Value) => unknown): unknown {
  if (value.call === undefined) return { $external: value.name };
  const [first] = value.call.args;
  if (LAZY.test(value.name) && first !== undefined) return inner(first);
  const keywords = [...value.call.keywords];
  return {
    $external: value.name,
    args: value.call.args.map(inner),
    ...(keywords.length === 0
      ? {}
      : { keywords: Object.fromEntries(keywords.map(([name, one]) => [name, inner(one)])) }),
  };
}

/** Keys of JSON are texts: others are shown as Python writes them. */
function keyText(key: Value): string {
  return key.kind === 'str' || key.kind === 'path'
    ? key.value
    : (toRepr(key) ?? (key.kind === 'external' ? key.name : '?'));
}
