import type { ReportingDescriptor } from 'sarif';
import { harmless } from '../../harmless.js';
import type { Category, Rule } from '../../rules/rule.js';
import { markdownRulePage } from '../markdown/rule-page.js';
import { rulePage } from '../rule-page.js';

/** GitHub cuts descriptions there (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning). */
const LONGEST_DESCRIPTION = 1024;

/** GitHub's word for the level of a rule. */
const SEVERITIES = { error: 'error', warning: 'warning', note: 'recommendation' } as const;

/** A rule as code scanning shows it. It has no page on the web, so `help` holds all of it. */
export function sarifRule(rule: Rule, category: Category | undefined): ReportingDescriptor {
  const words = rule.id.split('-');
  const sentence = `${words.join(' ').replace(/^./, (first) => first.toUpperCase())}.`;
  return {
    id: rule.id,
    name: words.map((word) => word.replace(/^./, (first) => first.toUpperCase())).join(''),
    ...(rule.aliases.length > 0 && { deprecatedIds: [...rule.aliases] }),
    // The id states the problem; the description of a rule states what would be right.
    shortDescription: { text: sentence },
    fullDescription: { text: harmless(`${rule.why} Wanted: ${rule.description}`).slice(0, LONGEST_DESCRIPTION) },
    help: {
      text: rulePage(rule, category, { colour: false, width: 100 }),
      markdown: markdownRulePage(rule, category),
    },
    defaultConfiguration: { level: rule.level },
    properties: {
      tags: ['scalability', rule.category],
      // What is not sure is an open result and no failed one.
      precision: 'high',
      'problem.severity': SEVERITIES[rule.level],
      category: rule.category,
      effort: rule.effort,
      weight: rule.weight,
    },
  };
}
