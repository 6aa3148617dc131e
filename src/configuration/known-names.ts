import type { Configuration } from '../configuration.js';
import { harmless } from '../harmless.js';
import type { Location, Notification } from '../location.js';
import { didYouMean } from '../nearest.js';
import type { RuleSet } from '../rules/rule.js';
import { UsageError } from '../usage-error.js';
import { escapePointer } from './pointer.js';

type Levels = Configuration['rules'];

/** Refuses rule ids that nobody has, and puts the present id where an old one stands. */
export function withKnownRules(configuration: Configuration, ruleSet: Pick<RuleSet, 'rules'>): Configuration {
  const present = new Map<string, string>();
  for (const rule of ruleSet.rules) for (const id of [rule.id, ...rule.aliases]) present.set(id, rule.id);
  const wrong: string[] = [];

  const known = (levels: Levels, pointer: string): Levels =>
    Object.fromEntries(
      Object.entries(levels).map(([id, level]) => {
        const rule = present.get(id);
        if (rule === undefined) {
          const place = placed(configuration.places?.get(`${pointer}/${escapePointer(id)}`));
          wrong.push(harmless(`${place}unknown rule "${id}"${didYouMean(id, present.keys())}`));
        }
        return [rule ?? id, level];
      }),
    );

  const rules = known(configuration.rules, '/rules');
  const components = Object.fromEntries(
    Object.entries(configuration.components).map(([name, component]) => [
      name,
      component.rules === undefined
        ? component
        : { ...component, rules: known(component.rules, `/components/${escapePointer(name)}/rules`) },
    ]),
  );
  if (wrong.length > 0) throw new UsageError(...wrong);
  return { ...configuration, rules, components };
}

function placed(location: Location | undefined): string {
  return location === undefined ? '' : `${location.uri}:${location.region.startLine}:${location.region.startColumn}: `;
}

/** Components that the configuration names and the model lacks: perhaps renamed since, so a notification and no error. */
export function unknownComponents(configuration: Configuration, names: Iterable<string>): Notification[] {
  const present = new Set(names);
  return Object.keys(configuration.components)
    .filter((name) => !present.has(name))
    .map((name) => {
      const location = configuration.places?.get(`/components/${escapePointer(name)}`);
      const message = `unknown component "${name}" in the configuration${didYouMean(name, present)}`;
      return location === undefined ? { level: 'warning', message } : { level: 'warning', message, location };
    });
}
