import type { Component } from '../model/model.js';
import { isUnknown, type Maybe } from '../location.js';
import type { Scorecard } from '../score/scorecard.js';
import type { Audit } from './report.js';
import { count, percent } from './text/paper.js';

/** `72 of 100 (C), on 81 % decided`. */
export function scoreInWords({ value, grade, coverage }: Scorecard): string {
  if (value === null)
    return `no score: ${coverage === null ? 'nothing to judge was found' : 'nothing could be decided'}`;
  const decided = coverage === null ? '' : `, on ${percent(coverage)} decided`;
  const none = grade === null ? ': too little for a grade' : '';
  return `${Math.round(value)} of 100${grade === null ? '' : ` (${grade})`}${decided}${none}`;
}

/** What to make of it where there is no score; undefined where there is one. */
export function withoutScore({ inventory, scorecard: { value, coverage } }: Audit): string | undefined {
  if (value !== null) return undefined;
  const files = inventory.files.length;
  if (files === 0) return 'There is nothing to audit here: no file was found that could be read.';
  const why =
    coverage === null
      ? `${files} files were looked at; none of them starts, configures or deploys anything that Scalecard knows.`
      : 'Of what was found nothing could be decided; the reasons are listed.';
  return `${why} This is not a pass.`;
}

/** `3 errors · 1 note · 2 open`. */
export function countsInWords({ evaluation, notifications }: Audit): string {
  const fails = evaluation.results.filter(({ kind }) => kind === 'fail');
  const open = evaluation.results.length - fails.length;
  const parts = (['error', 'warning', 'note'] as const).flatMap((level) => {
    const number = fails.filter((result) => result.level === level).length;
    return number === 0 ? [] : [count(number, level)];
  });
  if (fails.length === 0) parts.push('no result');
  if (open > 0) parts.push(`${open} open`);
  if (evaluation.suppressed.length > 0) parts.push(`${evaluation.suppressed.length} suppressed`);
  if (notifications.length > 0) parts.push(count(notifications.length, 'notification'));
  return parts.join(' · ');
}

/** `2 to 4 instances × 3 processes`, as far as it is known. */
export function sizesInWords({ properties: { instances, instancesAtLeast, processes } }: Component): string {
  const most = known(instances.value);
  const least = known(instancesAtLeast.value);
  const each = known(processes.value);
  const parts: string[] = [];
  if (most !== undefined) {
    parts.push(
      least !== undefined && least < most ? `${least} to ${count(most, 'instance')}` : count(most, 'instance'),
    );
  }
  if (each !== undefined) parts.push(each === 1 ? '1 process' : `${each} processes`);
  return parts.join(' × ');
}

/** `up to 3 instances of web`; `name` as the format writes it. */
export function fitInWords(instances: number, name: string): string {
  return instances === 0 ? `not even 1 instance of ${name} fits` : `up to ${count(instances, 'instance')} of ${name}`;
}

function known<T>(value: Maybe<T>): T | undefined {
  return isUnknown(value) ? undefined : value;
}
