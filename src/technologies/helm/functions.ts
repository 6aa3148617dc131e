import { functions as collections } from './functions/collections.js';
import { functions as encoded } from './functions/encoded.js';
import type { GoFunction } from './functions/functions.js';
import { functions as logic } from './functions/logic.js';
import { functions as numbers } from './functions/numbers.js';
import { functions as texts } from './functions/text.js';
import { functions as versions } from './functions/versions.js';

/** https://masterminds.github.io/sprig/ and https://helm.sh/docs/chart_template_guide/function_list/, what charts use of them. */
const ALL = new Map<string, GoFunction>([...collections, ...encoded, ...logic, ...numbers, ...texts, ...versions]);

/** These give something although one of their arguments is not known. */
const BRAVE = new Set(
  'eq ne not default coalesce ternary any all empty required list tuple dict set get hasKey pick omit merge mergeOverwrite append prepend concat deepCopy index dig first last toYaml toJson toPrettyJson toRawJson print println printf cat quote squote indent nindent trim join kindOf kindIs typeOf typeIs typeIsLike deepEqual has without compact uniq values pluck without fail lookup len'.split(
    ' ',
  ),
);

export interface Known {
  readonly call: GoFunction;
  readonly brave: boolean;
}

/** `mustToJson` differs from `toJson` in what it does with errors. */
export function functionNamed(written: string): Known | undefined {
  const bare = /^must([A-Z])(.*)$/.exec(written);
  const name = bare === null ? written : `${bare[1]?.toLowerCase() ?? ''}${bare[2] ?? ''}`;
  const call = ALL.get(written) ?? ALL.get(name);
  return call === undefined ? undefined : { call, brave: BRAVE.has(name) };
}
