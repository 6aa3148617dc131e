import { readFileSync } from 'node:fs';
import { shipped } from '../members.js';
import type { RuleLevel } from '../rules/rule.js';

/** What ESLint must know of a rule before anything is audited. */
export interface ShippedRule {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly level: RuleLevel;
  readonly description: string;
}

/** The rules as the build has read them: importing the plugin must be cheap, so no YAML and no schema is loaded for it. */
export function shippedRules(): readonly ShippedRule[] {
  const files = JSON.parse(readFileSync(shipped('rules.json'), 'utf8')) as readonly {
    readonly content: Partial<ShippedRule>;
  }[];
  return files.flatMap(({ content: { id, aliases = [], level = 'warning', description = '' } }) =>
    // What has no id is the title of a category.
    id === undefined ? [] : [{ id, aliases, level, description }],
  );
}
