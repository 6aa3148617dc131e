import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { language } from '../src/parse/toml/index.js';
import type { YamlNode } from '../src/parse/yaml/node.js';
import { get, items, number, place, pair, string } from '../src/parse/yaml/read.js';

const read = (text: string) => language.parse(text, 'any.toml');

function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [key, plain(value)]));
}

describe('toml', () => {
  test('tables, lists of tables, dotted keys, inline tables', () => {
    const text =
      'app = "shop"\nbuild.image = \'x\'\n[env]\nPORT = "80" # the port\nN = 1_000\n[[vm]]\nsize = "a"\n[[vm]]\nsize = "b"\n[vm.more]\non = true\n[deep."a b"]\nlist = [1, [2, {x = 3}]]\n[env.inner]\nz = 1.5\n';
    expect(plain(read(text).tree.root)).toEqual({
      app: 'shop',
      build: { image: 'x' },
      env: { PORT: '80', N: 1000, inner: { z: 1.5 } },
      vm: [{ size: 'a' }, { size: 'b', more: { on: true } }],
      deep: { 'a b': { list: [1, [2, { x: 3 }]] } },
    });
    expect(read(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# the port']);
  });

  test('places are those of what is written, after any kind of line end', () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['# ümlaut 😀', '[[http_service.checks]]', 'path = "/health"', '[env]', 'X = 12', ''].join(end);
      const { root } = read(text).tree;
      const path = pair(items(get(root, 'http_service', 'checks'))[0], 'path');
      expect(path && text.slice(path.value.start, path.value.end)).toBe('"/health"');
      expect(path && text.slice(path.keyRange.start, path.keyRange.end)).toBe('path');
      const env = pair(root, 'env');
      expect(env && text.slice(place(env).start, place(env).end)).toBe('env');
      expect(number(get(root, 'env', 'X'))).toBe(12);
      expect(string(get(root, 'env', 'X'))).toBe('12');
    }
  });

  test('what cannot be read is trouble with a place, never an exception', () => {
    for (const text of ['a = ', 'a = 1\na = 2\n', '[a]\n[a]\n', '= 3', '[[x]]\n[x]\n', '{{ app }} = 1\n', '\u0000']) {
      const { trouble, tree } = read(text);
      expect(trouble.length, JSON.stringify(text)).toBe(1);
      expect(trouble[0]?.offset).toBeLessThanOrEqual(text.length);
      expect(tree.root.kind).toBe('map');
    }
  });

  test('names of prototypes are names', () => {
    const { root } = read('[__proto__]\npolluted = 1\n[constructor]\nx = 1\n').tree;
    expect(string(get(root, '__proto__', 'polluted'))).toBe('1');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test.each([
    ['brackets', 'a = ' + '['.repeat(100_000)],
    ['inline tables', 'a = ' + '{a = '.repeat(50_000)],
    ['a dotted key', `${'a.'.repeat(100_000)}b = 1`],
    ['a header', `[${'a.'.repeat(100_000)}b]`],
    ['many tables', Array.from({ length: 30_000 }, (_, i) => `[t${i}]\nx = 1`).join('\n')],
    ['many entries', Array.from({ length: 30_000 }, () => '[[t]]\nx = 1').join('\n')],
    ['many keys', Array.from({ length: 60_000 }, (_, i) => `k${i} = 1`).join('\n')],
    ['an open text', `a = """${'x\n'.repeat(100_000)}`],
  ])('%s', (_, text) => {
    const start = performance.now();
    expect(read(text).tree.root.kind).toBe('map');
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('any text is read without an exception', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'a',
            'b',
            '.',
            '=',
            '"',
            "'",
            '[',
            ']',
            '{',
            '}',
            ',',
            '#',
            '\n',
            '\r',
            '\\',
            ' ',
            '1',
            '-',
            ':',
            '_',
            '\t',
          ),
        }),
        (text) => {
          const { tree, comments } = read(text);
          for (const { start, end } of comments) expect(end).toBeGreaterThanOrEqual(start);
          return tree.root.kind === 'map';
        },
      ),
      { numRuns: 500 },
    );
  });
});
