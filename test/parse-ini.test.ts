import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { language } from '../src/parse/ini/index.js';

const read = (text: string) => language.parse(text, 'any.ini');
const plain = (text: string) =>
  read(text).tree.sections.map(({ name, settings }) => [name, settings.map(({ key, value }) => [key, value])]);

describe('ini', () => {
  test('sections, settings, comments', () => {
    const text =
      '; one\n[databases]\n* = host=pg port=5432\n"my db"=host=b\n\n# two\n[pgbouncer]\npool_mode=transaction\r\nempty =\n';
    expect(plain(text)).toEqual([
      ['', []],
      [
        'databases',
        [
          ['*', 'host=pg port=5432'],
          ['my db', 'host=b'],
        ],
      ],
      [
        'pgbouncer',
        [
          ['pool_mode', 'transaction'],
          ['empty', ''],
        ],
      ],
    ]);
    expect(read(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['; one', '# two']);
  });

  test('PostgreSQL: no sections, the equals sign may be missing, the rest of the line is kept', () => {
    expect(
      plain('max_connections = 200 # more\nshared_buffers 128MB\nport=5432\nsearch_path = \'"$user", public\''),
    ).toEqual([
      [
        '',
        [
          ['max_connections', '200 # more'],
          ['shared_buffers', '128MB'],
          ['port', '5432'],
          ['search_path', '\'"$user", public\''],
        ],
      ],
    ]);
  });

  test('repeated keys and indentation', () => {
    expect(plain('    [uwsgi]\n    env = A=1\n    env = B=2\n    master\n')).toEqual([
      ['', []],
      [
        'uwsgi',
        [
          ['env', 'A=1'],
          ['env', 'B=2'],
          ['master', ''],
        ],
      ],
    ]);
  });

  test('ranges quote the source', () => {
    const text = '[a]\n  "x y"  =  1 2  \r\n';
    const section = read(text).tree.sections[1];
    const setting = section?.settings[0];
    expect(text.slice(section?.header.start, section?.header.end)).toBe('[a]');
    expect(text.slice(setting?.keyRange.start, setting?.keyRange.end)).toBe('"x y"');
    expect(text.slice(setting?.valueRange.start, setting?.valueRange.end)).toBe('1 2');
  });

  test('never throws, and ranges hold what was read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ' ', '=', '[', ']', '\n', '\r', '#', ';', '"', 'ä'), { maxLength: 40 }),
        (pieces) => {
          const text = pieces.join('');
          return read(text).tree.sections.every((section) =>
            section.settings.every((one) => text.slice(one.valueRange.start, one.valueRange.end) === one.value),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
