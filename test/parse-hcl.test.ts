import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseTemplate } from '../src/parse/hcl/parse.js';
import type { HclExpression, HclPart } from '../src/parse/hcl/tree.js';

/** As lists in the manner of Lisp, which a person can compare. */
function shown(node: HclExpression): string {
  switch (node.kind) {
    case 'literal':
      return JSON.stringify(node.value);
    case 'template':
      return `(text ${node.parts.map(part).join(' ')})`;
    case 'name':
      return node.name;
    case 'member':
      return `(. ${shown(node.of)} ${node.name})`;
    case 'index':
      return `([] ${shown(node.of)} ${shown(node.key)})`;
    case 'splat':
      return `(each ${shown(node.of)} ${shown(node.rest)})`;
    case 'call':
      return `(${[node.name, ...node.args.map(shown)].join(' ')}${node.spread ? '...' : ''})`;
    case 'unary':
      return `(${node.operator} ${shown(node.operand)})`;
    case 'binary':
      return `(${node.operator} ${shown(node.left)} ${shown(node.right)})`;
    case 'conditional':
      return `(? ${shown(node.condition)} ${shown(node.then)} ${shown(node.otherwise)})`;
    case 'list':
      return `[${node.items.map(shown).join(' ')}]`;
    case 'object':
      return `{${node.items.map(({ key, value }) => `${shown(key)}: ${shown(value)}`).join(' ')}}`;
    case 'for': {
      const names = node.key === undefined ? node.name : `${node.key},${node.name}`;
      const made = node.under === undefined ? shown(node.each) : `${shown(node.under)}: ${shown(node.each)}`;
      const only = node.condition === undefined ? '' : ` if ${shown(node.condition)}`;
      return `(for ${names} ${shown(node.of)} ${made}${node.grouped ? '...' : ''}${only})`;
    }
    case 'broken':
      return '?';
  }
}

function part(one: HclPart): string {
  if (one.kind === 'text') return JSON.stringify(one.text);
  if (one.kind === 'value') return shown(one.value);
  if (one.kind === 'if')
    return `(if ${shown(one.condition)} ${one.then.map(part).join(' ')} else ${one.otherwise.map(part).join(' ')})`;
  return `(for ${one.key ?? ''} ${one.name} ${shown(one.of)} ${one.each.map(part).join(' ')})`;
}

function value(text: string): string {
  const { tree, trouble } = parse(`x = ${text}\ny = 1\n`);
  expect(trouble).toEqual([]);
  expect(tree.attributes.map(({ name }) => name)).toEqual(['x', 'y']);
  const [first] = tree.attributes;
  return first === undefined ? '' : shown(first.value);
}

