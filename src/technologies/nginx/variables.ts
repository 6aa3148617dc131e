import type { Maybe } from '../../location.js';
import { isUnknown, unknown } from '../../location.js';
import { scopesNamed, type Scope } from './scope.js';
import type { View } from './view.js';

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/;
const TEMPLATE_TAG = /\{\{|\{%|<%/;
/** Combinations that are followed before a text counts as unknown. */
const MAXIMUM_OUTCOMES = 32;

/** A variable that only a start script can have meant (`${API_HOST}` of envsubst): nginx's own are in lower case. */
export function isEnvironmentName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

/** The environment variables that a text is filled from when the container starts. */
export function environmentNames(text: string): string[] {
  return [...text.matchAll(new RegExp(VARIABLE, 'g'))]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter(isEnvironmentName);
}

/** Whether a start script or a template decides it. */
export function isFilledIn(text: string): boolean {
  return TEMPLATE_TAG.test(text) || environmentNames(text).length > 0;
}

/** Everything a text with variables can become; `choose` narrows what a map gives. */
export function outcomes(
  text: string,
  scope: Scope,
  view: View,
  choose: (map: Scope) => readonly string[] = mapValues,
  depth = 0,
): Maybe<readonly string[]> {
  if (TEMPLATE_TAG.test(text)) return unknown('filled in by a template');
  const match = VARIABLE.exec(text);
  if (match === null) return [text];
  const name = match[1] ?? match[2] ?? '';
  if (depth > 8) return unknown(`depends on the variable $${name}`);
  const values = valuesOf(name, scope, view, choose, depth);
  if (isUnknown(values)) return values;
  const before = text.slice(0, match.index);
  const rest = outcomes(text.slice(match.index + match[0].length), scope, view, choose, depth);
  if (isUnknown(rest)) return rest;
  const all = new Set(values.flatMap((value) => rest.map((end) => before + value + end)));
  return all.size > MAXIMUM_OUTCOMES ? unknown(`depends on the variable $${name}`) : [...all];
}

function valuesOf(
  name: string,
  scope: Scope,
  view: View,
  choose: (map: Scope) => readonly string[],
  depth: number,
): Maybe<readonly string[]> {
  if (isEnvironmentName(name)) {
    const set = view.program?.launch.environment.get(name)?.value;
    if (set === undefined) return unknown(`filled in from the environment variable ${name}, which nothing sets`);
    return isUnknown(set) ? unknown(set.unknown) : [set];
  }
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const sets = at.entries.filter(
      ({ directive }) => directive.name === 'set' && directive.args[0]?.text === `$${name}`,
    );
    if (sets.length === 1) return outcomes(sets[0]?.directive.args[1]?.text ?? '', at, view, choose, depth + 1);
    if (sets.length > 1) break;
  }
  for (const kind of ['map', 'split_clients']) {
    for (const map of scopesNamed(view.root, kind)) {
      if (map.head?.directive.args[1]?.text !== `$${name}`) continue;
      const every = choose(map).map((value) => outcomes(value, scope, view, choose, depth + 1));
      const open = every.find((one) => isUnknown(one));
      return isUnknown(open) ? unknown(open.unknown) : every.flatMap((one) => (isUnknown(one) ? [] : one));
    }
  }
  return unknown(`depends on the variable $${name}`);
}

const SWITCHES: ReadonlySet<string> = new Set(['hostnames', 'volatile', 'include']);

/** What a map can give; without a default it can give nothing. */
export function mapValues(map: Scope): readonly string[] {
  const lines = map.entries.filter(({ directive }) => !SWITCHES.has(directive.name) || directive.args.length > 1);
  const values = lines.map(({ directive }) => directive.args[0]?.text ?? '');
  const total = lines.some(({ directive }) => directive.name === 'default' || directive.name === '*');
  return total ? values : [...values, ''];
}

const ASSET_TYPES = ['text/css', 'application/javascript', 'text/javascript'];

/** Of a map over the type of the response only what it gives for style sheets and scripts, else everything. */
export function mapValuesForAssets(map: Scope): readonly string[] {
  const source = map.head?.directive.args[0]?.text ?? '';
  if (!/^\$\{?(?:sent|upstream)_http_content_type\}?$/.test(source)) return mapValues(map);
  const fallback = map.entries.find(({ directive }) => directive.name === 'default')?.directive.args[0]?.text ?? '';
  return ASSET_TYPES.map((type) => {
    const line =
      map.entries.find(({ directive }) => directive.name === type) ??
      map.entries.find(({ directive }) => directive.name.startsWith('~') && mentionsType(directive.name, type));
    return line === undefined ? fallback : (line.directive.args[0]?.text ?? '');
  });
}

/** The expressions in such maps are a type or the start of one, with alternatives: whether one of them occurs in `type`. */
function mentionsType(expression: string, type: string): boolean {
  return expression
    .replace(/^~\*?/, '')
    .replaceAll('\\', '')
    .split(/[()|^$?:]+/)
    .some((part) => part !== '' && type.includes(part));
}
