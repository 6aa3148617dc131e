import type { Program } from '../../link/program.js';
import { lineStarts } from '../../location.js';
import type { Bound, Names } from './template-names.js';
import { templateTags, type TemplateTag } from './template-tags.js';
import { templateNamed } from './view-templates.js';

/** A macro of Jinja that stands in a template. https://jinja.palletsprojects.com/en/stable/templates/#macros */
export interface Macro {
  readonly parameters: readonly string[];
  /** Of what it holds: the first tag, and the one that ends it. */
  readonly from: number;
  readonly to: number;
}

export function macrosOf(tags: readonly TemplateTag[]): ReadonlyMap<string, Macro> {
  const found = new Map<string, Macro>();
  for (const [i, tag] of tags.entries()) {
    if (tag.name !== 'macro') continue;
    const [, name, given = ''] = /^\s*macro\s+(\w+)\s*\(([^)]*)/.exec(tag.text) ?? [];
    const to = tags.findIndex((one, j) => j > i && one.name === 'endmacro');
    if (name === undefined || to < 0) continue;
    const parameters = given.split(',').map((one) => (one.split('=')[0] ?? '').trim());
    found.set(name, { parameters, from: i + 1, to });
  }
  return found;
}

/** Names by which a template calls macros of others: `{% from "cards.html" import card as c %}`, `{% import "cards.html" as cards %}`. */
export function importedMacros(tags: readonly TemplateTag[]): ReadonlyMap<string, { template: string; macro: string }> {
  const found = new Map<string, { template: string; macro: string }>();
  for (const { name, whole } of tags) {
    if (name !== 'from' && name !== 'import') continue;
    const [, template] = /^\s*(?:from|import)\s+["']([^"'\n]+)["']/.exec(whole) ?? [];
    if (template === undefined) continue;
    const rest = whole.slice(whole.indexOf(template) + template.length + 1).replace(/\s+with(?:out)? context\s*$/, '');
    if (name === 'import') {
      const [, as] = /^\s*as\s+(\w+)/.exec(rest) ?? [];
      if (as !== undefined) found.set(`${as}.`, { template, macro: '' });
      continue;
    }
    for (const part of rest.replace(/^\s*import\s/, '').split(',')) {
      const [macro = '', , as = macro] = part.trim().split(/\s+/);
      if (macro !== '') found.set(as, { template, macro });
    }
  }
  return found;
}

/** Calls in a tag: the name, and what it is given by place or by name. */
export function callsIn({
  text,
}: TemplateTag): readonly { name: string; given: readonly (readonly [string, string])[] }[] {
  const found = [];
  for (const [, name = '', inside = ''] of text.matchAll(/(?<![\w.|])([\w.]{1,80})\(([^()]{0,400})\)/g)) {
    const given = inside.split(',').map((one): readonly [string, string] => {
      const [, keyword = '', chain = ''] = /^\s*(?:(\w+)\s?=\s?)?([\w.]+)\s*$/.exec(one) ?? [];
      return [keyword, chain];
    });
    found.push({ name, given });
  }
  return found;
}

/** What the parameters of a macro hold where it is called. */
export function parametersOf(
  { parameters }: Macro,
  given: readonly (readonly [string, string])[],
  lead: (chain: string) => Bound | undefined,
): Names {
  const names = new Map<string, Bound>();
  for (const [i, [keyword, chain]] of given.entries()) {
    const name = keyword === '' ? parameters[i] : keyword;
    const bound = chain === '' ? undefined : lead(chain);
    if (name !== undefined && bound !== undefined && parameters.includes(name)) names.set(name, bound);
  }
  return names;
}

interface Parts {
  readonly tags: readonly TemplateTag[];
  readonly lines: ReturnType<typeof lineStarts>;
}

/** The tags of a template, with its lines. */
export function partsOf(program: Program, path: string, text: string): Parts {
  return program.memo(`django:template-tags ${path}`, () => ({ tags: templateTags(text), lines: lineStarts(text) }));
}

/** A macro of a template by the name that it calls it by. */
export function macroNamed(
  program: Program,
  template: string,
  name: string,
): { template: string; macro: Macro } | undefined {
  const inTemplate = (one: string): ReturnType<typeof macros> | undefined => {
    const path = templateNamed(program, one);
    const text = path === undefined ? undefined : program.inventory.read(path);
    return path === undefined || text === undefined || !/\b(?:macro|import)\b/.test(text)
      ? undefined
      : program.memo(`django:macros ${path}`, () => macros(partsOf(program, path, text).tags));
  };
  const here = inTemplate(template);
  const own = here?.own.get(name);
  if (own !== undefined) return { template, macro: own };
  const [module = '', member] = name.split('.');
  const imported = here?.imported.get(member === undefined ? name : `${module}.`);
  const macro = imported === undefined ? undefined : inTemplate(imported.template)?.own.get(member ?? imported.macro);
  return imported === undefined || macro === undefined ? undefined : { template: imported.template, macro };
}

function macros(tags: readonly TemplateTag[]): {
  own: ReturnType<typeof macrosOf>;
  imported: ReturnType<typeof importedMacros>;
} {
  return { own: macrosOf(tags), imported: importedMacros(tags) };
}
