import { ruleList } from '../report/rule-list.js';
import { harmlessJson } from '../harmless.js';
import { ownRules } from '../rules/load.js';
import { print } from './print.js';
import { terminalOptions } from './terminal.js';

/** Lists the rules that come with the program. */
export async function rules(flags: { format: 'text' | 'json'; color: boolean }): Promise<number> {
  const ruleSet = await ownRules();
  if (flags.format === 'text') {
    await print(ruleList(ruleSet, terminalOptions(process.stdout, flags.color)));
    return 0;
  }
  const list = ruleSet.rules.map(({ id, category, level, weight, effort, subject, description, aliases }) => {
    return { id, category, level, weight, effort, subject, description, aliases };
  });
  const categories = ruleSet.categories.map(({ id, title, weight }) => ({ id, title, weight }));
  await print(harmlessJson(`${JSON.stringify({ categories, rules: list }, null, 2)}\n`));
  return 0;
}
