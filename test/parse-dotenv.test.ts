import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { language } from '../src/parse/dotenv/index.js';

const read = (text: string) => language.parse(text, '.env');

describe('dotenv', () => {
  const accepted: [title: string, text: string, entries: [string, string, string][]][] = [
    [
      'plain values',
      'A=1\nB = two words \n',
      [
        ['A', '1', 'none'],
        ['B', 'two words', 'none'],
      ],
    ],
    [
      'comments',
      '# A=0\nA=1 # one\nB=a#b\nC=#\n',
      [
        ['A', '1', 'none'],
        ['B', 'a#b', 'none'],
        ['C', '', 'none'],
      ],
    ],
    ['export', 'export A=1\n', [['A', '1', 'none']]],
    [
      'quotes',
      'A="x # y" # c\nB=\'$x\'\n',
      [
        ['A', 'x # y', 'double'],
        ['B', '$x', 'single'],
      ],
    ],
    [
      'escapes',
      'A="a\\n\\"b\\"\\$c"\nB=\'a\\n\'\n',
      [
        ['A', 'a\n"b"$c', 'double'],
        ['B', 'a\\n', 'single'],
      ],
    ],
    [
      'several lines',
      'A="x\ny"\nB=1\n',
      [
        ['A', 'x\ny', 'double'],
        ['B', '1', 'none'],
      ],
    ],
    [
      'quotes that nothing closes',
      'A="x\nB=1\nC=it\'s\n',
      [
        ['A', '"x', 'none'],
        ['B', '1', 'none'],
        ['C', "it's", 'none'],
      ],
    ],
    ['names alone and empty values', 'A\nB=\n', [['B', '', 'none']]],
    [
      'windows line ends',
      'A=1\r\nB="2"\r\n',
      [
        ['A', '1', 'none'],
        ['B', '2', 'double'],
      ],
    ],
  ];
  test.each(accepted)('%s', (_, text, entries) => {
    const parsed = read(text);
    expect(parsed.trouble).toEqual([]);
    expect(parsed.tree.entries.map(({ name, value, quotes }) => [name, value, quotes])).toEqual(entries);
  });

  test('where names and values stand', () => {
    const text = 'export A="x" # c\nB= y z \n';
    const { entries } = read(text).tree;
    expect(
      entries.map(({ nameRange: n, valueRange: v }) => [text.slice(n.start, n.end), text.slice(v.start, v.end)]),
    ).toEqual([
      ['A', '"x"'],
      ['B', 'y z'],
    ]);
  });

  test('other lines are told, templates are not read', () => {
    expect(read('A=1\n- b\n').trouble).toEqual([{ message: 'a line that is no NAME=value', offset: 4 }]);
    expect(read('A=1\n{% if b %}\nB=2\n{% endif %}\n').tree.entries).toEqual([]);
  });

  test('bounded, and never throws', () => {
    const started = performance.now();
    read('A="x\n'.repeat(20_000));
    read(`A="x\n${'-\n'.repeat(50_000)}`);
    read("A='\n-\n".repeat(10_000));
    read(`A=${' '.repeat(100_000)}x`);
    expect(performance.now() - started).toBeLessThan(20_000);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('A', '=', '"', "'", '\n', '\\', ' ', '#', '$', '\r', 'export '), { maxLength: 40 }),
        (parts) => {
          const text = parts.join('');
          for (const { nameRange, valueRange } of read(text).tree.entries) {
            expect(nameRange.end <= valueRange.start && valueRange.end <= text.length).toBe(true);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
