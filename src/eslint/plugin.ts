import { readFileSync } from 'node:fs';
import type { ESLint, Linter, Rule } from 'eslint';
import { shipped } from '../members.js';
import { ignores, OWN_RULES, recommended } from './configs.js';
import { fileLanguage } from './file-language.js';
import { FILE_LANGUAGES } from './languages.js';
import { aliasOf, engineRule, projectRules, ruleOf, suppressionRule } from './rule.js';
import { shippedRules } from './shipped-rules.js';

const { version } = JSON.parse(readFileSync(shipped('../package.json'), 'utf8')) as { version: string };
const known = shippedRules();

const rules: Record<string, Rule.RuleModule> = {
  ...Object.fromEntries(known.flatMap((rule) => rule.aliases.map((alias) => [alias, aliasOf(rule, alias)]))),
  ...Object.fromEntries(known.map((rule) => [rule.id, ruleOf(rule)])),
  [OWN_RULES.engine]: engineRule,
  [OWN_RULES.suppression]: suppressionRule,
  [OWN_RULES.projectRules]: projectRules(new Set(known.map(({ id }) => id))),
};

const configs: Record<string, Linter.Config | Linter.Config[]> = {};

/** The one object of its kind: ESLint refuses two plugins under one name. */
const plugin: ESLint.Plugin = {
  meta: { name: 'eslint-plugin-scalecard', version, namespace: 'scalecard' },
  languages: Object.fromEntries(FILE_LANGUAGES.map((language) => [language.id, fileLanguage(language)])),
  rules,
  configs,
};
configs.recommended = recommended(plugin, known);
configs.ignores = ignores;

export default plugin;
