import { repositoryPath } from '../../link/mount.js';
import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import { lineStarts, regionAt } from '../../location.js';
import { containerFile } from '../container-file.js';
import { runningOf } from '../running.js';
import { started, type Started } from '../started.js';
import { technology } from './index.js';

export interface Said {
  readonly value: string;
  readonly location: Location;
}

/** The words that a server is started with. */
type Line = Pick<Started, 'args' | 'location' | 'placeOf'>;

export interface StoreSettings {
  /** Absent where its image starts it by itself. */
  readonly start: Line | undefined;
  readonly says: ReadonlyMap<string, Said>;
  /** Whether a file that the repository does not hold may say more. */
  readonly open: boolean;
}

/** Lines of a file beyond this are left out: those that come with the product have 2,500. */
const MOST_LINES = 20_000;

/** Images whose entry point starts the server; Redis Stack brings a configuration of its own. */
const IMAGES = /(?:^|\/)(?:redis|valkey|keydb)(?:-alpine|-debian)?(?::|@|$)/;
/** What an entry point of a project makes the file of. */
const MADE_OF = ['', '.tmpl', '.template', '.tpl', '.j2', '.in'];

/**
 * What a server was told: `redis-server /etc/redis.conf --maxmemory 1gb`, https://redis.io/docs/latest/operate/oss_and_stack/management/config/.
 * Options of the command line come after the file. Undefined where it is not known to be such a server.
 */
export function settingsOf(program: Program): StoreSettings | undefined {
  const { launch } = program;
  const [server] = started(program, /^(?:redis-server|valkey-server|keydb-server)$/);
  const isImage = IMAGES.test(launch.image ?? '') && runningOf([technology], launch).length > 0;
  if (server === undefined && !isImage) return undefined;
  const start = server ?? started(program, /^docker-entrypoint\.sh$/)[0] ?? optionsAlone(program);
  const args = start?.args.filter((word, i) => i > 0 || !/^(?:redis|valkey)-server$/.test(word)) ?? [];
  // With a command of its own that is not read the image may be started in any way.
  const hidden = start === undefined && launch.commands.length > 0;
  const [first] = args;
  const named = first !== undefined && !first.startsWith('-') ? first : undefined;
  const path = named === undefined ? undefined : fileOf(program, named);
  const text = path === undefined ? undefined : program.inventory.read(path);
  const says = new Map(path === undefined || text === undefined ? [] : linesOf(path, text));
  if (start !== undefined) for (const [name, said] of optionsOf(start)) says.set(name, said);
  return { start, says, open: hidden || (named !== undefined && text === undefined) };
}

/** An image takes a command without a program for the options of its server. */
function optionsAlone({ launch }: Program): Line | undefined {
  const [only, ...more] = launch.commands;
  const [word = ''] = only?.words ?? [];
  if (only === undefined || more.length > 0 || !(word.startsWith('-') || word.endsWith('.conf'))) return undefined;
  const { words, location, places } = only;
  return { args: words, location, placeOf: (argument) => places?.[argument] ?? location };
}

function fileOf(program: Program, named: string): string | undefined {
  for (const end of MADE_OF) {
    const path = containerFile(program, `${named}${end}`) ?? repositoryPath(program.launch.mounts, `${named}${end}`);
    if (path !== undefined && program.inventory.has(path)) return path;
  }
  return undefined;
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
function* optionsOf(start: Line): Generator<[string, Said]> {
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
