import type { Alias, Import, ImportFrom } from './ast.js';
import { Kind } from './kinds.js';
import { accept, advance, expect, fail, lastEnd, takeName, tokenStart, type Parser } from './state.js';

export function parseImport(p: Parser): Import {
  const start = tokenStart(p);
  advance(p);
  const names: Alias[] = [];
  do names.push(parseAlias(p, true));
  while (accept(p, Kind.Comma));
  return { type: 'Import', start, end: lastEnd(p), names };
}

export function parseImportFrom(p: Parser): ImportFrom {
  const start = tokenStart(p);
  advance(p);
  let level = 0;
  while (p.kind === Kind.Dot || p.kind === Kind.Ellipsis) {
    level += p.kind === Kind.Dot ? 1 : 3;
    advance(p);
  }
  const module = level > 0 && p.kind === Kind.Import ? '' : parseDottedName(p);
  expect(p, Kind.Import, "'import'");
  const names: Alias[] = [];
  if (p.kind === Kind.Star) {
    const at = tokenStart(p);
    advance(p);
    names.push({ type: 'Alias', start: at, end: lastEnd(p), name: '*', asname: null });
  } else if (accept(p, Kind.LeftParen)) {
    do names.push(parseAlias(p, false));
    while (accept(p, Kind.Comma) && p.kind !== Kind.RightParen);
    expect(p, Kind.RightParen, "')'");
  } else {
    do names.push(parseAlias(p, false));
    while (accept(p, Kind.Comma));
  }
  return { type: 'ImportFrom', start, end: lastEnd(p), module, level, names };
}

function parseDottedName(p: Parser): string {
  let name = takeName(p, 'the name of a module');
  while (accept(p, Kind.Dot)) name += '.' + takeName(p, "a name after '.'");
  return name;
}

function parseAlias(p: Parser, dotted: boolean): Alias {
  const start = tokenStart(p);
  const name = dotted ? parseDottedName(p) : takeName(p, 'a name to import');
  const asname = accept(p, Kind.As) ? takeName(p, "a name after 'as'") : null;
  if (p.kind === Kind.Dot) fail(p, 'only a module has a dotted name');
  return { type: 'Alias', start, end: lastEnd(p), name, asname };
}
