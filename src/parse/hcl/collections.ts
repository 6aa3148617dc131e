import { close, skip, take, takeName, trouble, type Reader } from './reader.js';
import type { HclExpression } from './tree.js';

/** A list, an object or a comprehension, from its opening bracket. */
export function collection(reader: Reader, start: number, isList: boolean): HclExpression {
  reader.offset++;
  skip(reader, true);
  const comprehension = forExpression(reader, start, isList);
  if (comprehension !== undefined) return comprehension;
  if (isList) {
    const items: HclExpression[] = [];
    while (!take(reader, ']')) {
      items.push(reader.expression(reader, true));
      skip(reader, true);
      const separated = take(reader, ',');
      skip(reader, true);
      if (separated) continue;
      close(reader, ']');
      break;
    }
    return { kind: 'list', items, start, end: reader.offset };
  }
  const items: { key: HclExpression; value: HclExpression }[] = [];
  while (!take(reader, '}')) {
    const before = reader.offset;
    const key = reader.expression(reader, true);
    skip(reader, true);
    if (!take(reader, '=') && !take(reader, ':')) {
      trouble(reader, '"=" is missing');
      close(reader, '}');
      break;
    }
    // A line ends an entry, so only brackets carry an expression over to the next.
    const value = reader.expression(reader, false);
    items.push({ key: bareKey(reader, key), value });
    skip(reader, true);
    take(reader, ',');
    skip(reader, true);
    if (reader.offset >= reader.text.length || reader.offset === before) {
      close(reader, '}');
      break;
    }
  }
  return { kind: 'object', items, start, end: reader.offset };
}

/** A key in parentheses is an expression, a bare word is a text. */
function bareKey({ text }: Reader, key: HclExpression): HclExpression {
  const isBare = key.kind === 'name' && text.charAt(key.start) !== '(' && text.slice(key.start, key.end) === key.name;
  // Of parentheses only what they hold is kept, so what stands before tells.
  const isGrouped = isBare && /\(\s{0,20}$/.test(text.slice(Math.max(0, key.start - 21), key.start));
  return isBare && !isGrouped ? { kind: 'literal', value: key.name, start: key.start, end: key.end } : key;
}

/** `[for name in of : each]`, `{for key, name in of : under => each... if condition}`. */
function forExpression(reader: Reader, start: number, isList: boolean): HclExpression | undefined {
  const before = reader.offset;
  if (takeName(reader) !== 'for' || !/[\s#/]/.test(reader.text.charAt(reader.offset))) {
    reader.offset = before;
    return undefined;
  }
  skip(reader, true);
  const first = takeName(reader);
  if (first === undefined) {
    reader.offset = before;
    return undefined;
  }
  skip(reader, true);
  let second: string | undefined;
  if (take(reader, ',')) {
    skip(reader, true);
    second = takeName(reader);
    skip(reader, true);
  }
  if (takeName(reader) !== 'in') trouble(reader, '"in" is missing');
  const of = reader.expression(reader, true);
  skip(reader, true);
  if (!take(reader, ':')) trouble(reader, '":" is missing');
  let each = reader.expression(reader, true);
  let under: HclExpression | undefined;
  let grouped = false;
  skip(reader, true);
  if (!isList) {
    under = each;
    if (!take(reader, '=>')) trouble(reader, '"=>" is missing');
    each = reader.expression(reader, true);
    skip(reader, true);
    grouped = take(reader, '...');
    skip(reader, true);
  }
  let condition: HclExpression | undefined;
  const here = reader.offset;
  if (takeName(reader) === 'if') condition = reader.expression(reader, true);
  else reader.offset = here;
  close(reader, isList ? ']' : '}');
  const key = second === undefined ? undefined : first;
  return { kind: 'for', key, name: second ?? first, of, under, each, condition, grouped, start, end: reader.offset };
}
