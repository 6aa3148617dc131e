import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import { reached, type Bound, type Names } from './template-names.js';
import type { TemplateTag } from './template-tags.js';

/** So many rows need no other way. */
const FEW = 10;

/** The first text in quotes of a tag. */
export function firstText({ whole }: TemplateTag): string | undefined {
  return /^\s*\w+\s+["']([^"'\n]+)["']/.exec(whole)?.[1];
}

/** What a loop goes over, where that is all of it. */
export function overOf(program: Program, text: string, names: Names, at: Location): Bound | undefined {
  const [, iterated = '', filters = ''] = /^\s*for\s+\w+\s+in\s+([\w.]+)(?:\(\))?([^\n]*)/.exec(text) ?? [];
  return iterated === '' || /\|\s*slice\b|^\s*\[/.test(filters) ? undefined : reached(program, iterated, names, at).end;
}

/** `for order in orders`: the names inside. */
export function inLoop(program: Program, text: string, names: Names, at: Location): Names {
  const [, targets = '', iterated = '', filters = ''] =
    /^\s*for\s+([\w, ]+?)\s+in\s+([\w.]+)(?:\(\))?([^\n]*)/.exec(text) ?? [];
  const inner = new Map(names);
  const given = targets.split(',').map((one) => one.trim());
  for (const one of given) inner.delete(one);
  const [target] = given;
  // A slice may be of a handful.
  if (target === undefined || target === '' || given.length > 1 || /\|\s*slice\b|^\s*\[/.test(filters)) return inner;
  const over = reached(program, iterated, names, at).end;
  if (over?.kind === 'list' && (over.list.rows.most ?? Infinity) > FEW) {
    const { list } = over;
    inner.set(target, { kind: 'row', list, model: list.rows.model, path: [], many: false, known: undefined });
  } else if (over?.kind === 'related') inner.set(target, { ...over.row, known: over.known });
  else if (over?.kind === 'holder' && over.grouped === true) inner.set(target, over);
  else if (over?.kind === 'each') inner.set(target, { kind: 'names', names: over.names });
  return inner;
}

/** `with maker=order.product.maker`, and what an included template is given. */
export function renamed(program: Program, text: string, from: Names, onto: Names, at: Location): Names {
  const inner = new Map(onto);
  const give = (name: string, chain: string): void => {
    const { end } = reached(program, chain, from, at);
    if (end === undefined) inner.delete(name);
    else inner.set(name, end);
  };
  for (const [, name = '', chain = '', slice] of text.matchAll(/(?<![\w.|])(\w+)=([\w.]*)(\|slice\b)?/g))
    give(name, slice === undefined ? chain : '');
  const [, chain, name] = /^\s*with\s+([\w.]+)\s+as\s+(\w+)/.exec(text) ?? [];
  if (chain !== undefined && name !== undefined) give(name, chain);
  return inner;
}
