import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { positionAt, type Location } from '../../location.js';
import { isWayBrought } from './missing-relations.js';
import { renderingsOf, type Rendering } from './rendered-lists.js';
import { ofOwnTag, ownTags } from './template-libraries.js';
import { callsIn, macroNamed, parametersOf, partsOf, type Macro } from './template-macros.js';
import { firstText, inLoop, overOf, renamed } from './template-scopes.js';
import { namesOf, ofOwn, reached, type Bound, type Names, type Reached, type ShownList } from './template-names.js';
import type { TemplateTag } from './template-tags.js';
import { templateNamed } from './view-templates.js';

/** What a template asks for each row of a list and its query did not bring. */
export interface TemplateRelations {
  readonly list: ShownList;
  readonly rendering: Rendering;
  readonly missing: ReadonlyMap<string, TemplateRelation>;
  /** The template shows all of its rows, and not for somebody to choose one. */
  readonly shown: boolean;
}

export interface TemplateRelation {
  /** From the row on: `product__maker`. */
  readonly path: string;
  /** Whether it or what leads to it is many-valued. */
  readonly many: boolean;
  /** Nothing but its number is wanted. */
  readonly counted: boolean;
  /** It is asked again whatever came with the rows. */
  readonly anew: boolean;
  /** As the template writes it. */
  readonly text: string;
  readonly location: Location;
  /** Where a method or property asks it. */
  readonly inside: PythonPlace | undefined;
}

/** One template to read with what it is given; what its blocks are replaced by stands in templates that extend it. */
interface Reading {
  readonly template: string;
  readonly names: Names;
  readonly replaced: ReadonlySet<string>;
  /** The one macro of it that is read. */
  readonly macro?: Macro;
}

/** What a tag opens: names that count to its end, or a part that is not looked at. */
interface Frame {
  readonly ends: string;
  readonly names: Names;
  readonly silent: boolean;
}

interface Found {
  readonly list: ShownList;
  readonly found: Map<string, TemplateRelation>;
  shown: boolean;
}

type Missing = Map<string, Found>;

const MOST = 40;
const DEEPEST = 40;

export function templateRelations(program: Program): readonly TemplateRelations[] {
  return program.memo('django:template-relations', () => [...everyList(program)]);
}

