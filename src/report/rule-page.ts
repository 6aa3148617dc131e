import { harmless, withoutCommands } from '../harmless.js';
import type { Category, Example, Rule } from '../rules/rule.js';
import type { ReportOptions } from './report.js';
import { exampleProperties, exampleSubject, exampleTitle, levelsInWords, stepsOf } from './rule-words.js';
import { ends, paperOf, paragraph, type Paper } from './text/paper.js';

/** Everything that is known about a rule, for the terminal. */
export function rulePage(rule: Rule, category: Category | undefined, options: ReportOptions): string {
  const paper = paperOf(options);
  const { bold, dim, cyan } = paper.paint;
  const title = category?.title ?? rule.category;
  const lines = [
    ...ends(paper, bold(harmless(rule.id)), dim(harmless(title))),
    ...paragraph(paper, rule.description, 0),
    '',
    ...row(paper, 'level', levelsInWords(rule)),
    ...row(paper, 'weight', rule.weight),
    ...row(paper, 'effort', rule.effort),
    ...row(
      paper,
      'judges',
      rule.subject === 'component' ? 'each component' : `each ${rule.subject.replaceAll('-', ' ')} of a component`,
    ),
    ...(rule.aliases.length > 0 ? row(paper, 'formerly', rule.aliases.join(', ')) : []),
    ...section(paper, 'Why', paragraph(paper, rule.why, 2)),
    ...section(
      paper,
      'What to do',
      stepsOf(rule).flatMap((step, index) => [
        ...paragraph(paper, step.words, 5, undefined, `  ${index + 1}.`),
        ...step.examples.flatMap((example, at) =>
          paragraph(paper, example, 10, cyan, `     ${dim(at === 0 ? 'e.g.' : 'or')}`),
        ),
      ]),
    ),
    ...section(paper, 'Fails', examples(paper, rule, rule.examples.fail)),
    ...section(paper, 'Passes', examples(paper, rule, rule.examples.pass)),
    ...section(paper, 'Stays open', examples(paper, rule, rule.examples.open)),
    ...section(
      paper,
      'Read more',
      rule.references.map((reference) => `  ${cyan(harmless(reference))}`),
    ),
    ...section(paper, 'Silence it', [
      `  ${dim('in one place, with a comment on the line or above it:')}`,
      `    # scalecard-ignore ${harmless(rule.id)}: the reason`,
      `  ${dim('everywhere, in scalecard.yaml:')}`,
      `    rules:`,
      `      ${harmless(rule.id)}: off`,
    ]),
  ];
  return `${withoutCommands(lines.join('\n'))}\n`;
}

function row(paper: Paper, label: string, text: string): string[] {
  return paragraph(paper, text, 12, undefined, `  ${label}`);
}

function section(paper: Paper, title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', paper.paint.bold(title), ...lines];
}

function examples(paper: Paper, rule: Rule, list: readonly Example[]): string[] {
  return list.flatMap((example) => [
    ...paragraph(paper, exampleTitle(example), 4, undefined, '  -'),
    ...exampleProperties(exampleSubject(example, rule)).flatMap((property) =>
      paragraph(paper, property, 6, paper.paint.dim),
    ),
  ]);
}
