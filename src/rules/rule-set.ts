import { relative } from 'node:path';
import { UsageError } from '../usage-error.js';
import type { Vocabulary } from './evaluate.js';
import { categoryOf, ownRules, readRuleFolder, ruleOf } from './load.js';
import { prepare } from './predicate.js';
import type { RuleSet } from './rule.js';

/** Adds the rules of a user's folders to ours. They are held to the same validation; what is wrong with them is thrown all at once. */
export async function withRuleFolders(
  folders: readonly string[],
  root: string,
  vocabulary: Vocabulary,
): Promise<RuleSet> {
  const own = await ownRules();
  if (folders.length === 0) return own;
  const { validateCategories, validateRules } = await import('./validate.js');
  const rules = [...own.rules];
  const categories = new Map(own.categories.map((category) => [category.id, category]));
  for (const folder of folders) {
    const files = await readRuleFolder(folder, root);
    const taken = new Set(rules.flatMap((rule) => [rule.id, ...rule.aliases]));
    const troubles = [
      ...(await validateRules(files.rules, vocabulary, taken)),
      ...validateCategories(files.categories),
    ];
    if (troubles.length > 0)
      throw new UsageError(...troubles.map(({ file, message }) => `${relative(root, file)}: ${message}`));
    const more = files.rules.map(ruleOf);
    await prepare(more);
    rules.push(...more);
    for (const category of files.categories.map(categoryOf)) categories.set(category.id, category);
    for (const { category } of files.rules) {
      if (!categories.has(category))
        throw new UsageError(
          `${relative(root, folder)}/${category}: a new category needs a category.yaml with title and weight`,
        );
    }
  }
  return { rules: rules.sort((a, b) => (a.id < b.id ? -1 : 1)), categories: [...categories.values()] };
}
