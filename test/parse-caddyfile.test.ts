import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Line } from '../src/parse/caddyfile/lines.js';
import { language } from '../src/parse/caddyfile/index.js';

const read = (text: string) => language.parse(text, 'Caddyfile');

/** A tree as nested lists: quick to read, and everything but the offsets is in it. */
function plain(lines: readonly Line[]): unknown[] {
  return lines.map(({ words, block }) => {
    const head = words.map(({ text }) => text);
    return block === undefined ? head : [...head, plain(block)];
  });
}

function all(lines: readonly Line[]): Line[] {
  return lines.flatMap((one) => [one, ...all(one.block ?? [])]);
}

describe('Caddyfile', () => {
  const accepted: Record<string, { text: string; tree: unknown[] }> = {
    'options, snippets and sites': {
      text: '{\n\temail a@b.c\n}\n(common) {\n\tencode gzip\n}\nexample.com, www.example.com {\n\timport common\n}\n',
      tree: [
        [[['email', 'a@b.c']]],
        ['(common)', [['encode', 'gzip']]],
        ['example.com,', 'www.example.com', [['import', 'common']]],
      ],
    },
    'placeholders and variables': {
      text: '{$HOST:localhost} {\n\trespond {path} 200\n}',
      tree: [['{$HOST:localhost}', [['respond', '{path}', '200']]]],
    },
    'quotes, backticks and comments': {
      text: 'header Cache-Control "max-age=60, \\"x\\"" `a "b"` # c\nrewrite /a#b',
      tree: [
        ['header', 'Cache-Control', 'max-age=60, "x"', 'a "b"'],
        ['rewrite', '/a#b'],
      ],
    },
    'a line that goes on': { text: 'a b \\\n c\nd', tree: [['a', 'b', 'c'], ['d']] },
    'Windows line ends': { text: 'a {\r\n b\r\n}\r\n', tree: [['a', [['b']]]] },
  };
  test.each(Object.entries(accepted))('%s', (_, { text, tree }) => {
    expect(plain(read(text).tree.lines)).toEqual(tree);
  });

  test('places', () => {
    const text = 'example.com {\n\treverse_proxy app:80 # x\n}\n';
    const [site] = read(text).tree.lines;
    expect(text.slice(site?.start, site?.headEnd)).toBe('example.com');
    const [inner] = site?.block ?? [];
    expect(text.slice(inner?.start, inner?.headEnd)).toBe('reverse_proxy app:80');
    expect(read(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# x']);
  });

  test.each([
    ['a {\nb', 'the block is never closed'],
    ['}\na', '"}" closes nothing'],
    ['a "b', 'the quote is never closed'],
  ])('tells of %j, and reads on', (text, message) => {
    expect(read(text).trouble.map((one) => one.message)).toEqual([message]);
    expect(all(read(text).tree.lines).length).toBeGreaterThan(0);
  });

  test('never throws, and its places lie in the text', () => {
    const piece = fc.constantFrom(
      ...['a', '{', '}', ' {\n', '\n}\n', '"', '`', '\\', '#', '\n', '\r\n', ' ', '{$', '\u0000', 'é'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const text = pieces.join('');
        const { tree, comments, trouble } = read(text);
        for (const one of all(tree.lines))
          for (const range of [{ start: one.start, end: one.headEnd }, ...one.words, ...comments]) {
            expect(range.start).toBeLessThanOrEqual(range.end);
            expect(range.end).toBeLessThanOrEqual(text.length);
          }
        for (const { offset } of trouble) expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test.each(['"', '`', 'a {\n', '}\n', '\\\n', '# ', 'a '])('takes a time that grows with the text: %j', (one) => {
    const before = performance.now();
    const { tree } = read(one.repeat(Math.ceil(200_000 / one.length)));
    expect(performance.now() - before).toBeLessThan(1500);
    expect(() => all(tree.lines)).not.toThrow();
  });
});
