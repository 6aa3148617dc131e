import type { GoBlock, GoCommand, GoNode, GoOperand, GoPipeline, GoTemplateTree } from './node.js';
import { GoTemplateFault, partsOf, type GoPart, type GoToken } from './tokens.js';

/** Blocks in blocks and parentheses in parentheses; more is an attack or an accident. */
const DEEPEST = 100;

/** Reads a template as https://pkg.go.dev/text/template describes it; never throws. */
export function parseGoTemplate(text: string): GoTemplateTree {
  const defined = new Map<string, readonly GoNode[]>();
  try {
    const reading: Reading = { parts: partsOf(text), at: 0, defined };
    const { nodes, end } = list(reading, 0);
    if (end !== undefined) throw new GoTemplateFault(`{{ ${end.word} }} without a beginning`, end.start);
    return { nodes, defined, fault: undefined };
  } catch (error) {
    if (!(error instanceof GoTemplateFault)) throw error;
    return { nodes: [], defined, fault: { message: error.message, offset: error.offset } };
  }
}

interface Reading {
  readonly parts: readonly GoPart[];
  at: number;
  readonly defined: Map<string, readonly GoNode[]>;
}

/** What ended a list of nodes, with the tokens after its first word. */
interface End {
  readonly word: string;
  readonly start: number;
  readonly rest: readonly GoToken[];
}

function list(reading: Reading, depth: number): { nodes: GoNode[]; end: End | undefined } {
  const nodes: GoNode[] = [];
  for (;;) {
    const part = reading.parts[reading.at++];
    if (part === undefined) return { nodes, end: undefined };
    const { start, end } = part;
    if (depth > DEEPEST) throw new GoTemplateFault('nested too deep', start);
    if (part.kind === 'text') {
      nodes.push({ kind: 'text', start, end });
      continue;
    }
    const [first, ...rest] = part.tokens;
    const word = first?.kind === 'word' ? first.value : '';
    if (word === 'end' || word === 'else') return { nodes, end: { word, start, rest } };
    if (word === 'if' || word === 'with' || word === 'range') nodes.push(block(reading, word, rest, start, end, depth));
    else if (word === 'define' || word === 'block') {
      const name = nameOf(rest[0], start);
      reading.defined.set(name, closed(reading, depth, start));
      if (word === 'block')
        nodes.push({ kind: 'template', name, pipeline: pipelineOf(rest.slice(1), start), start, end });
    } else if (word === 'template') {
      const pipeline = rest.length > 1 ? pipelineOf(rest.slice(1), start) : undefined;
      nodes.push({ kind: 'template', name: nameOf(rest[0], start), pipeline, start, end });
    } else if (word === 'break' || word === 'continue') nodes.push({ kind: word, start, end });
    else if (first !== undefined) nodes.push({ kind: 'action', pipeline: pipelineOf(part.tokens, start), start, end });
  }
}

function nameOf(token: GoToken | undefined, offset: number): string {
  if (token?.kind !== 'text') throw new GoTemplateFault('a template without a name', offset);
  return token.value;
}

function closed(reading: Reading, depth: number, start: number): GoNode[] {
  const { nodes, end } = list(reading, depth + 1);
  if (end?.word !== 'end') throw new GoTemplateFault('a block that does not end', start);
  return nodes;
}

function block(
  reading: Reading,
  kind: GoBlock['kind'],
  tokens: readonly GoToken[],
  start: number,
  end: number,
  depth: number,
): GoBlock {
  const pipeline = pipelineOf(tokens, start);
  const body = list(reading, depth + 1);
  let otherwise: readonly GoNode[] = [];
  if (body.end?.word === 'else') {
    const [next, ...rest] = body.end.rest;
    const isChained = next?.kind === 'word' && (next.value === 'if' || next.value === 'with');
    otherwise = isChained
      ? // `{{ else if }}` ends with the block that it continues.
        [block(reading, next.value, rest, body.end.start, end, depth + 1)]
      : closed(reading, depth, start);
  } else if (body.end === undefined) throw new GoTemplateFault('a block that does not end', start);
  return { kind, pipeline, body: body.nodes, otherwise, start, end };
}

interface Cursor {
  readonly tokens: readonly GoToken[];
  at: number;
  readonly start: number;
}

