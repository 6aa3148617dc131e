import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Directive } from '../src/parse/apache/directives.js';
import { language } from '../src/parse/apache/index.js';

const read = (text: string) => language.parse(text, 'httpd.conf');

/** A tree as nested lists: quick to read, and everything but the offsets is in it. */
function plain(directives: readonly Directive[]): unknown[] {
  return directives.map(({ name, args, block }) => {
    const words = [name, ...args.map((arg) => arg.text)];
    return block === undefined ? words : [...words, plain(block)];
  });
}

function all(directives: readonly Directive[]): Directive[] {
  return directives.flatMap((one) => [one, ...all(one.block ?? [])]);
}

describe('Apache', () => {
  const accepted: Record<string, { text: string; tree: unknown[] }> = {
    'directives and sections': {
      text: 'Listen 80\n<VirtualHost *:80>\n  ServerName example.com\n  <Location /static>\n    ExpiresActive On\n  </Location>\n</VirtualHost>\n',
      tree: [
        ['listen', '80'],
        [
          'virtualhost',
          '*:80',
          [
            ['servername', 'example.com'],
            ['location', '/static', [['expiresactive', 'On']]],
          ],
        ],
      ],
    },
    'quotes and escapes': {
      text: String.raw`Header set Cache-Control "public, max-age=60" 'a b' "say \"x\""`,
      tree: [['header', 'set', 'Cache-Control', 'public, max-age=60', 'a b', 'say "x"']],
    },
    'a line that goes on, and Windows line ends': {
      text: 'WSGIDaemonProcess shop \\\r\n  processes=4 \\\r\n  threads=2\r\nListen 80\r\n',
      tree: [
        ['wsgidaemonprocess', 'shop', 'processes=4', 'threads=2'],
        ['listen', '80'],
      ],
    },
    'comments only at the start of a line': {
      text: '# one\n  # two\nAlias /a#b /c\n',
      tree: [['alias', '/a#b', '/c']],
    },
    'brackets inside of words': {
      text: '<FilesMatch "\\.(css|js)$">\nHeader unset ETag\n</FilesMatch>\n<If "%{HTTP_HOST} > 1">\n</If>',
      tree: [
        ['filesmatch', '\\.(css|js)$', [['header', 'unset', 'ETag']]],
        ['if', '%{HTTP_HOST} > 1', []],
      ],
    },
    'tags of templates': {
      text: '{% if x %}\nServerName {{ server_name | lower }}\n{% endif %}',
      tree: [['servername', '{{ server_name | lower }}']],
    },
  };
  test.each(Object.entries(accepted))('%s', (_, { text, tree }) => {
    expect(plain(read(text).tree.directives)).toEqual(tree);
  });

  test('places', () => {
    const text = '# x\n<Location /a>\n  Require all granted\n</Location>\n';
    const [section] = read(text).tree.directives;
    expect(text.slice(section?.start, section?.headEnd)).toBe('<Location /a>');
    const [inner] = section?.block ?? [];
    expect(text.slice(inner?.start, inner?.headEnd)).toBe('Require all granted');
    expect(read(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# x']);
  });

  test('tells of sections that do not end well, and reads on', () => {
    expect(read('<Location /a>\nListen 80\n').trouble.map(({ message }) => message)).toEqual([
      'the section is never closed',
    ]);
    expect(read('</Location>\nListen 80\n').trouble.map(({ message }) => message)).toEqual([
      '"</Location>" closes nothing',
    ]);
    expect(plain(read('<A>\n<B>\nListen 80\n</A>\nListen 81\n').tree.directives)).toEqual([
      ['a', [['b', [['listen', '80']]]]],
      ['listen', '81'],
    ]);
  });

  test('never throws, and its places lie in the text', () => {
    const piece = fc.constantFrom(
      ...['<A>', '</A>', '<', '>', 'Listen', ' ', '"', "'", '\\', '\n', '\r\n', '#', '{{', '}}', '{%', '\u0000', 'é'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const text = pieces.join('');
        const { tree, comments, trouble } = read(text);
        for (const one of all(tree.directives))
          for (const range of [{ start: one.start, end: one.headEnd }, ...one.args, ...comments]) {
            expect(range.start).toBeLessThanOrEqual(range.end);
            expect(range.end).toBeLessThanOrEqual(text.length);
          }
        for (const { offset } of trouble) expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('does not descend without end', () => {
    const { tree } = read('<a>\n'.repeat(50_000));
    expect(() => all(tree.directives)).not.toThrow();
  });

  test.each(['"', '>', '<a', '<a>\n', '</a>\n', '\\\n', '{{', '# ', 'a "', '> '])(
    'takes a time that grows with the text: %j',
    (one) => {
      const before = performance.now();
      read(one.repeat(Math.ceil(100_000 / one.length)));
      read(`<x ${one.repeat(Math.ceil(100_000 / one.length))}`);
      expect(performance.now() - before).toBeLessThan(1500);
    },
  );
});
