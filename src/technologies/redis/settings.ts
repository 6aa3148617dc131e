import { repositoryPath } from '../../link/mount.js';
import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import { lineStarts, regionAt } from '../../location.js';
import { containerFile } from '../container-file.js';
import { started, type Started } from '../started.js';

export interface Said {
  readonly value: string;
  readonly location: Location;
}

export interface StoreSettings {
  readonly start: Started;
  readonly says: ReadonlyMap<string, Said>;
  /** Whether a file that the repository does not hold may say more. */
  readonly open: boolean;
}

/** Lines of a file beyond this are left out: those that come with the product have 2,500. */
const MOST_LINES = 20_000;

/**
 * What a server was told: `redis-server /etc/redis.conf --maxmemory 1gb`, https://redis.io/docs/latest/operate/oss_and_stack/management/config/.
 * Options of the command line come after the file. Undefined where nothing tells how it is started: with its defaults.
 */
export function settingsOf(program: Program): StoreSettings | undefined {
  const [start] = started(program, /^(?:redis-server|valkey-server|keydb-server)$/);
  if (start === undefined) return undefined;
  const [first] = start.args;
  const named = first !== undefined && !first.startsWith('-') ? first : undefined;
  const path =
    named === undefined ? undefined : (containerFile(program, named) ?? repositoryPath(program.launch.mounts, named));
  const text = path === undefined ? undefined : program.inventory.read(path);
  const says = new Map(path === undefined || text === undefined ? [] : linesOf(path, text));
  for (const [name, said] of optionsOf(start)) says.set(name, said);
  return { start, says, open: named !== undefined && text === undefined };
}

/** `name value`, one on each line; a name in any case. */
function linesOf(path: string, text: string): [string, Said][] {
  const lines = lineStarts(text);
  return lines.slice(0, MOST_LINES).flatMap((from, i): [string, Said][] => {
    const line = text.slice(from, lines[i + 1] ?? text.length).trimEnd();
    const [, name, value] = /^\s{0,40}([a-z][a-z-]{1,60})\s+(\S.*)$/i.exec(line.slice(0, 1_000)) ?? [];
    if (name === undefined || value === undefined) return [];
    const location = { uri: path, region: regionAt(lines, from, from + line.length) };
    return [[name.toLowerCase(), { value: value.replace(/^["']|["']$/g, ''), location }]];
  });
}

/** `--name value`, also written as one word. */
function* optionsOf(start: Started): Generator<[string, Said]> {
  const { args } = start;
  for (const [i, word] of args.entries()) {
    const [, name, joined] = /^--([a-z][a-z-]{1,60})(?:[= ](.*))?$/i.exec(word) ?? [];
    if (name === undefined) continue;
    const values: string[] = joined === undefined ? [] : [joined];
    for (let at = i + 1; joined === undefined && at < args.length && !/^--[a-z]/i.test(args[at] ?? ''); at++)
      values.push(args[at] ?? '');
    yield [name.toLowerCase(), { value: values.join(' '), location: start.placeOf(i) }];
  }
}
