import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { DotenvTree } from '../../parse/dotenv/entry.js';
import { interpolate } from '../../parse/shell/parameter.js';

/** Variables of a file that a deployment may hand to a container. One that only shows what could be set counts where it is handed on as it is. */
export function* fromDocument(document: Document<DotenvTree>): Generator<Stated> {
  if (!isEnvironmentFile(document.path)) return;
  const before = new Map<string, Maybe<string>>();
  for (const { name, value, valueRange, quotes } of document.tree.entries) {
    const stated = quotes === 'single' ? value : interpolated(value, before);
    before.set(name, stated);
    yield state(environmentVariable, locate(document, valueRange), {
      set: `file:${document.path}`,
      name,
      value: stated,
    });
  }
}

function isEnvironmentFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !/\.(?:md|py|js|mjs|cjs|ts|sh|ya?ml|json|toml|ini|txt|patch)$/i.test(name);
}

/** `${NAME}` takes a variable before it in the file, else one of the machine, which is not known here. */
function interpolated(value: string, before: ReadonlyMap<string, Maybe<string>>): Maybe<string> {
  if (!value.includes('$')) return value;
  const lookup = (name: string): string | null | undefined => {
    const found = before.get(name);
    return found === undefined ? undefined : isUnknown(found) ? null : found;
  };
  const { text, missing } = interpolate(value, lookup, '\\$');
  const [name] = missing;
  if (name === undefined) return text;
  const reason = `depends on ${name}, which only the machine could set`;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? unknown(reason, [text]) : unknown(reason);
}
