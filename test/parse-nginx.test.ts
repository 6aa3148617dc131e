import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Directive } from '../src/parse/nginx/configuration.js';
import { language } from '../src/parse/nginx/index.js';

const read = (text: string) => language.parse(text, 'nginx.conf');

/** A tree as nested lists: quick to read, and everything but the offsets is in it. */
function plain(directives: readonly Directive[]): unknown[] {
  return directives.map(({ name, args, block, raw }) => {
    const words = [name, ...args.map((arg) => arg.text)];
    return raw !== undefined ? [...words, { raw }] : block === undefined ? words : [...words, plain(block)];
  });
}

describe('nginx', () => {
  const accepted: Record<string, { text: string; tree: unknown[] }> = {
    'directives and blocks': {
      text: 'user www;\nhttp {\n  server { listen 80; }\n}\n',
      tree: [
        ['user', 'www'],
        ['http', [['server', [['listen', '80']]]]],
      ],
    },
    'quotes and escapes': {
      text: String.raw`add_header A "x; { } # \" 'y'"; log_format m 'a\'b' "c\d"; return 200 "a\nb";`,
      tree: [
        ['add_header', 'A', `x; { } # " 'y'`],
        ['log_format', 'm', "a'b", String.raw`c\d`],
        ['return', '200', 'a\nb'],
      ],
    },
    'comments only at the start of a word': {
      text: '# one\nrewrite ^/a#b /c; # two\nlisten 80;#three',
      tree: [
        ['rewrite', '^/a#b', '/c'],
        ['listen', '80'],
      ],
    },
    'a brace after a dollar belongs to the word': {
      text: 'proxy_pass http://${HOST}:${PORT}/x; location ~ ^/a {}',
      tree: [
        ['proxy_pass', 'http://${HOST}:${PORT}/x'],
        ['location', '~', '^/a', []],
      ],
    },
    'a quoted pattern with braces': {
      text: String.raw`location ~ "^/\d{4}/" { return 404; }`,
      tree: [['location', '~', String.raw`^/\d{4}/`, [['return', '404']]]],
    },
    'an escaped brace and space in a bare word': {
      text: String.raw`rewrite ^/a\ b\{c /d;`,
      tree: [['rewrite', String.raw`^/a\ b\{c`, '/d']],
    },
    'conditions keep their parentheses': {
      text: 'if ($a = "b") { return 1; }',
      tree: [['if', '($a', '=', 'b', ')', [['return', '1']]]],
    },
    'Lua blocks stay raw': {
      text: 'content_by_lua_block {\n local t = {{1}, "}"} -- }\n --[[ } ]] x = [=[ } ]=]\n} listen 80;',
      tree: [
        ['content_by_lua_block', { raw: '\n local t = {{1}, "}"} -- }\n --[[ } ]] x = [=[ } ]=]\n' }],
        ['listen', '80'],
      ],
    },
    'a regular expression split over lines': {
      text: 'gzip_types\n  text/css\n  text/plain # plain\n  application/json;',
      tree: [['gzip_types', 'text/css', 'text/plain', 'application/json']],
    },
  };
  test.each(Object.entries(accepted))('%s', (_, { text, tree }) => {
    const parsed = read(text);
    expect(plain(parsed.tree.directives)).toEqual(tree);
    expect(parsed.trouble).toEqual([]);
  });

  const troubled: Record<string, { text: string; tree: unknown[]; trouble: RegExp }> = {
    'a block that is never closed': {
      text: 'http { server { listen 80;',
      tree: [['http', [['server', [['listen', '80']]]]]],
      trouble: /never closed/,
    },
    'a brace too many': {
      text: 'listen 80; } user a;',
      tree: [
        ['listen', '80'],
        ['user', 'a'],
      ],
      trouble: /closes nothing/,
    },
    'a missing semicolon': {
      text: 'server { listen 80 }',
      tree: [['server', [['listen', '80']]]],
      trouble: /not ended by ";"/,
    },
    'a quote that is never closed': { text: 'a "b; c', tree: [['a', 'b; c']], trouble: /quote is never closed/ },
    Jinja: {
      text: '{% if tls %}\nlisten 443;\n{% else %}\nlisten 80;\n{% endif %}\nserver_name {{ host }}; root {{ a }}/{{ b }};',
      tree: [
        ['listen', '443'],
        ['listen', '80'],
        ['server_name', '{{ host }}'],
        ['root', '{{ a }}/{{ b }}'],
      ],
      trouble: /template/,
    },
    ERB: {
      text: '<% if a %>server <%= host %>:80;<% end %>',
      tree: [['server', '<%= host %>:80']],
      trouble: /template/,
    },
    'Go templates': {
      text: '{{- if .Values.gzip }}\ngzip on;\n{{- end }}\nlisten {{ .Values.port }};',
      tree: [
        ['gzip', 'on'],
        ['listen', '{{ .Values.port }}'],
      ],
      trouble: /template/,
    },
  };
  test.each(Object.entries(troubled))('%s', (_, { text, tree, trouble }) => {
    const parsed = read(text);
    expect(plain(parsed.tree.directives)).toEqual(tree);
    expect(parsed.trouble.map((one) => one.message).join('\n')).toMatch(trouble);
  });

  test('offsets quote the source', () => {
    const text = '# c\nserver {\n  location ~* "\\.css$" { expires 1d; }\n}\n';
    const parsed = read(text);
    const location = parsed.tree.directives[0]?.block?.[0];
    expect(text.slice(location?.start, location?.headEnd)).toBe('location ~* "\\.css$"');
    expect(text.slice(location?.start, location?.end)).toBe('location ~* "\\.css$" { expires 1d; }');
    expect(location?.args.map((arg) => text.slice(arg.start, arg.end))).toEqual(['~*', '"\\.css$"']);
    expect(parsed.comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# c']);
  });

  test('depth is bounded', () => {
    const deep = (directives: readonly Directive[]): number =>
      1 + Math.max(0, ...directives.map((one) => deep(one.block ?? [])));
    const parsed = read('a {'.repeat(100_000) + '}'.repeat(100_000) + ' listen 80;');
    expect(deep(parsed.tree.directives)).toBeLessThan(60);
    expect(parsed.tree.directives.at(-1)?.name).toBe('listen');
  });

  test('never throws, and offsets stay inside the text', () => {
    const piece = fc.constantFrom(
      'server',
      ' ',
      '{',
      '}',
      ';',
      '"',
      "'",
      '\\',
      '#',
      '\n',
      '${',
      '{{',
      '}}',
      '{%',
      '%}',
      '<%',
      '%>',
      'x_by_lua_block',
      '[[',
      '--',
      'ä😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const inside = (directives: readonly Directive[]): boolean =>
          directives.every(
            (one) =>
              0 <= one.start &&
              one.start <= one.headEnd &&
              one.headEnd <= one.end &&
              one.end <= text.length &&
              inside(one.block ?? []),
          );
        return inside(read(text).tree.directives);
      }),
      { numRuns: 2000 },
    );
  });
});