function pipelineOf(tokens: readonly GoToken[], start: number): GoPipeline {
  const cursor: Cursor = { tokens, at: 0, start };
  const pipeline = pipelineAt(cursor, 0);
  if (cursor.at < tokens.length)
    throw new GoTemplateFault('an action that cannot be read', tokens[cursor.at]?.start ?? start);
  return pipeline;
}

function isSign(token: GoToken | undefined, ...values: readonly string[]): boolean {
  return token?.kind === 'sign' && values.includes(token.value);
}

function pipelineAt(cursor: Cursor, depth: number): GoPipeline {
  const { tokens } = cursor;
  const start = tokens[cursor.at]?.start ?? cursor.start;
  if (depth > DEEPEST) throw new GoTemplateFault('nested too deep', start);
  const variables: string[] = [];
  let declares = false;
  const setsAt = isSign(tokens[cursor.at + 1], ',') ? cursor.at + 3 : cursor.at + 1;
  if (tokens[cursor.at]?.kind === 'variable' && isSign(tokens[setsAt], ':=', '=')) {
    for (let at = cursor.at; at < setsAt; at += 2) variables.push(tokens[at]?.value ?? '');
    declares = tokens[setsAt]?.value === ':=';
    cursor.at = setsAt + 1;
  }
  const commands: GoCommand[] = [];
  for (;;) {
    commands.push(commandAt(cursor, depth));
    if (!isSign(tokens[cursor.at], '|')) break;
    cursor.at++;
  }
  return { variables, declares, commands, start, end: tokens[cursor.at - 1]?.end ?? start };
}

function commandAt(cursor: Cursor, depth: number): GoCommand {
  const { tokens } = cursor;
  const start = tokens[cursor.at]?.start ?? cursor.start;
  const operands: GoOperand[] = [];
  for (let token = tokens[cursor.at]; token !== undefined && !isSign(token, '|', ')'); token = tokens[cursor.at])
    operands.push(operandAt(cursor, token, depth));
  if (operands.length === 0) throw new GoTemplateFault('an empty action', start);
  return { operands, start, end: tokens[cursor.at - 1]?.end ?? start };
}

function operandAt(cursor: Cursor, token: GoToken, depth: number): GoOperand {
  const { start } = token;
  cursor.at++;
  const end = (): number => cursor.tokens[cursor.at - 1]?.end ?? token.end;
  if (token.kind === 'field') {
    const names = [token.value, ...fieldsAt(cursor)];
    return { kind: 'dot', names, start, end: end() };
  }
  if (token.kind === 'variable') {
    const names = fieldsAt(cursor);
    return { kind: 'variable', name: token.value, names, start, end: end() };
  }
  if (isSign(token, '(')) {
    const pipeline = pipelineAt(cursor, depth + 1);
    if (!isSign(cursor.tokens[cursor.at++], ')')) throw new GoTemplateFault('a parenthesis that does not close', start);
    const names = fieldsAt(cursor);
    return { kind: 'group', pipeline, names, start, end: end() };
  }
  if (isSign(token, '.')) return { kind: 'dot', names: [], start, end: token.end };
  if (token.kind === 'text') return { kind: 'literal', value: token.value, start, end: token.end };
  if (token.kind === 'number') return { kind: 'literal', value: numberIn(token.value), start, end: token.end };
  if (token.kind !== 'word') throw new GoTemplateFault('an action that cannot be read', start);
  const literal = LITERALS.get(token.value);
  if (literal !== undefined) return { kind: 'literal', value: literal.value, start, end: token.end };
  return { kind: 'function', name: token.value, start, end: token.end };
}

/** `0x1p20` is a number with an exponent of two. */
function numberIn(written: string): number {
  const [mantissa = '', exponent] = /^[-+]?0x/i.test(written) ? written.split(/p/i) : [written];
  return Number(mantissa) * 2 ** Number(exponent ?? 0);
}

const LITERALS: ReadonlyMap<string, { readonly value: boolean | null }> = new Map([
  ['true', { value: true }],
  ['false', { value: false }],
  ['nil', { value: null }],
]);

/** `.a.b` right behind something; after a blank it would be another word. */
function fieldsAt(cursor: Cursor): string[] {
  const names: string[] = [];
  for (
    let token = cursor.tokens[cursor.at];
    token?.kind === 'field' && token.adjacent;
    token = cursor.tokens[++cursor.at]
  )
    names.push(token.value);
  return names;
}
