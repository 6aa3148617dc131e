import type { TSESTree } from '@typescript-eslint/types';
import type { Placed, Use } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { entry, type Value } from '../link/value.js';
import type { Maybe } from '../location.js';
import { factoryOptions } from './factory-options.js';

/** How a package opens connections, in the words of its documentation. */
export interface ClientKind {
  readonly packages: readonly string[];
  /** The file of the package that it comes from, where that tells it from others. */
  readonly subpath?: RegExp;
  /** Whether it makes a pool only where it is given none: its first argument is an address or options, and no client. */
  readonly wraps?: boolean;
  /** What makes a pool, and what a single connection: members from the package on, joined by dots. */
  readonly pool: RegExp;
  readonly single?: RegExp;
  /** Where options say which product it is; a constant where only one is spoken to. */
  readonly engine: string | readonly string[];
  /** The product where those options say nothing. */
  readonly usualEngine?: string;
  /** Options that hold the largest size of the pool, and the parameter of an address that does. */
  readonly sizes: readonly string[];
  readonly parameter?: string;
  /** The size where nobody chose one. */
  readonly size: (program: Program) => Maybe<number>;
  /** Whether the first argument is an address whatever else is given. */
  readonly addressFirst?: boolean;
  /** Options that hold an address, the most telling first; dots lead into inner ones. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  /** The option that names the database which a file is only a copy of. */
  readonly follows?: string;
  /** Options that hold the path of a file, where it is one. */
  readonly files?: readonly string[];
  /** Variables of the environment that count where the code gives no address. */
  readonly variables?: readonly string[];
  /** How it is made once, as a line to write. */
  readonly once: string;
}

export interface Given {
  /** Texts, and what may be one, in order. */
  readonly texts: readonly Value[];
  readonly options: readonly Placed[];
}

export function argumentsOf(program: Program, kind: ClientKind, use: Use): Given {
  const texts: Value[] = [];
  const options: Placed[] = [];
  use.node.arguments.forEach((node, index) => {
    if (node.type === 'SpreadElement' || node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression')
      return;
    const place: Placed<TSESTree.Expression> = { module: use.module, node };
    if (node.type === 'ObjectExpression')
      return void options.push(...(use.steps.at(-1)?.endsWith('Async') === true ? promised(program, place) : [place]));
    const defined = definedBy(program, place);
    if (defined !== undefined) return void options.push(defined);
    const value = program.javascript.value(place);
    if (value.kind === 'str' || (value.kind === 'none' && value.origin.variables.length > 0)) texts.push(value);
    // A member that nothing seems to set is set in some other way, or nothing could be opened.
    else if (value.kind === 'none' && index === 0 && kind.addressFirst === true)
      texts.push({ kind: 'unknown', reason: 'what sets it was not found', origin: value.origin });
    else if (value.kind === 'dict' || value.kind === 'instance') options.push(place);
    else if (value.kind === 'unknown' || value.kind === 'external') {
      // What a variable or a configuration gives is an address where one is taken first, else the options.
      if (index === 0 && (kind.addressFirst === true || value.origin.variables.length > 0)) texts.push(value);
      else options.push(place);
    }
  });
  return { texts, options };
}

/** `export default defineConfig({ ... })`: a function that only gives back what it is given, for the sake of its type. */
function definedBy(program: Program, place: Placed): Placed | undefined {
  if (place.node.type !== 'Identifier' && place.node.type !== 'MemberExpression') return undefined;
  const [traced, ...others] = program.javascript.trace(place);
  if (traced?.kind !== 'package' || others.length > 0 || traced.call === undefined) return undefined;
  if (traced.steps.at(-1) !== '()' || traced.steps.at(-2) !== 'defineConfig') return undefined;
  const { module, node } = traced.call;
  const [first] = node.arguments;
  return first?.type === 'ObjectExpression' ? { module, node: first } : undefined;
}

function promised(program: Program, place: Placed): readonly Placed[] {
  return factoryOptions(program, place) ?? [place];
}

export type Option = { readonly value: Value; readonly place: Placed } | 'absent' | 'unknown';

/** What stands under a path of keys, in the first of several objects that has it. */
export function optionAt(program: Program, options: readonly Placed[], path: string): Option {
  let open = false;
  for (const object of options) {
    let place: Placed | 'absent' | undefined = object;
    const keys = path.split('.');
    let dict: Value | undefined;
    for (const key of keys) {
      const holder: Placed = place;
      place = program.javascript.option(holder, key);
      if (place === undefined) {
        dict = entry(dict ?? program.javascript.value(holder), key);
        if (dict === undefined) break;
        place = holder;
      } else if (place === 'absent') break;
      else dict = undefined;
    }
    if (place === 'absent') continue;
    if (place === undefined) open = true;
    else {
      const value = dict ?? program.javascript.value(place);
      if (value.kind !== 'none' || value.origin.variables.length > 0) return { value, place };
    }
  }
  return open ? 'unknown' : 'absent';
}

export function first(program: Program, options: readonly Placed[], paths: readonly string[]): Option {
  let open = false;
  for (const path of paths) {
    const found = optionAt(program, options, path);
    if (found === 'unknown') open = true;
    else if (found !== 'absent') return found;
  }
  return open ? 'unknown' : 'absent';
}

/** `drizzle(pool)`, `drizzle({ client: pool })`: whoever made the pool has stated it. */
export function isGivenClient(program: Program, use: Use): boolean {
  const [given] = use.node.arguments;
  if (given === undefined || given.type === 'SpreadElement') return true;
  const place = { module: use.module, node: given };
  if (given.type === 'ObjectExpression') {
    const own = ['client', 'connection'].map((key) => program.javascript.option(place, key));
    return own[0] !== 'absent' || own[1] === 'absent';
  }
  const value = program.javascript.value(place);
  return value.kind !== 'str' && value.origin.variables.length === 0;
}

/** A file that follows a database elsewhere. */
export function isReplica(program: Program, kind: ClientKind, use: Use): boolean {
  if (kind.follows === undefined) return false;
  return first(program, argumentsOf(program, kind, use).options, [kind.follows]) !== 'absent';
}
