import type { Result } from '../rules/result.js';

/** Reasons are read no further than they are shown; what comes of a hostile repository is longer. */
const LONGEST = 1500;
const MOST_VARIABLES = 4;

const NAME = '[A-Z][A-Z0-9_]*';
const VARIABLE = new RegExp(`\\bvariable (${NAME})\\b`, 'g');
const SETTING = new RegExp(`\\boption (${NAME}) is required and set nowhere\\b`, 'g');
/** The reasons of src/model/join.ts: variables, and the files that may set them. */
const FROM_FILE = new RegExp(
  `\\b((?:${NAME}, ){0,20}${NAME}): ([^:;]{1,200}), which the repository does not hold, may set it`,
  'g',
);
const SIZE = /\bnumber of (?:instances|processes)\b/;

/** How whoever runs Scalecard can decide what the repository leaves open; undefined where only its code could. */
export function whatTells({ message, component }: Result): string | undefined {
  const reasons = message.slice(0, LONGEST);
  const names = new Set([...reasons.matchAll(VARIABLE), ...reasons.matchAll(SETTING)].map(([, name = '']) => name));
  const files = new Set<string>();
  for (const [, listed = '', file = ''] of reasons.matchAll(FROM_FILE)) {
    for (const name of listed.split(', ')) names.add(name);
    files.add(file);
  }
  if (names.size > 0) {
    const flags = [...names].slice(0, MOST_VARIABLES).map((name) => `--env ${name}=VALUE`);
    return `tell it with ${flags.join(' ')}${files.size === 0 ? '' : `, or with -e FILE and what ${[...files].join(' and ')} holds in production`}`;
  }
  if (SIZE.test(reasons)) return `tell it in scalecard.yaml: components: { ${component}: { instances: 2 } }`;
  return undefined;
}
