import { databaseTuning } from '../../facts/database-tuning.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import type { Settings } from '../../parse/ini/settings.js';
import { containerFile } from '../container-file.js';
import { imageTagOf } from '../image-tag.js';
import { runningOf } from '../running.js';
import { started } from '../started.js';
import { hasFile, settingsOf } from './command-line.js';
import { technology } from './index.js';
import { tuningWords } from './pgtune.js';

/** The machine that the hint is worked out for, in MB, where the deployment tells nothing of its own. */
const EXAMPLE = 4096;
/** https://www.postgresql.org/docs/current/runtime-config-connection.html */
const CONNECTIONS = 100;
/** Images that look at the machine when they start for the first time. */
const TUNES_ITSELF = /(?:^|\/)(?:timescaledb(?:-ha)?|spilo(?:-\d+)?|zulip-postgresql|alloydbomni)$/;

export function* fromProgram(program: Program): Iterable<Stated> {
  const { launch } = program;
  if (launch.location === undefined || runningOf([technology], launch).length === 0) return;
  const [start] = started(program, /^(?:postgres|postmaster|docker-entrypoint\.sh)$/);
  const words = start?.args ?? launch.commands.flatMap((command) => command.words);
  const told = settingsOf(words);
  const asked = Number(told.get('max_connections') ?? CONNECTIONS);
  const connections = asked > 0 ? asked : CONNECTIONS;
  // Below this the formulas leave nothing for anybody.
  const own = launch.memory === undefined || launch.memory < 256 ? undefined : launch.memory;
  const memory = own ?? EXAMPLE;
  const size = own === undefined ? `${EXAMPLE / 1024} GB` : `the ${own} MB that it may take`;
  yield state(databaseTuning, launch.location, {
    product: 'PostgreSQL',
    tuned: tunedOf(program, told),
    setting: 'shared_buffers = 128MB',
    remedy: `${tuningWords(memory, connections)} (PgTune for ${size} and ${connections} connections)`,
  });
}

function tunedOf(program: Program, told: ReadonlyMap<string, string>): Maybe<boolean> {
  const image = imageTagOf(program)?.name ?? program.launch.image ?? '';
  if (told.has('shared_buffers') || TUNES_ITSELF.test(image.replace(/:.*$/, ''))) return true;
  const named = told.get('config_file');
  const path = named === undefined ? undefined : containerFile(program, named);
  const document = path === undefined ? undefined : program.documents.get<Settings>(path, 'ini');
  if (document !== undefined) return sets(document.tree);
  if (hasFile(program, told)) return unknown('a file that is mounted may set shared_buffers');
  return false;
}

function sets({ sections }: Settings): boolean {
  return sections.some(({ settings }) => settings.some(({ key }) => key.toLowerCase() === 'shared_buffers'));
}
