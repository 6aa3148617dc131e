import { harmless } from '../harmless.js';
import { didYouMean } from '../nearest.js';
import { rulePage } from '../report/rule-page.js';
import { ownRules } from '../rules/load.js';
import { UsageError } from '../usage-error.js';
import { print } from './print.js';
import { terminalOptions } from './terminal.js';

/** Prints a rule's page; it comes with the program, so this works without a network. */
export async function explain(id: string, flags: { color: boolean }): Promise<number> {
  const { rules, categories } = await ownRules();
  const wanted = id.replace(/^scalecard\//, '');
  const rule = rules.find((one) => one.id === wanted || one.aliases.includes(wanted));
  if (rule === undefined) {
    const meant = didYouMean(
      wanted,
      rules.flatMap((one) => [one.id, ...one.aliases]),
    );
    const alike = rules.filter((one) => wanted.length > 2 && one.id.includes(wanted)).map((one) => one.id);
    const listed = alike.length === 0 ? '"scalecard rules" lists them' : `these are alike: ${alike.join(', ')}`;
    throw new UsageError(harmless(`unknown rule "${wanted}"${meant || `; ${listed}`}`));
  }
  const category = categories.find((one) => one.id === rule.category);
  await print(rulePage(rule, category, terminalOptions(process.stdout, flags.color)));
  return 0;
}
