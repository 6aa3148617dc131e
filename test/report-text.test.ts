import { expect, test } from 'vitest';
import type { Location } from '../src/location.js';
import { report } from '../src/report/text.js';
import { frame } from '../src/report/text/frame.js';
import { paperOf } from '../src/report/text/paper.js';
import { at, because, component, result, RULE, sampleAudit, web, type SampleChanges } from './sample-audit.js';

const plain = { colour: false, width: 80 };

function text(changes: SampleChanges = {}, options = plain): string {
  return report(sampleAudit(changes), options);
}

test('the whole report', async () => {
  await expect(text()).toMatchFileSnapshot('snapshots/report-text.txt');
});

test('colours only on request, and they change nothing but colour', () => {
  const coloured = text({}, { colour: true, width: 80 });
  expect(text()).not.toContain('\u001b');
  expect(coloured).toContain('\u001b[31m');
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(text());
});

test.each([72, 80, 100, 120])('no prose is wider than %i columns', (width) => {
  const longest = Math.max(
    ...text({}, { colour: false, width })
      .split('\n')
      .map((line) => line.length),
  );
  expect(longest).toBeLessThanOrEqual(width);
});

test('the worst rule comes first, why stands once per rule, and many results do not bury the rest', () => {
  const many = Array.from({ length: 40 }, (_, i) =>
    result({ level: 'warning', location: at('shop/settings.py', i + 1) }),
  );
  const printed = text({ results: [...many, result({ level: 'note', ruleId: 'some-note' }), result()] });
  expect(printed.indexOf('ERROR  session')).toBeLessThan(printed.indexOf('WARNING  session'));
  expect(printed.indexOf('WARNING  session')).toBeLessThan(printed.indexOf('NOTE  some-note'));
  expect(printed.split('The next request of a user').length).toBe(2);
  expect(printed).toContain('and 17 more; --format json lists them');
});

test('what is shown without its code says what it is, unless that was said before', () => {
  const many = Array.from({ length: 6 }, (_, i) =>
    result({ location: at('app.js', i + 1), message: `The limit "${i < 5 ? 'a' : 'b'}" is counted.` }),
  );
  const printed = text({ results: many });
  expect(printed.split('The limit "a" is counted.').length).toBe(4);
  expect(printed).toMatch(/app\.js:6:1 in [^\n]+\n {6}The limit "b" is counted\.\n/);
});

test('nothing to judge is said, and is no score', () => {
  const nothing = { value: null, grade: null, coverage: null, categories: [] };
  const empty = { scorecard: nothing, components: [], headroom: [], results: [], notifications: [] };
  expect(text({ ...empty, files: {} })).toMatch(
    /No score: nothing to judge was found.[^]*no file was found that could be read/,
  );
  expect(text(empty)).toMatch(/3 files were looked at;[^]*This is not a\s+pass/);
});

test('what the repository says cannot steer the terminal or the build server', () => {
  const evil = 'a\u001b]0;title\u0007\u009b31m\u202e\u2066b\n::error::c\r##[error]d##vso[task]\u200b\u{e0041}';
  const place: Location = at(evil, 2, 1, 4);
  const plainWeb = web();
  const printed = text({
    files: { [evil]: `x\n${evil}\n${evil}` },
    results: [
      result({
        message: evil,
        location: place,
        relatedLocations: [because(evil, place)],
        component: evil,
        alsoIn: [evil],
        ruleId: evil,
      }),
      result({ message: `${evil} open`, location: place, kind: 'open', level: 'none' }),
    ],
    components: [
      { ...component(evil, 'unknown'), directory: evil },
      component(evil, 'unknown'),
      { ...plainWeb, audience: { unknown: evil } },
    ],
    headroom: [{ limit: evil, component: evil, instances: 2, arithmetic: evil, locations: [because(evil, place)] }],
    notifications: [{ level: 'error', message: evil, location: place }],
  });
  expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\u{e0041}]/u);
  expect(printed).not.toMatch(/^\s*::/m);
  expect(printed).not.toMatch(/##(\w*)\[/);
  expect(printed).toContain('\\x1b]0;title\\x07\\x9b31m\\u{202e}\\u{2066}b');
});

const paper = paperOf(plain);

test('a frame underlines what the region says', () => {
  const lines = ['one', '\tname = "wert"', 'three', 'four', 'five'].join('\r\n');
  expect(frame(paper, lines, at('f', 2, 9, 15), 2)).toEqual([
    '    1 │ one',
    '  > 2 │     name = "wert"',
    '      │            ^^^^^^',
    '    3 │ three',
    '    4 │ four',
  ]);
});

test('wide letters are counted as wide, empty regions get one caret', () => {
  expect(frame(paper, '名前 = x', at('f', 1, 6, 7), 0)[1]).toBe('    │        ^');
  expect(frame(paper, 'ab', at('f', 1, 2, 2), 0)[1]).toBe('    │  ^');
});

test('a region of several lines is marked, a long one in its first lines', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`).join('\n');
  const drawn = frame(paper, lines, at('f', 3, 1, 2, 18), 0);
  expect(drawn.filter((line) => line.startsWith('>'))).toHaveLength(6);
  expect(drawn).toContain('    │ ^^^^^^');
});

test('a minified line is cut around the place', () => {
  const drawn = frame(paper, `${'a'.repeat(500_000)}HERE${'b'.repeat(500_000)}`, at('f', 1, 500_001, 500_005), 2);
  const [line = '', carets = ''] = drawn;
  expect(line.length).toBeLessThanOrEqual(80);
  expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('HERE');
});

test('no frame where there is nothing to show', () => {
  expect(frame(paper, undefined, at('f', 1), 0)).toEqual([]);
  expect(frame(paper, 'x', at('f', 1), 0)).toEqual([]);
  expect(frame(paper, 'x', at('f', 9), 0)).toEqual([]);
  expect(frame(paper, '', at('f', 1, 2, 3), 0)).toEqual(['> 1 │', '    │ ^']);
});

test('the rule of a result may be unknown to the set', () => {
  expect(text({ results: [result({ ruleId: 'gone' })] })).toContain('ERROR  gone');
  expect(RULE.id).toBe('session-on-one-instance');
});
