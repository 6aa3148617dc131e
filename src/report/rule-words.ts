import { isUnknown } from '../location.js';
import type { Example, Rule } from '../rules/rule.js';

/** `warning, error where it hurts today`. */
export function levelsInWords({ level, worsens, eases }: Rule): string {
  return [
    level,
    ...(worsens === undefined ? [] : ['error where it hurts today']),
    ...(eases === undefined ? [] : ['note where it hardly matters']),
  ].join(', ');
}

const HOLE = /\{\{\s*([\w.]+)\s*\}\}/g;
const HOLE_AT_THE_END = /:\s*\{\{\s*([\w.]+)\s*\}\}$/;

/** A step as it holds for every place, and what the examples of the rule make of the part that depends on the place. */
export function stepsOf({ help, examples }: Rule): { readonly words: string; readonly examples: readonly string[] }[] {
  return help.map((step) => {
    const [, last] = HOLE_AT_THE_END.exec(step) ?? [];
    const values = last === undefined ? [] : examples.fail.map(({ subject }) => subject[last]);
    return {
      words: step.replace(HOLE_AT_THE_END, '').replace(HOLE, '<$1>'),
      examples: [...new Set(values.filter((value): value is string => typeof value === 'string' && value !== ''))],
    };
  });
}

/** What only the steps ask for is told with them, not once more with each example. */
export function exampleSubject({ subject }: Example, { help, message }: Rule): Example['subject'] {
  const asked = new Set(help.flatMap((step) => [...step.matchAll(HOLE)].map(([, name]) => name)));
  return Object.fromEntries(
    Object.entries(subject).filter(([name]) => !asked.has(name) || message.includes(`{{${name}}}`)),
  );
}

/** What an example shows, and the level where it differs from the rule's own. */
export function exampleTitle({ title, level }: Example): string {
  return level === undefined ? title : `${title} (${level})`;
}

/** `scope: process`, one for each property of an example; properties of the component carry its name in front. */
export function exampleProperties(subject: Example['subject'], prefix = ''): string[] {
  return Object.entries(subject).flatMap(([name, value]) => {
    if (isUnknown(value)) return [`${prefix}${name}: unknown (${value.unknown})`];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return exampleProperties(value as Record<string, unknown>, `${prefix}${name}.`);
    }
    return [`${prefix}${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`];
  });
}
