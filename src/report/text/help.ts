import type { Component } from '../../model/model.js';
import type { Group } from './ranking.js';

const HOLE = /:?\s*\{\{\s*([\w.]+)\s*\}\}/g;

/** A step without the part that depends on the place. */
export function generalStep(step: string): string {
  return step.replace(HOLE, '');
}

/** The smallest step against the results of a group, with what the first of them says about its place. */
export function firstStep({ rule, results }: Group, components: readonly Component[]): string | undefined {
  const step = rule?.help[0];
  const [result] = results;
  if (step === undefined || rule === undefined || result === undefined) return undefined;
  const component = components.find(({ name }) => name === result.component);
  const subject = component?.subjects.find(
    ({ fact }) => fact.kind === rule.subject && JSON.stringify(fact.location) === JSON.stringify(result.location),
  );
  return step.replace(HOLE, (hole: string, path: string) => {
    const value: unknown = subject?.fact.properties[path] ?? subject?.derived[path]?.value;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
    return hole.replace(/\{\{.*\}\}/, () => String(value));
  });
}
