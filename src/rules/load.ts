import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { shipped } from '../members.js';
import { UsageError } from '../usage-error.js';
import { prepare } from './predicate.js';
import type { Category, Rule, RuleSet } from './rule.js';

/** The folder of the rules that ship with Scalecard. */
export const OWN_RULES = shipped('../rules');

/** What a file of a rule folder holds, before it was validated. */
export interface RuleFile {
  readonly file: string;
  readonly category: string;
  readonly content: unknown;
}

/** Reads `<folder>/<category>/<rule-id>.yaml`; links are not followed. Throws with the file's name, from `shownFrom`, where it is no YAML. */
export async function readRuleFolder(
  folder: string,
  shownFrom = folder,
): Promise<{ rules: RuleFile[]; categories: RuleFile[] }> {
  const { parseDocument, visit } = await import('yaml');
  const hasAlias = (document: Parameters<typeof visit>[0]): boolean => {
    let found = false;
    visit(document, {
      Alias: () => {
        found = true;
        return visit.BREAK;
      },
    });
    return found;
  };
  const rules: RuleFile[] = [];
  const categories: RuleFile[] = [];
  for (const category of folders(folder)) {
    for (const name of yamlFiles(join(folder, category))) {
      const file = join(folder, category, name);
      const document = parseDocument(readFileSync(file, 'utf8'));
      const [trouble] = document.errors;
      if (trouble !== undefined)
        throw new UsageError(`${relative(shownFrom, file)}: ${trouble.message.split('\n')[0] ?? ''}`);
      if (hasAlias(document)) throw new UsageError(`${relative(shownFrom, file)}: a rule cannot hold an alias`);
      const content: unknown = document.toJS();
      (name === 'category.yaml' ? categories : rules).push({ file, category, content });
    }
  }
  return { rules, categories };
}

/** What a file of a rule says; the rest of a rule follows from where it stands. */
type Written = Omit<Rule, 'file' | 'category' | 'aliases' | 'references' | 'examples'> & {
  readonly aliases?: readonly string[];
  readonly references?: readonly string[];
  readonly examples: Partial<Rule['examples']>;
};

/** Completes what a validated file says. */
export function ruleOf({ file, category, content }: RuleFile): Rule {
  const { aliases = [], references = [], examples, ...rest } = content as Written;
  return { ...rest, aliases, references, examples: { fail: [], pass: [], open: [], ...examples }, category, file };
}

export function categoryOf({ category, content }: RuleFile): Category {
  const { title, weight } = content as Omit<Category, 'id'>;
  return { id: category, title, weight };
}

/** Reads the rules that ship with Scalecard; they were validated by the tests. The build has read their YAML already. */
export async function ownRules(): Promise<RuleSet> {
  const built = shipped('rules.json');
  const { rules, categories } = existsSync(built)
    ? told(JSON.parse(readFileSync(built, 'utf8')) as RuleFile[])
    : await readRuleFolder(OWN_RULES);
  const complete = rules.map(ruleOf).sort((a, b) => (a.id < b.id ? -1 : 1));
  await prepare(complete);
  return {
    rules: complete,
    categories: categories.map(categoryOf).sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)),
  };
}

function told(files: readonly RuleFile[]): { rules: RuleFile[]; categories: RuleFile[] } {
  const isCategory = ({ file }: RuleFile): boolean => basename(file) === 'category.yaml';
  return { rules: files.filter((file) => !isCategory(file)), categories: files.filter(isCategory) };
}

export function ruleIdOf(file: string): string {
  return basename(file).replace(/\.ya?ml$/, '');
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

function folders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
