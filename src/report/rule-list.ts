import { harmless, withoutCommands } from '../harmless.js';
import type { RuleSet } from '../rules/rule.js';
import type { ReportOptions } from './report.js';
import { heading, padded, paperOf, paragraph } from './text/paper.js';
import { levelPaint } from './text/results.js';

/** All rules by category: what each asks for. */
export function ruleList({ rules, categories }: RuleSet, options: ReportOptions): string {
  const paper = paperOf(options);
  const { bold, dim } = paper.paint;
  const lines = categories.flatMap(({ id, title, weight }) => {
    const own = rules.filter(({ category }) => category === id);
    if (own.length === 0) return [];
    return [
      ...heading(paper, `${harmless(title).toUpperCase()} (weight ${weight})`),
      ...own.flatMap((rule) => [
        '',
        `  ${bold(padded(harmless(rule.id), 36))} ${levelPaint(paper, rule.level)(padded(rule.level, 8))} ${dim(`${rule.weight}, ${rule.effort}`)}`,
        ...paragraph(paper, rule.description, 4, dim),
      ]),
    ];
  });
  lines.push('', ...paragraph(paper, 'scalecard explain <rule> tells why, what to do, and what passes and fails.', 0));
  return `${withoutCommands(lines.join('\n').trimStart())}\n`;
}
