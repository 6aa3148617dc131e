import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { language } from '../src/parse/haproxy/index.js';

const read = (text: string) => language.parse(text, 'haproxy.cfg');

/** Sections as nested lists: quick to read, and everything but the offsets is in it. */
function plain(text: string): unknown[] {
  return read(text).tree.sections.map(({ keyword, args, lines }) => [
    [keyword, ...args.map((arg) => arg.text)].join(' '),
    ...lines.map((line) => [line.keyword, ...line.args.map((arg) => arg.text)]),
  ]);
}

describe('HAProxy', () => {
  const accepted: Record<string, { text: string; sections: unknown[] }> = {
    'sections and lines': {
      text: 'global\n  daemon\n\nbackend app\n\tserver a 10.0.0.1:80 check\n',
      sections: [
        ['global', ['daemon']],
        ['backend app', ['server', 'a', '10.0.0.1:80', 'check']],
      ],
    },
    'no indentation, and Windows line ends': {
      text: 'defaults\r\nmode http\r\nlisten web\r\nbind :80\r\n',
      sections: [
        ['defaults', ['mode', 'http']],
        ['listen web', ['bind', ':80']],
      ],
    },
    'quotes and escapes': {
      text: String.raw`global
  log-format "a b # c" 'd"e' f\ g\#h x"y"z`,
      sections: [['global', ['log-format', 'a b # c', 'd"e', 'f g#h', 'xyz']]],
    },
    comments: {
      text: '# one\nglobal # two\n  daemon# three\n',
      sections: [['global', ['daemon']]],
    },
    'lines before any section': { text: 'server a a:80\n', sections: [['', ['server', 'a', 'a:80']]] },
    'a tag is one word': {
      text: 'backend app\n  server {{ a }} {{ b }}:80\n',
      sections: [['backend app', ['server', '{{ a }}', '{{ b }}:80']]],
    },
    'conditions of HAProxy and of templates are no lines': {
      text: 'backend app\n.if defined(X)\n  server a a:80\n.endif\n{% for x in y %}\n  server b b:80\n{% endfor %}\n',
      sections: [['backend app', ['server', 'a', 'a:80'], ['server', 'b', 'b:80']]],
    },
  };
  test.each(Object.entries(accepted))('%s', (_, { text, sections }) => {
    expect(plain(text)).toEqual(sections);
  });

  test('places', () => {
    const text = '  backend app # x\n  server a a:80\n';
    const [section] = read(text).tree.sections;
    expect(text.slice(section?.start, section?.end)).toBe('backend app');
    const [line] = section?.lines ?? [];
    expect(text.slice(line?.start, line?.end)).toBe('server a a:80');
    expect(read(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# x']);
  });

  test('says which section a template writes', () => {
    const { tree, trouble } = read(
      'backend a\n{% for x in y %}\nserver {{ x }} x:80\n{% endfor %}\nbackend b\nserver c c:80\n',
    );
    expect(tree.sections.map(({ templated }) => templated)).toEqual([true, false]);
    expect(trouble.map(({ message }) => message)).toEqual([
      'the file is a template: its branches were read as if each applied',
    ]);
  });

  test('tells of a quote that is never closed', () => {
    expect(read('global\n log "x\n daemon\n').trouble).toEqual([{ message: 'the quote is never closed', offset: 12 }]);
    expect(plain('global\n log "x\n daemon\n')).toEqual([['global', ['log', 'x'], ['daemon']]]);
  });

  test('never throws, and its places lie in the text', () => {
    const piece = fc.constantFrom(
      ...[
        'backend',
        'listen',
        'server',
        'a',
        ' ',
        '\t',
        '\n',
        '\r',
        '"',
        "'",
        '\\',
        '#',
        '{{',
        '}}',
        '{%',
        '.if',
        ':80',
        '\u0000',
        'é',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { tree, comments, trouble } = read(text);
        for (const { start, end, lines } of tree.sections) {
          for (const range of [{ start, end }, ...lines, ...lines.flatMap(({ args }) => args), ...comments]) {
            expect(range.start).toBeLessThanOrEqual(range.end);
            expect(range.end).toBeLessThanOrEqual(text.length);
          }
        }
        for (const { offset } of trouble) expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test.each(['"', "'", '\\', '{{', '{{ }} ', '#', 'backend a\n', 'server a a:80 ', '.if '])(
    'takes a time that grows with the text: %j',
    (piece) => {
      const before = performance.now();
      read(piece.repeat(Math.ceil(300_000 / piece.length)));
      expect(performance.now() - before).toBeLessThan(1500);
    },
  );
});
