import type { Inventory } from '../../discover/inventory.js';
import type { Chart } from './charts.js';
import { dict, list, text, unread, withoutMarks, type Dict, type Method, type Value } from './value.js';

/** Files that one pattern gives, and letters of one file. */
const MOST_FILES = 200;
const LONGEST = 200_000;

function written(value: Value | undefined): string {
  return value?.kind === 'text' ? value.pieces.map((piece) => piece.text).join('') : '';
}

/** `.Files`, https://helm.sh/docs/chart_template_guide/accessing_files/: files of the chart that are no templates. */
export function filesObject({ folder, files }: Chart, inventory: Inventory): Dict {
  const start = folder === '' ? 0 : folder.length + 1;
  const names = new Map(files.map((path) => [path.slice(start), path]));
  const read = (name: string): string => {
    const path = names.get(name);
    return path === undefined ? '' : withoutMarks((inventory.read(path) ?? '').slice(0, LONGEST));
  };
  return { ...objectOf([...names.keys()], read), ...dict() };
}

function objectOf(names: readonly string[], read: (name: string) => string): Dict {
  const few = names.slice(0, MOST_FILES);
  const bare = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
  const methods = new Map<string, Method>([
    ['Get', ([name]) => text(read(written(name)))],
    ['GetBytes', ([name]) => text(read(written(name)))],
    [
      'Lines',
      ([name]) =>
        list(
          read(written(name))
            .split('\n')
            .map((line) => text(line)),
        ),
    ],
    ['AsConfig', () => entries(few.map((name) => [bare(name), read(name)]))],
    ['AsSecrets', () => entries(few.map((name) => [bare(name), Buffer.from(read(name)).toString('base64')]))],
    [
      'Glob',
      ([pattern]) => {
        const matches = globOf(written(pattern));
        if (matches === undefined) return unread('files of a pattern that is not tried');
        return objectOf(names.filter((name) => matches.test(name)).slice(0, MOST_FILES), read);
      },
    ],
  ]);
  const found = few.map((name): [string, Value] => [name, text(read(name))]);
  return { ...dict(names.length > MOST_FILES ? [] : found), methods };
}

/** With three stars at most, so that hostile names take no time. */
function globOf(pattern: string): RegExp | undefined {
  if (!/^[\w./*{},-]{1,200}$/.test(pattern) || (pattern.match(/\*+/g)?.length ?? 0) > 3) return undefined;
  const source = pattern
    .replace(/[.]/g, '\\.')
    .replace(/\{([^{}]*)\}/g, (_, inner: string) => `(?:${inner.replaceAll(',', '|')})`)
    .replace(/[{},]/g, '\\$&')
    .replace(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${source}$`);
}

function entries(files: readonly (readonly [string, string])[]): Value {
  return text(files.map(([name, content]) => `${JSON.stringify(name)}: ${JSON.stringify(content)}`).join('\n'));
}