function* everyList(program: Program): Iterable<TemplateRelations> {
  const hasTags = ownTags(program).size > 0;
  const readBare = new Set<string>();
  for (const rendering of renderingsOf(program)) {
    const names = namesOf(program, rendering.names);
    // A mail is written now and then.
    if ((names.size === 0 && !hasTags) || /(?:^|\/)e?mails?\//.test(rendering.template)) continue;
    const missing: Missing = new Map();
    const waiting: Reading[] = [{ template: rendering.template, names, replaced: new Set() }];
    for (let i = 0; i < Math.min(waiting.length, MOST); i++) {
      const next = waiting[i];
      if (next === undefined) continue;
      // What is given nothing is as good as the last time.
      if (next.names.size === 0 && (!hasTags || readBare.has(next.template))) continue;
      if (next.names.size === 0) readBare.add(next.template);
      waiting.push(...read(program, next, missing));
    }
    for (const { list, found, shown } of missing.values()) yield { list, rendering, missing: found, shown };
  }
}

/** Reads one template, and tells which others it brings. */
function read(program: Program, { template, names: given, replaced, macro }: Reading, missing: Missing): Reading[] {
  const path = templateNamed(program, template);
  const text = path === undefined ? undefined : program.inventory.read(path);
  if (path === undefined || text === undefined) return [];
  const { tags, lines } = partsOf(program, path, text);
  const others: Reading[] = [];
  const blocks = new Set(replaced);
  const frames: Frame[] = [];
  let parent: string | undefined;
  let names = given;
  let silent = false;
  const open = (ends: string, inner: Names, aside = false): void => {
    frames.push({ ends, names, silent });
    names = inner;
    silent ||= aside;
  };
  const place = (tag: TemplateTag): Location => {
    const { line, column } = positionAt(lines, tag.start);
    return { uri: path, region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 2 } };
  };
  const called = (tag: TemplateTag, at: Location): void => {
    for (const { name, given: parts } of callsIn(tag)) {
      const found = macroNamed(program, template, name);
      if (found === undefined) continue;
      const inner = parametersOf(found.macro, parts, (chain) => reached(program, chain, names, at).end);
      if (inner.size > 0) others.push({ ...found, names: inner, replaced: new Set() });
    }
  };
  for (const tag of macro === undefined ? tags : tags.slice(macro.from, macro.to)) {
    const closes = frames.at(-1)?.ends === tag.name ? frames.pop() : undefined;
    if (closes !== undefined) {
      ({ names, silent } = closes);
      continue;
    }
    if (frames.length > DEEPEST) break;
    const at = names.size === 0 && !ownTags(program).has(tag.name) ? undefined : place(tag);
    if (!silent && at !== undefined) {
      for (const one of askedIn(program, tag, names, at)) note(program, missing, one, at);
      if (tag.text.includes('(')) called(tag, at);
    }
    switch (tag.name) {
      case 'for': {
        const over = at === undefined || silent ? undefined : overOf(program, tag.text, names, at);
        if (over?.kind === 'list' && !/^\s*<option/.test(text.slice(tag.end, tag.end + 80)))
          foundOf(missing, over.list).shown = true;
        open('endfor', at === undefined ? names : inLoop(program, tag.text, names, at));
        break;
      }
      case 'with':
        open('endwith', at === undefined ? names : renamed(program, tag.text, names, names, at));
        break;
      case 'set':
        if (at !== undefined) names = renamed(program, withoutBlanks(tag.text), names, names, at);
        break;
      case 'cache':
        // What is kept is seldom read.
        open('endcache', names, true);
        break;
      case 'if':
        open('endif', names, /^\s*if forloop\.first\s*$|^\s*if loop\.first\s*$/.test(tag.text));
        break;
      case 'block': {
        const [, block = ''] = /^\s*block\s+(\w+)/.exec(tag.text) ?? [];
        open('endblock', names, replaced.has(block));
        blocks.add(block);
        break;
      }
      case 'macro':
        // Its parameters hold what those who call it hand over.
        open('endmacro', new Map());
        break;
      case 'extends':
        parent ??= firstText(tag);
        break;
      case 'regroup': {
        const [, list = '', name = ''] = /^\s*regroup\s+([\w.]+)\s+by\s+[\w.]+\s+as\s+(\w+)/.exec(tag.text) ?? [];
        const over = at === undefined ? undefined : reached(program, list, names, at).end;
        if (over?.kind === 'list') names = new Map(names).set(name, { kind: 'holder', list: over.list, grouped: true });
        break;
      }
      case 'include': {
        const included = firstText(tag);
        if (silent || included === undefined) break;
        const only = /\sonly\s*$/.test(tag.text);
        const inner =
          at === undefined ? names : renamed(program, tag.text, names, only ? new Map<string, Bound>() : names, at);
        others.push({ template: included, names: inner, replaced: new Set() });
        break;
      }
      default: {
        const own = at === undefined || silent ? undefined : ofOwnTag(program, tag, names, at);
        for (const one of own?.asks ?? []) if (at !== undefined) note(program, missing, one, at);
        if (own?.renders !== undefined) others.push({ ...own.renders, replaced: new Set() });
        if (own?.gives?.bound !== undefined) {
          names = new Map(names).set(own.gives.name, own.gives.bound);
          break;
        }
        // `{% best_of orders as order %}`
        const [, name] = tag.kind === 'tag' ? (/\sas\s+(\w+)\s*$/.exec(tag.text) ?? []) : [];
        if (name !== undefined && names.has(name)) names = new Map([...names].filter(([one]) => one !== name));
      }
    }
  }
  if (parent !== undefined) others.push({ template: parent, names: given, replaced: blocks });
  return others;
}

/** What a tag asks of rows. */
function askedIn(program: Program, tag: TemplateTag, names: Names, at: Location): Reached[] {
  const found: Reached[] = [];
  // What a loop goes over and a tag gives another name is read where that is used.
  for (const { 0: chain } of tag.text.matchAll(/(?<![\w.|])[A-Za-z_][\w.]*/g)) {
    const [first = ''] = chain.split('.', 1);
    if (!names.has(first)) continue;
    const { end, steps } = reached(program, chain, names, at);
    found.push(...steps);
    // `{{ book }}`
    const alone =
      tag.kind === 'value' && end?.kind === 'row' && new RegExp(`^\\s*${chain}\\s*(?:\\||$)`).test(tag.text);
    if (alone) found.push(...ofOwn(program, end, '__str__', chain));
  }
  return found;
}

function foundOf(missing: Missing, list: ShownList): Found {
  const { uri, region } = list.at;
  const key = `${uri} ${String(region.startLine)} ${String(region.startColumn)} ${list.text}`;
  const before = missing.get(key);
  if (before !== undefined) return before;
  const found: Found = { list, found: new Map(), shown: false };
  missing.set(key, found);
  return found;
}

function note(program: Program, missing: Missing, one: Reached, at: Location): void {
  const { list } = one.row;
  const { rows } = list;
  if (!one.anew && isWayBrought(program, rows, one.path.split('__'), !one.many)) return;
  const { found } = foundOf(missing, list);
  const before = found.get(one.path);
  if (before !== undefined && !(before.counted && !one.counted)) return;
  const { path, many, counted, anew, text, inside } = one;
  found.set(path, { path, many, counted, anew, text, location: at, inside });
}

/** `set name = row`, written as `with` has it. */
function withoutBlanks(text: string): string {
  const equals = text.indexOf('=');
  return equals < 0 ? text : `${text.slice(0, equals).trimEnd()}=${text.slice(equals + 1).trimStart()}`;
}
