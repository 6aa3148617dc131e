import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Statement } from '../src/parse/vcl/statements.js';
import { language } from '../src/parse/vcl/index.js';

const read = (text: string) => language.parse(text, 'default.vcl');

/** A tree as nested lists: quick to read, and everything but the offsets is in it. */
function plain(statements: readonly Statement[]): unknown[] {
  return statements.map(({ words, block }) => {
    const head = words.map(({ text, quoted }) => (quoted ? `"${text}"` : text));
    return block === undefined ? head : [...head, plain(block)];
  });
}

function all(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((one) => [one, ...all(one.block ?? [])]);
}

describe('VCL', () => {
  const accepted: Record<string, { text: string; tree: unknown[] }> = {
    'a version, imports and a backend': {
      text: 'vcl 4.1;\nimport std;\nbackend web {\n  .host = "web";\n  .probe = { .url = "/"; .interval = 5s; }\n}\n',
      tree: [
        ['vcl', '4.1'],
        ['import', 'std'],
        [
          'backend',
          'web',
          [
            ['.host', '=', '"web"'],
            [
              '.probe',
              '=',
              [
                ['.url', '=', '"/"'],
                ['.interval', '=', '5s'],
              ],
            ],
          ],
        ],
      ],
    },
    'conditions and operators': {
      text: 'sub vcl_recv { if (!req.http.Cookie && req.url !~ "a{2}") { return (hash); } else { return(pass); } }',
      tree: [
        [
          'sub',
          'vcl_recv',
          [
            ['if', '(', '!', 'req.http.Cookie', '&&', 'req.url', '!~', '"a{2}"', ')', [['return', '(', 'hash', ')']]],
            ['else', [['return', '(', 'pass', ')']]],
          ],
        ],
      ],
    },
    'long strings and inline C': {
      text: 'sub x { synthetic({"<p> ; } "x" "}); set a = """b"c"""; C{ if (x) { y("}"); } }C }',
      tree: [
        [
          'sub',
          'x',
          [
            ['synthetic', '(', '"<p> ; } "x" "', ')'],
            ['set', 'a', '=', '"b"c"'],
          ],
        ],
      ],
    },
    comments: { text: '# a\n// b }\n/* c ; */ import std; # d', tree: [['import', 'std']] },
    'tags of templates': {
      text: 'backend web { .host = "{{ host }}"; .port = {{ port }}; }\n{% if x %}\nimport std;\n{% endif %}',
      tree: [
        [
          'backend',
          'web',
          [
            ['.host', '=', '"{{ host }}"'],
            ['.port', '=', '{{ port }}'],
          ],
        ],
        ['import', 'std'],
      ],
    },
  };
  test.each(Object.entries(accepted))('%s', (_, { text, tree }) => {
    expect(plain(read(text).tree.statements)).toEqual(tree);
  });

  test('places', () => {
    const text = 'sub vcl_recv {\n  return (pass); # x\n}\n';
    const [sub] = read(text).tree.statements;
    expect(text.slice(sub?.start, sub?.headEnd)).toBe('sub vcl_recv');
    const [inner] = sub?.block ?? [];
    expect(text.slice(inner?.start, inner?.headEnd)).toBe('return (pass)');
    expect(read(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# x']);
  });

  const troubled: Record<string, { text: string; message: string }> = {
    'a block': { text: 'sub x { return (pass);', message: 'the block is never closed' },
    'a string': { text: 'sub x { set a = "b;\n }', message: 'the string is never closed' },
    'a comment': { text: 'import std; /* x', message: 'the comment is never closed' },
    'a brace too many': { text: 'import std; }', message: '"}" closes nothing' },
  };
  test.each(Object.entries(troubled))('tells of %s that does not end well', (_, { text, message }) => {
    expect(read(text).trouble.map((one) => one.message)).toContain(message);
    expect(read(text).tree.statements.length).toBeGreaterThan(0);
  });

  test('never throws, and its places lie in the text', () => {
    const piece = fc.constantFrom(
      ...[
        'sub',
        'if',
        '(',
        ')',
        '{',
        '}',
        ';',
        '"',
        '{"',
        '"}',
        '"""',
        '#',
        '/*',
        '*/',
        'C{',
        '}C',
        '{{',
        '{%',
        '=',
        '.a',
        '\n',
        ' ',
        '\u0000',
        'é',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const text = pieces.join('');
        const { tree, comments, trouble } = read(text);
        for (const one of all(tree.statements))
          for (const range of [{ start: one.start, end: one.headEnd }, one, ...one.words, ...comments]) {
            expect(range.start).toBeLessThanOrEqual(range.end);
            expect(range.end).toBeLessThanOrEqual(text.length);
          }
        for (const { offset } of trouble) expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('does not descend without end', () => {
    const { tree } = read('a {'.repeat(100_000));
    expect(() => all(tree.statements)).not.toThrow();
  });

  test.each(['"', '{"', '{{', '{% ', '/*', 'C{', '#', 'sub x {', '}', 'a ', '((', '!~'])(
    'takes a time that grows with the text: %j',
    (one) => {
      const before = performance.now();
      read(one.repeat(Math.ceil(300_000 / one.length)));
      expect(performance.now() - before).toBeLessThan(1500);
    },
  );
});
