import { expect, test } from 'vitest';
import { directives } from '../src/rules/directives.js';
import type { Result } from '../src/rules/result.js';
import { suppress } from '../src/rules/suppress.js';
import { at, result, RULE } from './sample-audit.js';

const OTHER = { ...RULE, id: 'file-on-one-host', aliases: [] };
const rules = [RULE, OTHER];

function on(line: number, changes: Partial<Result> = {}): Result {
  return result({ location: at('a', line), ...changes });
}

function silence(lines: readonly string[], results: readonly Result[]) {
  return suppress(results, (path) => (path === 'a' ? lines.join('\n') : undefined), { rules });
}

test.each([
  ['#', 'x = 1  # scalecard-ignore session-on-one-instance: one host for now'],
  ['//', 'x(); // scalecard-ignore session-on-one-instance: one host for now'],
  [';', 'x = 1 ; scalecard-ignore session-on-one-instance: one host for now'],
  ['--', 'SELECT 1 -- scalecard-ignore session-on-one-instance: one host for now'],
  ['/* */', 'a {} /* scalecard-ignore session-on-one-instance: one host for now */'],
  ['{# #}', '{{ x }} {# scalecard-ignore session-on-one-instance: one host for now #}'],
  ['<!-- -->', '<p> <!-- scalecard-ignore session-on-one-instance: one host for now -->'],
  ['{{/* */}}', '{{/* scalecard-ignore session-on-one-instance: one host for now */}}'],
  ['no space', 'x #scalecard-ignore session-on-one-instance:one host for now'],
  ['an old id', 'x # scalecard-ignore sessions-on-one-instance: one host for now'],
  ['a list', 'x # scalecard-ignore file-on-one-host, session-on-one-instance: one host for now'],
  ['with the prefix', 'x # scalecard-ignore scalecard/session-on-one-instance: one host for now'],
  ['carriage return', 'x # scalecard-ignore session-on-one-instance: one host for now\r'],
  ['eslint', 'x(); // eslint-disable-line no-var, scalecard/session-on-one-instance -- one host for now'],
])('a comment on the line silences it: %s', (_, line) => {
  const { results, suppressed } = silence([line], [on(1)]);
  expect(results).toEqual([]);
  expect(suppressed[0]?.suppression?.justification).toBe('one host for now');
});

test('a comment alone on the lines before silences the next code line', () => {
  const lines = ['# scalecard-ignore session-on-one-instance: reason', '# that goes on', 'x = 1', 'y = 1'];
  expect(silence(lines, [on(3)]).suppressed).toHaveLength(1);
  expect(silence(lines, [on(4)]).suppressed).toHaveLength(0);
  const block = ['/*', ' * scalecard-ignore session-on-one-instance: reason', ' */', 'x();'];
  expect(silence(block, [on(4)]).suppressed).toHaveLength(1);
  const next = ['// eslint-disable-next-line scalecard/session-on-one-instance -- reason', 'x();', 'y();'];
  expect(silence(next, [on(2)]).suppressed).toHaveLength(1);
  expect(silence(next, [on(3)]).suppressed).toHaveLength(0);
  const behind = ['x = 1 # scalecard-ignore session-on-one-instance: reason', 'y = 1'];
  expect(silence(behind, [on(2)]).suppressed).toHaveLength(0);
  const separated = ['# scalecard-ignore session-on-one-instance: reason', '---', 'kind: x'];
  expect(silence(separated, [on(3)]).suppressed).toHaveLength(0);
});

test('a comment in the head silences a rule in the whole file, for absences', () => {
  const lines = [
    '#!/usr/bin/env python',
    '# scalecard-ignore-file session-on-one-instance: one host for good',
    ...Array<string>(50).fill(''),
  ];
  const { results, suppressed } = silence(lines, [on(1), on(40), on(40, { ruleId: OTHER.id })]);
  expect(suppressed).toHaveLength(2);
  expect(results).toEqual([on(40, { ruleId: OTHER.id })]);
  const late = [...Array<string>(20).fill(''), '# scalecard-ignore-file session-on-one-instance: too late'];
  expect(silence(late, [on(1)]).suppressed).toEqual([]);
});

test('without a reason it has no effect, and says so', () => {
  const { results, notifications } = silence(['x = 1  # scalecard-ignore session-on-one-instance'], [on(1)]);
  expect(results).toHaveLength(1);
  expect(notifications).toEqual([
    {
      level: 'warning',
      message: 'suppression without a reason has no effect; write "session-on-one-instance: reason"',
      location: at('a', 1, 8, 50),
    },
  ]);
  expect(silence(['x # scalecard-ignore session-on-one-instance:  '], [on(1)]).results).toHaveLength(1);
  expect(silence(['<x> <!-- scalecard-ignore session-on-one-instance: -->'], [on(1)]).results).toHaveLength(1);
  const eslint = silence(['// eslint-disable-next-line scalecard/session-on-one-instance', 'x'], [on(2)]);
  expect(eslint.notifications[0]?.message).toMatch(/write "scalecard\/session-on-one-instance -- reason"$/);
});

test('unknown rules and suppressions that nothing needs are told', () => {
  const lines = ['# scalecard-ignore session-on-one-instanc, file-on-one-host: reason', 'x = 1'];
  const { results, notifications } = silence(lines, [on(2)]);
  expect(results).toHaveLength(1);
  expect(notifications.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    'warning: suppression of an unknown rule "session-on-one-instanc"; did you mean "session-on-one-instance"?',
    'note: unused suppression: no result of file-on-one-host here',
  ]);
  const silent = suppress([], () => '# scalecard-ignore session-on-one-instance: gone', { rules, files: ['a'] });
  expect(silent.notifications[0]?.message).toBe('unused suppression: no result of session-on-one-instance here');
});

test.each([
  ['text in a string', `x = "scalecard-ignore session-on-one-instance: reason"`],
  ['prose in a comment', '# see scalecard-ignore session-on-one-instance: reason'],
  ['another word', '# not-scalecard-ignore-at-all session-on-one-instance: reason'],
  ['no id', '# scalecard-ignore'],
  ['rules of others', '// eslint-disable-line no-var -- scalecard'],
])('%s is no suppression', (_, line) => {
  expect(silence([line], [on(1)])).toEqual({ results: [on(1)], suppressed: [], notifications: [] });
});

test('files without results, unreadable files and hostile ones cost nothing', () => {
  expect(silence([], [on(1, { location: at('missing', 1) })]).results).toHaveLength(1);
  const start = performance.now();
  expect(directives('# scalecard-ignore a: b '.repeat(80_000), 'a').length).toBeLessThan(100);
  expect(directives('# scalecard-ignore a: b\n'.repeat(80_000), 'a')).toHaveLength(1000);
  expect(directives(`x ${' '.repeat(1_000_000)}# scalecard-ignore a: b`, 'a')).toHaveLength(0);
  expect(directives(`# scalecard-ignore ${'a,'.repeat(500_000)}`, 'a')).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(10_000);
});
