import type { Parsed } from '../document.js';
import { parseExpression } from './expressions.js';
import { MOST_NESTED, readerOf, skip, take, takeName, trouble, type Reader } from './reader.js';
import { wholeTemplate } from './templates.js';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from './tree.js';

/** The native syntax of HCL 2: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md */
export function parse(text: string): Parsed<HclBody> {
  const reader = readerOf(text, parseExpression);
  const tree = /^\s*\{/.test(text) ? members(reader) : body(reader, false);
  return { tree, trouble: reader.trouble, comments: reader.comments };
}

/** The same in JSON, whose objects are expressions: https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files */
function members(reader: Reader): HclBody {
  skip(reader, true);
  const whole = parseExpression(reader, false);
  const items = whole.kind === 'object' ? whole.items : [];
  const attributes = items.flatMap(({ key, value }): HclAttribute[] =>
    key.kind === 'literal' ? [{ name: String(key.value), nameRange: { start: key.start, end: key.end }, value }] : [],
  );
  return { attributes, blocks: [] };
}

/** A text that is a template as a whole, such as a file that a function renders. */
export function parseTemplate(text: string): HclExpression {
  return wholeTemplate(readerOf(text, parseExpression));
}

function body(reader: Reader, isInner: boolean): HclBody {
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  for (;;) {
    skip(reader, true);
    if (reader.offset >= reader.text.length) {
      if (isInner) trouble(reader, 'the block is never closed');
      break;
    }
    if (isInner && take(reader, '}')) break;
    entry(reader, attributes, blocks);
  }
  return { attributes, blocks };
}

/** One attribute or block; always moves on. */
function entry(reader: Reader, attributes: HclAttribute[], blocks: HclBlock[]): void {
  const start = reader.offset;
  const name = takeName(reader) ?? quotedName(reader);
  if (name === undefined) {
    trouble(reader, 'neither an attribute nor a block', start);
    reader.offset = Math.max(start + 1, endOfLine(reader));
    return;
  }
  const nameRange = { start, end: reader.offset };
  skip(reader, false);
  if (/^[=:](?!=)/.test(reader.text.slice(reader.offset, reader.offset + 2))) {
    reader.offset++;
    attributes.push({ name, nameRange, value: parseExpression(reader, false) });
    finishLine(reader);
    return;
  }
  const labels: string[] = [];
  let end = nameRange.end;
  for (;;) {
    const label = quotedName(reader) ?? takeName(reader);
    if (label === undefined) break;
    labels.push(label);
    end = reader.offset;
    skip(reader, false);
  }
  if (!take(reader, '{')) {
    trouble(reader, 'neither "=" nor "{" follows', start);
    reader.offset = Math.max(start + 1, endOfLine(reader));
    return;
  }
  const head = { start, end };
  if (reader.depth >= MOST_NESTED) {
    trouble(reader, 'blocks are nested too deeply', start);
    reader.offset = reader.text.length;
    return;
  }
  reader.depth++;
  blocks.push({ type: name, labels, head, body: body(reader, true) });
  reader.depth--;
  skip(reader, false);
}

const QUOTED = /"([^"\\\n]{0,400})"/y;

/** A label, or a name as files of variables allow it: a text without escapes. */
function quotedName(reader: Reader): string | undefined {
  QUOTED.lastIndex = reader.offset;
  const [whole = '', inner] = QUOTED.exec(reader.text) ?? [];
  reader.offset += whole.length;
  return inner;
}

/** Behind an attribute its line ends, or the block in which it stands. */
function finishLine(reader: Reader): void {
  skip(reader, false);
  const char = reader.text.charAt(reader.offset);
  if (char === '' || char === '\n' || char === '}') return;
  // Files of variables written as JSON separate by commas.
  if (take(reader, ',')) return;
  trouble(reader, 'the line goes on after the value');
  reader.offset = endOfLine(reader);
}

function endOfLine({ text, offset }: Reader): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
