import { stringOf } from '../formatted.js';
import { dict, flag, isMarked, NIL, numeral, text, unread } from '../value.js';
import type { Functions, GoFunction } from './functions.js';

type Version = readonly [number, number, number];

function versionOf(written: string): Version | undefined {
  const match = /^\s*v?(\d{1,9})(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?/.exec(written);
  if (match === null) return undefined;
  const part = (one: string | undefined): number => (one !== undefined && /^\d/.test(one) ? Number(one) : 0);
  return [part(match[1]), part(match[2]), part(match[3])];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** What https://github.com/Masterminds/semver makes of a constraint, without versions before a release. */
function satisfies(version: Version, constraint: string): boolean | undefined {
  const choices = constraint.split('||').map((choice) => {
    const parts = [...choice.matchAll(/(>=|<=|!=|=>|=<|[<>=~^])?\s*(v?\d[\w.*+-]*|\*)/g)];
    if (parts.length === 0) return undefined;
    return parts.every(([, sign = '=', written = '']) => {
      if (written === '*') return true;
      const wanted = versionOf(written) ?? [0, 0, 0];
      const order = compare(version, wanted);
      const isWhole = /^v?\d+\.\d+\.\d+/.test(written);
      const alike = version[0] === wanted[0] && (!/^v?\d+\.\d/.test(written) || version[1] === wanted[1]);
      if (sign === '^')
        return order >= 0 && (wanted[0] > 0 ? version[0] === wanted[0] : version[0] === 0 && version[1] === wanted[1]);
      if (sign === '~') return order >= 0 && alike;
      if (sign === '>=' || sign === '=>') return order >= 0;
      if (sign === '<=' || sign === '=<') return order <= 0 || (!isWhole && alike);
      if (sign === '>') return isWhole ? order > 0 : order > 0 && !alike;
      if (sign === '<') return order < 0;
      const same = isWhole ? order === 0 : alike;
      return sign === '!=' ? !same : same;
    });
  });
  return choices.includes(undefined) ? undefined : choices.includes(true);
}

const semverCompare: GoFunction = ([constraint = NIL, version = NIL], tools) => {
  const [wanted, written] = [stringOf(constraint, tools).slice(0, 200), stringOf(version, tools).slice(0, 200)];
  const parsed = isMarked(wanted + written) ? undefined : versionOf(written);
  const answer = parsed === undefined ? undefined : satisfies(parsed, wanted);
  return answer === undefined ? unread('depends on a version that is not known') : flag(answer);
};

const semver: GoFunction = ([version = NIL], tools) => {
  const written = stringOf(version, tools).slice(0, 200);
  const parsed = isMarked(written) ? undefined : versionOf(written);
  if (parsed === undefined) return unread('a version that is not known');
  return dict([
    ['Major', numeral(parsed[0])],
    ['Minor', numeral(parsed[1])],
    ['Patch', numeral(parsed[2])],
    ['Prerelease', text(/-([\w.-]+)/.exec(written)?.[1] ?? '')],
    ['Metadata', text('')],
    ['Original', text(written)],
  ]);
};

export const functions: Functions = new Map<string, GoFunction>([
  ['semverCompare', semverCompare],
  ['semver', semver],
]);
