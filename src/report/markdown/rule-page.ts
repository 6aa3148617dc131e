import type { Category, Example, Rule } from '../../rules/rule.js';
import { exampleProperties, exampleSubject, exampleTitle, levelsInWords, stepsOf } from '../rule-words.js';
import { code, prose } from './escape.js';

/** The page of a rule, as `scalecard explain` prints it for the terminal. */
export function markdownRulePage(rule: Rule, category: Category | undefined): string {
  const { id, description, weight, effort, why, examples, references, aliases } = rule;
  const lines = [
    `# ${prose(id)}`,
    '',
    prose(description),
    '',
    `**Category** ${prose(category?.title ?? rule.category)} · **Level** ${levelsInWords(rule)} · **Weight** ${weight} · **Effort** ${effort}`,
    ...(aliases.length > 0 ? ['', `**Formerly** ${aliases.map(code).join(', ')}`] : []),
    ...section('Why', [prose(why)]),
    ...section(
      'What to do',
      stepsOf(rule).flatMap((step, index) => [
        `${index + 1}. ${prose(step.words)}`,
        ...step.examples.map((example) => `   - ${code(example)}`),
      ]),
    ),
    ...section(
      'Fails',
      examples.fail.flatMap((example) => exampleLines(example, rule)),
    ),
    ...section(
      'Passes',
      examples.pass.flatMap((example) => exampleLines(example, rule)),
    ),
    ...section(
      'Stays open',
      examples.open.flatMap((example) => exampleLines(example, rule)),
    ),
    ...section('Read more', references.flatMap(reference)),
    ...section('Silence it', [
      `In one place, with a comment on the line or above it: ${code(`# scalecard-ignore ${id}: the reason`)}.`,
      `Everywhere, in ${code('scalecard.yaml')} under ${code('rules:')}: ${code(`${id}: off`)}.`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function exampleLines(example: Example, rule: Rule): string[] {
  const what = exampleProperties(exampleSubject(example, rule)).map(code).join(', ');
  return [`- ${prose(exampleTitle(example))}${what === '' ? '' : `: ${what}`}`];
}

/** Only what is plainly an address of the web becomes a link. */
function reference(text: string): string[] {
  return [/^https?:\/\/[\w./?=&%#~:+,;@-]+$/.test(text) ? `- <${text}>` : `- ${prose(text)}`];
}
