import { harmless } from '../harmless.js';
import { UsageError } from '../usage-error.js';

/** `--format` and `--output` in the order in which they were given. */
export type OutputFlag =
  { readonly flag: 'format'; readonly value: string } | { readonly flag: 'output'; readonly value: string };

/** One report; no file means standard output. */
export interface Output {
  readonly format: string;
  readonly file?: string;
}

/** Pairs each `--output` with the `--format` before it, or after it where none stands before. */
export function outputsOf(flags: readonly OutputFlag[]): readonly Output[] {
  const outputs: Output[] = [];
  let waiting: string | undefined;
  for (const { flag, value } of flags) {
    const last = outputs.at(-1);
    if (flag === 'format') {
      outputs.push(waiting === undefined ? { format: value } : { format: value, file: waiting });
      waiting = undefined;
    } else if (last !== undefined && last.file === undefined) outputs[outputs.length - 1] = { ...last, file: value };
    else if (waiting === undefined) waiting = value;
    else throw new UsageError(harmless(`--output ${value}: each --output needs a --format of its own`));
  }
  if (waiting !== undefined) {
    if (outputs.length > 0) throw new UsageError(harmless(`--output ${waiting}: which --format goes there?`));
    outputs.push({ format: 'text', file: waiting });
  }
  if (outputs.length === 0) outputs.push({ format: 'text' });
  const printed = outputs.filter(({ file }) => file === undefined || file === '-');
  if (printed.length > 1) {
    const names = printed.map(({ format }) => format).join(' and ');
    throw new UsageError(harmless(`${names} cannot both go to standard output; give one of them an --output FILE`));
  }
  return outputs.map((output) => (output.file === '-' ? { format: output.format } : output));
}
