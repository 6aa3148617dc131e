import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { language } from '../src/parse/yaml/index.js';
import type { YamlNode } from '../src/parse/yaml/node.js';
import { boolean, get, isNull, items, number, pair, pairs, place, string } from '../src/parse/yaml/read.js';

const read = (text: string, path = 'file.yaml') => language.parse(text, path);

/** The first document as plain JSON would have it. */
function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [key, plain(value)]));
}

describe('yaml', () => {
  const accepted: Record<string, { text: string; tree: unknown[] }> = {
    'several documents, empty ones left out': { text: 'a: 1\n---\n---\n# none\n---\n- b\n', tree: [{ a: 1 }, ['b']] },
    'literal and folded blocks': { text: 'a: |\n  x\n   y\nb: >-\n  x\n  y\n', tree: [{ a: 'x\n y\n', b: 'x y' }] },
    'flow collections and quotes': {
      text: '{a: [1, "2", \'3\'], b: {c: ~}}',
      tree: [{ a: [1, '2', '3'], b: { c: null } }],
    },
    'anchors and aliases': { text: 'a: &x {b: 1}\nc: *x\n', tree: [{ a: { b: 1 }, c: { b: 1 } }] },
    'a merge gives what the map lacks': {
      text: 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}\n',
      tree: [{ a: { x: 1, y: 1 }, b: { y: 2, z: 2 }, c: { x: 3, y: 1, z: 2 } }],
    },
    'a repeated key: the last one counts': { text: 'a: 1\na: 2\n', tree: [{ a: 2 }] },
    'JSON with tabs': { text: '{\n\t"a": {\n\t\t"b": [true]\n\t}\n}\n', tree: [{ a: { b: [true] } }] },
    'windows line ends': { text: 'a: |\r\n  x\r\nb: 1\r\n', tree: [{ a: 'x\n', b: 1 }] },
    'braces in quotes and blocks are no template': {
      text: 'a: "{{ x }}"\nb: |\n  {{ y }}\nc: ${{ z }}\nd: node-{{.Node.ID}}\n',
      tree: [{ a: '{{ x }}', b: '{{ y }}\n', c: '${{ z }}', d: 'node-{{.Node.ID}}' }],
    },
  };
  test.each(Object.entries(accepted))('%s', (_, { text, tree }) => {
    const parsed = read(text);
    expect(parsed.trouble).toEqual([]);
    expect(parsed.tree.documents.map(plain)).toEqual(tree);
  });

  test('what a key and a value stand at', () => {
    const text = 'web:\n  replicas: "3"\n  <<: &x {command: [a, b]}\n';
    const root = read(text).tree.documents[0];
    const replicas = pair(get(root, 'web'), 'replicas');
    expect(replicas && text.slice(place(replicas).start, place(replicas).end)).toBe('"3"');
    const command = pair(get(root, 'web'), 'command');
    expect(command && text.slice(place(command).start, place(command).end)).toBe('command');
    expect(items(command?.value).map((item) => text.slice(item.start, item.end))).toEqual(['a', 'b']);
  });

  test('where the body of a block starts', () => {
    const text = 'a: |- # comment\n  x\n  y\nb: |\n';
    const root = read(text).tree.documents[0];
    const [a, b] = [get(root, 'a'), get(root, 'b')];
    expect(a?.kind === 'scalar' && text.slice(a.bodyStart, a.end)).toBe('  x\n  y\n');
    expect(b?.kind === 'scalar' && text.slice(b.bodyStart, b.end)).toBe('');
  });

  test('values as they are meant', () => {
    const root = read('a: "3"\nb: 1.10\nc: yes\nd: "false"\ne:\nf: [1]\ng: 0x10\na: 4\n').tree.documents[0];
    expect(number(get(root, 'a'))).toBe(4);
    expect(string(get(root, 'b'))).toBe('1.10');
    expect([boolean(get(root, 'c')), boolean(get(root, 'd')), boolean(get(root, 'b'))]).toEqual([
      true,
      false,
      undefined,
    ]);
    expect([isNull(get(root, 'e')), string(get(root, 'e')), string(get(root, 'f'))]).toEqual([
      true,
      undefined,
      undefined,
    ]);
    expect(number(get(root, 'g'))).toBe(16);
    expect(get(root, 'f', 'nothing', 'at', 'all')).toBeUndefined();
    expect(pairs(root).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  test('tags of applications are kept, those of YAML are not', () => {
    const root = read('a: !reset null\nb: !!str 1\n').tree.documents[0];
    expect([get(root, 'a')?.tag, get(root, 'b')?.tag]).toEqual(['!reset', undefined]);
  });

  test('comments', () => {
    const text = '# one\na: 1 # two\nb: |\n  # no comment\n# three';
    expect(read(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# one', '# two', '# three']);
  });

  const templates: Record<string, [text: string, path?: string]> = {
    'a value': ['a: 1\nb: {{ .Values.b }}\n'],
    'a line': ['{{- if .Values.a }}\na: 1\n{{- end }}\n'],
    'a line inside a block': ['a: |\n  x\n{{ if b }}\n  y\n'],
    'another kind of braces': ['{% if a %}\nb: 1\n{% endif %}\n'],
    'a part of a word in a folder of templates': [
      'name: {x: 1}\nb: web-{{ .Release.Name }}\n',
      'chart/templates/web.yaml',
    ],
  };
  test.each(Object.entries(templates))('a template: %s', (_, [text, path]) => {
    const parsed = read(text, path);
    expect(parsed.tree).toEqual({ documents: [], template: true });
    expect(parsed.trouble.map((one) => one.message)).toEqual([
      expect.stringContaining('template that is not rendered'),
    ]);
  });

  const hostile: Record<string, string> = {
    brackets: '['.repeat(20_000),
    maps: '{a: '.repeat(20_000),
    dashes: '- '.repeat(20_000),
    'question marks': '? '.repeat(20_000),
    'keys in keys': 'a: b: c\n'.repeat(5_000),
    indentation: `${Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\nb: 1`,
    anchors: '&a\n'.repeat(2_000),
    'unclosed quotes': 'a: "x\n'.repeat(2_001),
    'aliases of nothing': `[${'*x,'.repeat(5_000)}]`,
    'a circle': 'a: &a [*a]\n',
    'aliases of aliases': [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(',')}]`),
    ].join('\n'),
    'merges of a large map': `a: &a\n${Array.from({ length: 2_000 }, (_, i) => `  k${i}: 1\n`).join('')}${Array.from({ length: 2_000 }, (_, i) => `m${i}: {<<: *a}\n`).join('')}`,
  };
  test.each(Object.entries(hostile))('bounded, and told: %s', (_, text) => {
    const started = performance.now();
    const parsed = read(text);
    expect(parsed.trouble.length).toBeGreaterThan(0);
    expect(parsed.trouble.length).toBeLessThanOrEqual(20);
    expect(parsed.trouble.every(({ offset }) => offset >= 0 && offset <= text.length)).toBe(true);
    expect(sizeOf(parsed.tree.documents)).toBeLessThan(1_000_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('never throws', () => {
    const parts = [
      'a',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&x ',
      '*x',
      '<<: ',
      '"',
      "'",
      '|\n',
      '#',
      '---\n',
      ',',
      '!t ',
      '%',
      '\t',
      '\r',
      '?',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (words) => {
        const text = words.join('');
        const { tree, comments } = read(text);
        expect(comments.every(({ start, end }) => text.charAt(start) === '#' && end <= text.length)).toBe(true);
        for (const node of tree.documents) expect(inside(node, text.length)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Nodes with everything behind aliases written out, so that an explosion would show. */
function sizeOf(nodes: readonly YamlNode[]): number {
  const known = new Map<YamlNode, number>();
  const size = (node: YamlNode): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const inner = node.kind === 'map' ? node.pairs.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
    const total = inner.reduce((sum, one) => sum + size(one), 1);
    known.set(node, total);
    return total;
  };
  return nodes.reduce((sum, node) => sum + size(node), 0);
}

function inside(node: YamlNode, length: number): boolean {
  const inner = node.kind === 'map' ? node.pairs.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
  return node.start >= 0 && node.start <= node.end && node.end <= length && inner.every((one) => inside(one, length));
}
