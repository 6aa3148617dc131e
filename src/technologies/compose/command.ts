import { isUnknown } from '../../location.js';
import { isScalar, items, string } from '../../parse/yaml/read.js';
import { words } from '../../parse/shell/words.js';
import { interpolated } from './interpolated.js';
import { field, type Found, type Service } from './services.js';

export interface Command {
  readonly words: readonly string[];
  readonly pair: Found;
}

/** The words of `command` or `entrypoint`, and the pair they stand in. A text is split without a shell. */
export function commandOf(service: Service, key: 'command' | 'entrypoint'): Command | undefined {
  const found = field(service, key);
  if (found === undefined) return undefined;
  if (isScalar(found.value)) return { words: words(written(found.value.text)), pair: found };
  return { words: items(found.value).map((item) => written(string(item) ?? '')), pair: found };
}

/** A word whose variables nobody sets stays as it is written, as in shells. */
function written(text: string): string {
  const value = interpolated(text);
  return isUnknown(value) ? text.replaceAll('$$', '$') : value;
}
