import { isUnknown } from '../../location.js';
import type { Category, Example, Rule } from '../../rules/rule.js';
import { generalStep } from '../text/help.js';
import { code, prose } from './escape.js';

/** The page of a rule, as `scalecard explain` prints it for the terminal. */
export function markdownRulePage(rule: Rule, category: Category | undefined): string {
  const { id, description, level, worsens, eases, weight, effort, why, help, examples, references, aliases } = rule;
  const levels = [
    level,
    ...(worsens ? ['error where it hurts today'] : []),
    ...(eases ? ['note where it hardly matters'] : []),
  ];
  const lines = [
    `# ${prose(id)}`,
    '',
    prose(description),
    '',
    `**Category** ${prose(category?.title ?? rule.category)} · **Level** ${levels.join(', ')} · **Weight** ${weight} · **Effort** ${effort}`,
    ...(aliases.length > 0 ? ['', `**Formerly** ${aliases.map(code).join(', ')}`] : []),
    ...section('Why', [prose(why)]),
    ...section(
      'What to do',
      help.map((step, index) => `${index + 1}. ${prose(generalStep(step))}`),
    ),
    ...section('Fails', examples.fail.flatMap(exampleLines)),
    ...section('Passes', examples.pass.flatMap(exampleLines)),
    ...section('Stays open', examples.open.flatMap(exampleLines)),
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

function exampleLines({ title, level, subject }: Example): string[] {
  const what = properties(subject).map(code).join(', ');
  return [`- ${prose(title)}${level === undefined ? '' : ` (${level})`}${what === '' ? '' : `: ${what}`}`];
}

/** `scope: process`; properties of the component carry its name in front. */
function properties(subject: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(subject).flatMap(([name, value]) => {
    if (isUnknown(value)) return [`${prefix}${name}: unknown (${value.unknown})`];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return properties(value as Record<string, unknown>, `${prefix}${name}.`);
    }
    return [`${prefix}${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`];
  });
}

/** Only what is plainly an address of the web becomes a link. */
function reference(text: string): string[] {
  return [/^https?:\/\/[\w./?=&%#~:+,;@-]+$/.test(text) ? `- <${text}>` : `- ${prose(text)}`];
}
