import { appServer } from '../../facts/app-server.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { locate } from '../../parse/document.js';
import type { Directive, Directives } from '../../parse/apache/directives.js';
import { isInside } from '../../repository-path.js';
import { deploys } from '../deploys.js';
import { byDefault, byOption, started } from '../started.js';
import { everything, isFilledIn, parametersOf, words, type ApacheDocument } from './sections.js';

/** https://modwsgi.readthedocs.io/en/master/configuration-directives/WSGIDaemonProcess.html: one process, 15 threads. */
const PROCESSES = 1;
const THREADS = 15;
/** `mod_wsgi-express start-server` starts one process with five threads. */
const EXPRESS_THREADS = 5;

/** The code that mod_wsgi runs: in processes of its own, or inside of those that also send files. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const [express] = started(program, /^mod_wsgi-express$/);
  if (express !== undefined) {
    const processes = byOption(express, ['--processes']) ?? byDefault(express, PROCESSES, '--processes');
    const threads = byOption(express, ['--threads']) ?? byDefault(express, EXPRESS_THREADS, '--threads');
    yield served(
      processes.location,
      processes.value,
      threads.value,
      processes.explicit,
      '--processes',
      'mod_wsgi-express start-server --processes 4',
    );
    return;
  }
  for (const document of configurations(program)) {
    const found = ofConfiguration(document);
    if (found === undefined) continue;
    yield found;
    return;
  }
}

const RUNS = /(?:^|\/)(?:apachectl|apache2ctl|apache2|httpd|apache2-foreground|httpd-foreground)$/;

/** Files that name a script of WSGI: those that a container with Apache holds, or the only one there is where nothing tells how the code is run. */
function configurations({ launch, inventory, documents }: Program): ApacheDocument[] {
  const runs = launch.commands.some((command) => command.words.some((word) => RUNS.test(word)));
  const nobody = launch.location === undefined && launch.commands.length === 0;
  if (!runs && !nobody) return [];
  const files = inventory.files
    .map(({ path }) => path)
    .filter((path) => /\.(?:conf|vhost)$|(?:^|\/)sites-(?:available|enabled)\//.test(path) && deploys(path))
    .filter((path) => /^[ \t]*WSGIScriptAlias[ \t]/im.test(inventory.read(path) ?? ''));
  const held = files.filter((path) =>
    launch.mounts.some(
      (mount) => mount.path !== '' && isInside(path, mount.path) && /apache|httpd/.test(mount.containerPath),
    ),
  );
  const chosen = held.length > 0 ? held : files.length === 1 ? files : [];
  return chosen.flatMap((path) => documents.get<Directives>(path, 'apache') ?? []);
}

function ofConfiguration(document: ApacheDocument): Stated | undefined {
  const all = [...everything(document.tree.directives)].map(({ directive }) => directive);
  const alias = all.find(({ name }) => name === 'wsgiscriptalias');
  if (alias === undefined) return undefined;
  const at = ({ start, headEnd }: Directive): Location => locate(document, { start, end: headEnd });
  const group =
    parametersOf(words(alias)).get('process-group') ??
    all.find(({ name }) => name === 'wsgiprocessgroup')?.args[0]?.text;
  const daemons = all.filter(({ name }) => name === 'wsgidaemonprocess');
  const daemon = daemons.find(({ args }) => args[0]?.text === group) ?? (daemons.length === 1 ? daemons[0] : undefined);
  if (daemon === undefined || group === undefined || group === '%{GLOBAL}') {
    // The number of processes is that of Apache itself, and changes with the load.
    const processes = unknown<number>('Apache starts and ends processes with the load, as its MPM is set');
    return served(
      at(alias),
      processes,
      unknown('threads of each process, as the MPM is set'),
      false,
      'WSGIDaemonProcess',
      REMEDY,
    );
  }
  const told = parametersOf(words(daemon));
  const processes = numberOf(told.get('processes'), PROCESSES);
  return served(
    at(daemon),
    processes,
    numberOf(told.get('threads'), THREADS),
    told.has('processes'),
    'WSGIDaemonProcess',
    REMEDY,
  );
}

const REMEDY = 'WSGIDaemonProcess shop processes=4 threads=4';

function numberOf(text: string | undefined, fallback: number): Maybe<number> {
  if (text === undefined) return fallback;
  if (isFilledIn(text) || !/^\d{1,6}$/.test(text)) return unknown(`"${text}" is filled in before Apache reads it`);
  return Number(text);
}

function served(
  location: Location,
  processes: Maybe<number>,
  threads: Maybe<number>,
  explicit: boolean,
  setting: string,
  remedy: string,
): Stated {
  return state(appServer, location, {
    ...{ server: 'mod_wsgi', development: false, processes, threads, explicit, setting, remedy },
    concurrency: !isUnknown(threads) && threads === 1 ? 'sync' : 'threads',
  });
}