describe('HCL', () => {
  it.each([
    ['1.5e3', '1500'],
    ['true', 'true'],
    ['null', 'null'],
    ['-2', '(- 2)'],
    ['"a\\n\\u00e9\\"$${b}"', '"a\\né\\"${b}"'],
    ['"${a.b}-${c[0].d}"', '(text (. a b) "-" (. ([] c 0) d))'],
    ['"%{ if a }b%{ else }c%{ endif }"', '(text (if a "b" else "c"))'],
    ['"%{ for k, v in m ~} ${k} %{ endfor }"', '(text (for k v m k " "))'],
    ['a.b[*].c[0]', '(each (. a b) ([] (. * c) 0))'],
    ['a.*.c', '(each a (. * c))'],
    ['a.0.b', '(. ([] a 0) b)'],
    ['data.x-y.z["k"]', '([] (. (. data x-y) z) "k")'],
    ['1 + 2 * 3 - 4', '(- (+ 1 (* 2 3)) 4)'],
    ['!a && b || c == d', '(|| (&& (! a) b) (== c d))'],
    ['a >= 1 ? b : c ? d : e', '(? (>= a 1) b (? c d e))'],
    ['(\n  a\n  ? b\n  : c\n)', '(? a b c)'],
    ['[\n  1, # one\n  2,\n]', '[1 2]'],
    ['{ a = 1, "b" : 2\n (c) = 3\n "${d}" = 4 }', '{"a": 1 "b": 2 c: 3 (text d): 4}'],
    ['{\n  a = b /* no */\n  for = 2\n}', '{"a": b "for": 2}'],
    ['[for s in list : upper(s) if s != ""]', '(for s list (upper s) if (!= s ""))'],
    ['{for k, v in m : v => k...}', '(for k,v m v: k...)'],
    ['f(a, b...)', '(f a b...)'],
    ['provider::x::f(1)', '(f 1)'],
    ['<<EOT\nline ${a}\n  "quoted" $${b}\nEOT', '(text "line " a "\\n  \\"quoted\\" ${b}\\n")'],
    ['<<-EOT\n    one\n      two ${a}\n    EOT', '(text "one\\n  two " a "\\n")'],
    ['jsonencode([{\n  a = 1\n}])', '(jsonencode [{"a": 1}])'],
  ])('reads %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('reads blocks, with the places of what they are called', () => {
    const text = '# first\nresource "aws_x" "y" {\n  a = 1 // why\n\n  inner { b = "c" }\n  lone {\n  }\n}\n';
    const { tree, trouble, comments } = parse(text);
    const [block] = tree.blocks;
    expect(trouble).toEqual([]);
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# first', '// why']);
    expect(block?.labels).toEqual(['aws_x', 'y']);
    expect(text.slice(block?.head.start, block?.head.end)).toBe('resource "aws_x" "y"');
    expect(block?.body.blocks.map(({ type }) => type)).toEqual(['inner', 'lone']);
    const [attribute] = block?.body.attributes ?? [];
    expect(text.slice(attribute?.value.start, attribute?.value.end)).toBe('1');
  });

  it('reads on after what it does not understand', () => {
    const { tree, trouble } = parse('a = \nb = [1, 2\nc = 3\n@ x\nd {\n  e = 1 2\n  f = 3\n}\n}\ng = "open\nh = 4\n');
    expect(tree.attributes.map(({ name }) => name)).toEqual(expect.arrayContaining(['a', 'b', 'g', 'h']));
    expect(tree.blocks.map(({ body }) => body.attributes.map(({ name }) => name))).toEqual([['e', 'f']]);
    expect(trouble.length).toBeGreaterThan(3);
  });

  it('reads a file that is a template', () => {
    expect(shown(parseTemplate('[{"image": "${image}", "note": "a\\nb"}]'))).toBe(
      '(text "[{\\"image\\": \\"" image "\\", \\"note\\": \\"a\\\\nb\\"}]")',
    );
  });

  it('is bounded in depth and never throws', () => {
    for (const one of ['(', '[', '{a=', '!', '"${', '-', 'a ? ', 'f(', 'a[', 'b {', '<<A\n${', '%{if ', 'a.', 'a+']) {
      const { trouble } = parse(`x = ${one.repeat(20_000)}`);
      expect(trouble.length, one).toBeGreaterThan(0);
    }
    const piece = fc.constantFrom(
      ...'a = " ${ } %{ if for in else endif endfor } [ ] { ( ) , : ? ! - + * / . .. ... [*] # /* */ <<A A \n <<-B B => == && || 1 0.5 true null \\ ~ \r\n'.split(
        ' ',
      ),
      ' ',
      '\n',
      'resource "a" "b" {',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { tree, comments } = parse(text);
        for (const { value: found, nameRange } of tree.attributes) {
          expect(found.start).toBeGreaterThanOrEqual(nameRange.end);
          expect(found.end).toBeLessThanOrEqual(text.length);
        }
        for (const { start, end } of comments) expect(end).toBeGreaterThan(start);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes time in proportion to the length', () => {
    const timed = (text: string): number => {
      const start = performance.now();
      parse(text);
      return performance.now() - start;
    };
    for (const one of ['${\n', '"${\n', '/*', '<<A\n', 'a {\n', '%{ if x }\n', 'x = [\n', 'a = "b" ~'])
      expect(timed(`x = <<B\n${one.repeat(150_000)}`) + timed(one.repeat(150_000)), one).toBeLessThan(3_000);
  });
});
