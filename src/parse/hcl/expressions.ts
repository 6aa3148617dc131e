import { collection } from './collections.js';
import { close, MOST_NESTED, skip, take, takeName, trouble, type Reader } from './reader.js';
import { heredoc, quoted } from './templates.js';
import type { BinaryOperator, HclExpression } from './tree.js';

/** Binding more and more tightly. */
const OPERATORS: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];
/** Members and operators in a row, each of which nests what stands before it. */
const LONGEST_ROW = 200;

/** An expression from the offset. */
export function parseExpression(reader: Reader, lines: boolean): HclExpression {
  skip(reader, lines);
  const start = reader.offset;
  if (reader.depth >= MOST_NESTED) return broken(reader, 'expressions are nested too deeply', start);
  reader.depth++;
  const condition = binary(reader, lines, 0);
  const before = reader.offset;
  skip(reader, lines);
  let result = condition;
  if (take(reader, '?')) {
    const then = parseExpression(reader, lines);
    skip(reader, lines);
    if (take(reader, ':')) {
      const otherwise = parseExpression(reader, lines);
      result = { kind: 'conditional', condition, then, otherwise, start, end: reader.offset };
    } else result = broken(reader, '":" is missing', reader.offset);
  } else reader.offset = before;
  reader.depth--;
  return result;
}

function binary(reader: Reader, lines: boolean, level: number): HclExpression {
  const operators = OPERATORS[level];
  if (operators === undefined) return unary(reader, lines);
  let left = binary(reader, lines, level + 1);
  for (let row = 0; row < LONGEST_ROW; row++) {
    const before = reader.offset;
    skip(reader, lines);
    const operator = operators.find((one) => isOperator(reader, one));
    if (operator === undefined) {
      reader.offset = before;
      return left;
    }
    reader.offset += operator.length;
    skip(reader, lines);
    const right = binary(reader, lines, level + 1);
    left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }
  return left;
}

/** `//` and `/*` are comments, and were skipped. */
function isOperator({ text, offset }: Reader, operator: BinaryOperator): boolean {
  return text.startsWith(operator, offset) && !(operator === '/' && /[/*]/.test(text.charAt(offset + 1)));
}

function unary(reader: Reader, lines: boolean): HclExpression {
  skip(reader, lines);
  const start = reader.offset;
  const operator = reader.text.charAt(start);
  if (operator !== '!' && operator !== '-') return postfix(reader, lines);
  if (reader.depth >= MOST_NESTED) return broken(reader, 'expressions are nested too deeply', start);
  reader.offset++;
  reader.depth++;
  const operand = unary(reader, lines);
  reader.depth--;
  return { kind: 'unary', operator, operand, start, end: reader.offset };
}

function postfix(reader: Reader, lines: boolean): HclExpression {
  return steps(reader, primary(reader, lines), 0);
}

/** `.name`, `[key]`, `.0`, `[*]` and `.*` behind what they are taken of. */
function steps(reader: Reader, of: HclExpression, before: number): HclExpression {
  let result = of;
  for (let row = before; row < LONGEST_ROW; row++) {
    const { text, offset } = reader;
    const char = text.charAt(offset);
    const { start } = result;
    if (text.startsWith('[*]', offset) || text.startsWith('.*', offset)) {
      reader.offset += char === '[' ? 3 : 2;
      const each: HclExpression = { kind: 'name', name: '*', start: offset, end: reader.offset };
      const rest = steps(reader, each, row + 1);
      return { kind: 'splat', of: result, rest, start, end: reader.offset };
    }
    if (char === '[') {
      reader.offset++;
      const key = parseExpression(reader, true);
      close(reader, ']');
      result = { kind: 'index', of: result, key, start, end: reader.offset };
    } else if (char === '.' && text.charAt(offset + 1) !== '.') {
      reader.offset++;
      const name = takeName(reader);
      const digits = name === undefined ? takeDigits(reader) : undefined;
      if (name !== undefined) result = { kind: 'member', of: result, name, start, end: reader.offset };
      else if (digits !== undefined) {
        const key: HclExpression = { kind: 'literal', value: Number(digits), start: offset + 1, end: reader.offset };
        result = { kind: 'index', of: result, key, start, end: reader.offset };
      } else return broken(reader, 'a name is missing after "."', start);
    } else return result;
  }
  return result;
}

function takeDigits(reader: Reader): string | undefined {
  const start = reader.offset;
  while (isDigit(reader.text.charAt(reader.offset))) reader.offset++;
  return reader.offset === start ? undefined : reader.text.slice(start, reader.offset);
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

const NUMBER = /\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,4})?/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function primary(reader: Reader, lines: boolean): HclExpression {
  skip(reader, lines);
  const start = reader.offset;
  const char = reader.text.charAt(start);
  if (char === '"') {
    reader.offset++;
    return nested(reader, start, () => quoted(reader, start));
  }
  if (char === '<') {
    const found = nested(reader, start, () => heredoc(reader, start));
    if (found !== undefined) return found;
  }
  if (char === '(') {
    reader.offset++;
    const inner = parseExpression(reader, true);
    close(reader, ')');
    return inner;
  }
  if (char === '[' || char === '{') return nested(reader, start, () => collection(reader, start, char === '['));
  if (isDigit(char)) {
    NUMBER.lastIndex = start;
    const [digits = char] = NUMBER.exec(reader.text) ?? [];
    reader.offset += digits.length;
    return { kind: 'literal', value: Number(digits), start, end: reader.offset };
  }
  const name = takeName(reader);
  if (name === undefined) return broken(reader, 'an expression is missing', start);
  if (Object.hasOwn(WORDS, name)) return { kind: 'literal', value: WORDS[name] ?? null, start, end: reader.offset };
  return called(reader, name, start);
}

function nested<T>(reader: Reader, start: number, read: () => T): T | HclExpression {
  if (reader.depth >= MOST_NESTED) return broken(reader, 'expressions are nested too deeply', start);
  reader.depth++;
  const result = read();
  reader.depth--;
  return result;
}

/** `name`, `name(...)` and `provider::name(...)`. */
function called(reader: Reader, first: string, start: number): HclExpression {
  let name = first;
  while (take(reader, '::')) name = takeName(reader) ?? '';
  const end = reader.offset;
  if (!take(reader, '(')) return { kind: 'name', name, start, end };
  const args: HclExpression[] = [];
  let spread = false;
  for (;;) {
    skip(reader, true);
    if (take(reader, ')')) break;
    args.push(parseExpression(reader, true));
    skip(reader, true);
    if (take(reader, '...')) spread = true;
    skip(reader, true);
    if (take(reader, ',')) continue;
    close(reader, ')');
    break;
  }
  return { kind: 'call', name, args, spread, start, end: reader.offset };
}

function broken(reader: Reader, message: string, start: number): HclExpression {
  trouble(reader, message, start);
  return { kind: 'broken', start, end: Math.max(start, reader.offset) };
}
