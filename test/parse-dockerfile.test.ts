import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expand } from '../src/parse/dockerfile/expand.js';
import { language } from '../src/parse/dockerfile/index.js';

const read = (text: string) => language.parse(text, 'Dockerfile');
const words = (text: string) =>
  read(text).tree.instructions.map(({ keyword, words: all }) => [keyword, ...all.map((word) => word.text)]);

describe('dockerfile', () => {
  const accepted: Record<string, { text: string; tree: unknown[] }> = {
    'keywords in any case': {
      text: 'from a\nRuN b',
      tree: [
        ['FROM', 'a'],
        ['RUN', 'b'],
      ],
    },
    'continued lines with comments and blank lines between': {
      text: 'RUN a \\\n  # comment\n\n  b \\ \n  c\nCMD d\n',
      tree: [
        ['RUN', 'a', 'b', 'c'],
        ['CMD', 'd'],
      ],
    },
    'a continued last line': { text: 'RUN a \\', tree: [['RUN', 'a']] },
    'another escape character': {
      text: '# syntax=x\n# escape=`\nRUN a `\n b c:\\d\\',
      tree: [['RUN', 'a', 'b', 'c:\\d\\']],
    },
    'escape is plain after a comment': {
      text: '# a comment\n# escape=`\nRUN a `\nRUN b',
      tree: [
        ['RUN', 'a', '`'],
        ['RUN', 'b'],
      ],
    },
    'quotes hold words together': {
      text: 'ENV A="b c" D=\'e f\' G=h\\ i',
      tree: [['ENV', 'A="b c"', "D='e f'", 'G=h\\ i']],
    },
    'here-documents': {
      text: 'RUN <<EOF\nFROM nothing\nEOF\nCOPY <<-"X" <<Y /a/\n\tRUN x\n\tX\nRUN y\nY\nCMD z',
      tree: [
        ['RUN', '<<EOF'],
        ['COPY', '<<-"X"', '<<Y', '/a/'],
        ['CMD', 'z'],
      ],
    },
    'what only looks like a here-document': {
      text: 'RUN cat <<EOF\nCMD a',
      tree: [
        ['RUN', 'cat', '<<EOF'],
        ['CMD', 'a'],
      ],
    },
    'windows line ends': {
      text: 'FROM a\r\nRUN b \\\r\n c\r\n',
      tree: [
        ['FROM', 'a'],
        ['RUN', 'b', 'c'],
      ],
    },
  };
  test.each(Object.entries(accepted))('%s', (_, { text, tree }) => {
    expect(read(text).trouble).toEqual([]);
    expect(words(text)).toEqual(tree);
  });

  test('flags, lists and ONBUILD, with their places', () => {
    const text =
      'COPY --from=build --chown=1:1 \\\n  ["a b", "/c d/"]\nONBUILD RUN --mount=type=cache x\nCMD ["a", 1]\n';
    const [copy, run, cmd] = read(text).tree.instructions;
    expect(copy?.flags.map(({ name, value, start, end }) => [name, value, text.slice(start, end)])).toEqual([
      ['from', 'build', '--from=build'],
      ['chown', '1:1', '--chown=1:1'],
    ]);
    expect(copy?.json?.map((word) => [word.text, text.slice(word.start, word.end)])).toEqual([
      ['a b', '"a b"'],
      ['/c d/', '"/c d/"'],
    ]);
    expect([run?.keyword, run?.onbuild, run?.text]).toEqual(['RUN', true, 'x']);
    expect([cmd?.json, cmd?.text]).toEqual([undefined, '["a", 1]']);
  });

  test('words stand where they are written, across continued lines', () => {
    const text = 'FROM a\nENV A=1 \\\n  # comment\n  B="two words" \\\n  C=3\n';
    const env = read(text).tree.instructions[1];
    expect(env?.words.map(({ start, end }) => text.slice(start, end))).toEqual(['A=1', 'B="two words"', 'C=3']);
    expect(text.slice(env?.start, env?.end)).toBe('ENV A=1 \\\n  # comment\n  B="two words" \\\n  C=3');
  });

  test('what is no instruction is told', () => {
    const { tree, trouble } = read('FROM a\nNONSENSE b\nRUN c\n');
    expect(tree.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN']);
    expect(trouble).toEqual([{ message: 'no instruction of a Dockerfile: NONSENSE', offset: 7 }]);
  });

  test.each(['FROM {{ base }}\n{% if x %}\nRUN a\n{% endif %}', 'FROM a\n%%EXTRAS%%\n'])(
    'a template is not read: %s',
    (text) => {
      expect(read(text)).toMatchObject({
        tree: { instructions: [] },
        trouble: [{ message: expect.stringContaining('template') as string }],
      });
    },
  );

  const values: [word: string, text: string, missing: string[]][] = [
    ['plain', 'plain', []],
    ['"a $A"', 'a 1', []],
    ["'a $A'", 'a $A', []],
    ['\\$A', '$A', []],
    ['${A}b', '1b', []],
    ['${NO:-d}', 'd', []],
    ['${NO:-$A}', '1', []],
    ['${A:+x}${NO:+y}', 'x', []],
    ['$NO/${NO2}', '/', ['NO', 'NO2']],
    ['$HELD', '', ['HELD']],
    ['"unclosed $A', 'unclosed 1', []],
    ['$', '$', []],
  ];
  test.each(values)('expands %s', (word, text, missing) => {
    const lookup = (name: string) => (name === 'A' ? '1' : name === 'HELD' ? null : undefined);
    expect(expand(word, lookup, '\\')).toEqual({ text, missing });
  });

  test('bounded', () => {
    const started = performance.now();
    read(`FROM a\nRUN ${'x \\\n'.repeat(100_000)}`);
    read('RUN <<A\n'.repeat(10_000));
    read(Array.from({ length: 5_000 }, (_, i) => `RUN <<A${i}\n`).join(''));
    read(`CMD ${'['.repeat(20_000)}`);
    expand('${A:-'.repeat(5_000), () => undefined, '\\');
    expand('"'.repeat(20_001), () => undefined, '\\');
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('never throws', () => {
    const parts = [
      'FROM a',
      'RUN ',
      'COPY ',
      '\n',
      ' \\\n',
      '# escape=`\n',
      '#',
      '"',
      "'",
      '[',
      ']',
      '<<E',
      '\nE\n',
      '--from=x ',
      '$A',
      '${A:-',
      '}',
      '\r',
      '\t',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const instruction of read(text).tree.instructions) {
          const places = [instruction, ...instruction.words, ...instruction.flags, ...(instruction.json ?? [])];
          expect(places.every(({ start, end }) => start >= 0 && start <= end && end <= text.length)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
