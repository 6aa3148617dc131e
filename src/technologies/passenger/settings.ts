import type { Program } from '../../link/program.js';
import { isUnknown, type Location } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Directives } from '../../parse/apache/directives.js';
import type { Configuration } from '../../parse/nginx/configuration.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { pairs, place, string } from '../../parse/yaml/read.js';
import { isInside, joinPath } from '../../repository-path.js';
import { deploys } from '../deploys.js';
import { option, started } from '../started.js';

/** What decides how many processes there are, by the names of its file; for nginx `passenger_` stands before them. */
export interface Setting {
  readonly value: string;
  /** As it is written where it stands. */
  readonly name: string;
  readonly location: Location;
}

export interface Settings {
  readonly location: Location;
  readonly all: ReadonlyMap<string, Setting>;
  /** Whether anything that is read here says how it is run; else only that it is. */
  readonly told: boolean;
}

const NAMES = ['max_pool_size', 'min_instances', 'thread_count', 'app_type', 'startup_file'] as const;

export function settingsOf(program: Program): Settings | undefined {
  return standalone(program) ?? inServer(program) ?? byHost(program);
}

/** https://www.phusionpassenger.com/library/config/standalone/reference/: options count before variables, and these before its file. */
function standalone(program: Program): Settings | undefined {
  const start = started(program, /^passenger$/).find(({ args }) => args[0] === 'start');
  if (start === undefined) return undefined;
  const all = new Map<string, Setting>();
  const file = program.documents.get<YamlTree>(joinPath(program.launch.directory, 'Passengerfile.json'), 'jsonc');
  for (const one of pairs(file?.tree.documents[0])) {
    const value = string(one.value);
    if (file !== undefined && value !== undefined)
      all.set(one.key, { value, name: one.key, location: locate(file, place(one)) });
  }
  for (const name of NAMES) {
    const variable = start.variable(`PASSENGER_${name.toUpperCase()}`);
    if (variable !== undefined && !isUnknown(variable.value) && variable.value !== '') {
      const location = variable.location ?? start.location;
      all.set(name, { value: variable.value, name: `PASSENGER_${name.toUpperCase()}`, location });
    }
    const flag = `--${name.replace(/_/g, '-')}`;
    const written = option(start.args, [flag]);
    if (written !== undefined) all.set(name, { value: written, name: flag, location: start.location });
  }
  return { location: start.location, all, told: true };
}

/** As a module of nginx or Apache: the file of the repository that hands requests to it, where there is one alone. */
function inServer(program: Program): Settings | undefined {
  const { launch, inventory, documents } = program;
  const isIts = /(?:^|\/)passenger-/.test(launch.base?.image ?? launch.image ?? '');
  const nobody = launch.location === undefined && launch.commands.length === 0;
  if (!isIts && !nobody) return undefined;
  const files = inventory.files
    .map(({ path }) => path)
    .filter((path) => /\.(?:conf|nginx|vhost)$|\.htaccess$|(?:^|\/)sites-(?:available|enabled)\//.test(path))
    .filter((path) => deploys(path) && isInside(path, launch.directory))
    .filter((path) => ENABLED.test(inventory.read(path) ?? ''));
  const [path] = files;
  if (path === undefined || files.length > 1) return undefined;
  const nginx = documents.get<Configuration>(path, 'nginx');
  if (nginx !== undefined && /^[ \t]*passenger_/m.test(nginx.text)) return inNginx(nginx);
  const apache = documents.get<Directives>(path, 'apache');
  return apache === undefined ? undefined : inApache(apache);
}

const ENABLED =
  /^[ \t]*(?:passenger_enabled[ \t]+on|Passenger(?:Enabled[ \t]+on|AppRoot|AppType|Python|Nodejs|StartupFile)\b)/im;

function inNginx(document: Document<Configuration>): Settings | undefined {
  const all = new Map<string, Setting>();
  let location: Location | undefined;
  const open = [...document.tree.directives];
  for (let one = open.shift(); one !== undefined; one = open.shift()) {
    if (one.block !== undefined) open.push(...one.block);
    const at = locate(document, { start: one.start, end: one.headEnd });
    if (one.name === 'passenger_enabled') location ??= at;
    const value = one.args[0]?.text;
    if (!one.name.startsWith('passenger_') || value === undefined) continue;
    all.set(one.name.slice('passenger_'.length), { value, name: one.name, location: at });
  }
  return location === undefined ? undefined : { location, all, told: true };
}

function inApache(document: Document<Directives>): Settings | undefined {
  const all = new Map<string, Setting>();
  let location: Location | undefined;
  const open = [...document.tree.directives];
  for (let one = open.shift(); one !== undefined; one = open.shift()) {
    if (one.block !== undefined) open.push(...one.block);
    const value = one.args[0]?.text;
    if (!one.name.startsWith('passenger') || value === undefined) continue;
    const at = locate(document, { start: one.start, end: one.headEnd });
    location ??= at;
    const name = NAMES.find((candidate) => one.name === `passenger${candidate.replace(/_/g, '')}`);
    if (name !== undefined) all.set(name, { value, name: one.name, location: at });
    if (one.name === 'passengerpython') all.set('app_type', { value: 'wsgi', name: one.name, location: at });
    if (one.name === 'passengernodejs') all.set('app_type', { value: 'node', name: one.name, location: at });
  }
  return location === undefined ? undefined : { location, all, told: true };
}

/** Hosts that people rent run `passenger_wsgi.py` where nothing else starts the code, and set the rest themselves. */
function byHost({ launch, inventory }: Program): Settings | undefined {
  const path = joinPath(launch.directory, 'passenger_wsgi.py');
  if (launch.location !== undefined || launch.commands.length > 0 || !inventory.has(path)) return undefined;
  const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  return { location: { uri: path, region }, all: new Map(), told: false };
}
