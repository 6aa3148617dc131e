import { language } from '../../../parse/yaml/index.js';
import { fromYaml } from '../from-yaml.js';
import { numberOf, stringOf, type Tools } from '../formatted.js';
import { toYaml } from '../to-yaml.js';
import { dict, list, NIL, plain, text, unread, type Value } from '../value.js';
import type { Functions, GoFunction } from './functions.js';

const written: GoFunction = ([value = NIL], tools) => {
  const pieces = toYaml(value, tools.hole);
  tools.take(pieces.reduce((sum, piece) => sum + piece.text.length, 0));
  return { kind: 'text', pieces };
};

const json: GoFunction = ([value = NIL], tools) => {
  const result = jsonOf(value, tools, 0);
  tools.take(result.length);
  return text(result);
};

function jsonOf(value: Value, tools: Tools, depth: number): string {
  if (depth > 100) return 'null';
  switch (value.kind) {
    case 'dict': {
      const entries = [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${jsonOf(one, tools, depth + 1)}`).join(',')}}`;
    }
    case 'list':
      return `[${value.items.map((item) => jsonOf(item, tools, depth + 1)).join(',')}]`;
    case 'text':
      return JSON.stringify(plain(value.pieces));
    case 'unread':
      return JSON.stringify(tools.hole(value.reason));
    case 'flag':
    case 'number':
      return String(value.value);
    default:
      return 'null';
  }
}

/** JSON is YAML. */
const read =
  (otherwise: () => Value): GoFunction =>
  ([value = NIL], tools) => {
    const source = stringOf(value, tools);
    tools.take(source.length);
    if (source.includes('\uE002')) return unread('made of a text that is not known');
    const { tree } = language.parse(source, 'text.yaml');
    const [node] = tree.documents;
    return node === undefined ? otherwise() : (fromYaml(node) ?? otherwise());
  };

const emptyDict = (): Value => dict();

/** Parts of a text under `_0`, `_1` and so on. */
const splitDict =
  (hasLimit: boolean): GoFunction =>
  (args, tools) => {
    const separator = stringOf(args[0] ?? NIL, tools);
    const limit = hasLimit ? numberOf(args[1]) : Infinity;
    const parts = stringOf(args.at(-1) ?? NIL, tools).split(separator);
    const rest = parts.length > limit ? [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)] : parts;
    return dict(rest.map((part, i) => [`_${i}`, text(part)] as const));
  };

/**
 * Patterns of the repository, in Go's syntax, which has neither look-around nor references. Only those that need no
 * time beyond their length: nothing is repeated that holds a repetition, and few things are repeated at all.
 */
const matching =
  (apply: (pattern: RegExp, args: readonly string[]) => Value, at: number): GoFunction =>
  (args, tools) => {
    const texts = args.map((arg) => stringOf(arg, tools));
    const [pattern = ''] = texts;
    const repeats = pattern.match(/[*+?{]/g)?.length ?? 0;
    const isSimple = pattern.length <= 200 && repeats <= 3 && !/\)[*+{]|\(\?[^:i]/.test(pattern);
    if (!isSimple || (texts[at] ?? '').length > 200) return unread(`the pattern ${pattern.slice(0, 60)} is not tried`);
    try {
      return apply(new RegExp(pattern, 'g'), texts);
    } catch {
      return unread(`the pattern ${pattern.slice(0, 60)} cannot be read`);
    }
  };

/** What these give is known when a chart is installed. */
const KNOWN_ONCE_INSTALLED = [
  'randAlphaNum',
  'randAlpha',
  'randNumeric',
  'randAscii',
  'randBytes',
  'uuidv4',
  'sha1sum',
  'sha256sum',
  'sha512sum',
  'adler32sum',
  'htpasswd',
  'bcrypt',
  'derivePassword',
  'encryptAES',
  'genPrivateKey',
  'genCA',
  'genCAWithKey',
  'genSelfSignedCert',
  'genSignedCert',
  'now',
  'date',
  'dateInZone',
  'dateModify',
  'htmlDate',
  'unixEpoch',
  'ago',
  'env',
  'expandenv',
];

const one: [string, GoFunction][] = KNOWN_ONCE_INSTALLED.map((name) => [
  name,
  () => ({ kind: 'unread', reason: name, something: true }),
]);

export const functions: Functions = new Map<string, GoFunction>([
  ...one,
  ['toYaml', written],
  ['toYamlPretty', written],
  ['toJson', json],
  ['toPrettyJson', json],
  ['toRawJson', json],
  ['fromYaml', read(emptyDict)],
  ['fromJson', read(emptyDict)],
  ['fromYamlArray', read(() => list([]))],
  ['fromJsonArray', read(() => list([]))],
  ['split', splitDict(false)],
  ['splitn', splitDict(true)],
  ['regexMatch', matching((pattern, [, source = '']) => ({ kind: 'flag', value: pattern.test(source) }), 1)],
  ['regexFind', matching((pattern, [, source = '']) => text(pattern.exec(source)?.[0] ?? ''), 1)],
  [
    'regexReplaceAll',
    matching(
      (pattern, [, source = '', fresh = '']) =>
        text(source.replace(pattern, fresh.replace(/\$\{(\d{1,2})\}/g, '$$$1').slice(0, 200))),
      1,
    ),
  ],
  [
    'regexReplaceAllLiteral',
    matching((pattern, [, source = '', fresh = '']) => text(source.replace(pattern, () => fresh.slice(0, 200))), 1),
  ],
  ['regexSplit', matching((pattern, [, source = '']) => list(source.split(pattern).map((part) => text(part))), 1)],
  [
    'regexFindAll',
    matching((pattern, [, source = '']) => list((source.match(pattern) ?? []).map((part) => text(part))), 1),
  ],
]);
