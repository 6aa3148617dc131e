export interface Program {
  /** Base name of what runs in the end, or the module after `python -m`; empty where nothing does. */
  readonly name: string;
  readonly args: readonly string[];
  /** Variables that stand before it on the same line. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How a program that only starts another one is called. */
interface Wrapper {
  /** Options that take the next word along. */
  readonly valued?: readonly string[];
  /** The word that must follow, before or after its options: `run` of `poetry run`. */
  readonly verb?: readonly string[];
  /** Words of its own before the other program: the user of `gosu`. */
  readonly own?: number;
  /** The other program follows `--`; without one it runs nothing else. */
  readonly dashes?: true;
}

const RUN: Wrapper = {
  verb: ['run', 'exec'],
  valued: [
    '-C',
    '--directory',
    '--project',
    '-p',
    '--env-file',
    '--with',
    '--group',
    '--extra',
    '--python',
    '-c',
    '--config',
    '-f',
    '-e',
  ],
};
const WAIT: Wrapper = { dashes: true };
const USER: Wrapper = { own: 1 };

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  exec: { valued: ['-a'] },
  command: {},
  env: { valued: ['-u', '--unset', '-C', '--chdir'] },
  nohup: {},
  time: {},
  nice: { valued: ['-n', '--adjustment'] },
  ionice: { valued: ['-c', '-n'] },
  timeout: { valued: ['-s', '--signal', '-k', '--kill-after'], own: 1 },
  stdbuf: { valued: ['-i', '-o', '-e'] },
  setsid: {},
  catchsegv: {},
  'dumb-init': { valued: ['-r', '--rewrite'] },
  tini: { valued: ['-p', '-e'] },
  'tini-static': { valued: ['-p', '-e'] },
  'docker-init': {},
  catatonit: {},
  'with-contenv': {},
  sudo: { valued: ['-u', '--user', '-g', '--group'] },
  runuser: { valued: ['-u', '--user', '-g', '--group', '-G', '--supp-group', '-s', '--shell'] },
  'su-exec': USER,
  gosu: USER,
  setuidgid: USER,
  's6-setuidgid': USER,
  setpriv: { valued: ['--reuid', '--regid', '--groups'] },
  chpst: { valued: ['-u', '-U', '-e', '-/', '-n', '-l', '-L', '-m', '-d', '-o', '-p', '-f', '-c', '-b'] },
  taskset: { valued: ['-p'], own: 1 },
  numactl: {},
  prlimit: {},
  envdir: USER,
  flock: { valued: ['-w', '--timeout', '-E', '--conflict-exit-code'], own: 1 },
  chamber: WAIT,
  berglas: WAIT,
  'aws-vault': WAIT,
  teller: WAIT,
  conda: { verb: ['run'], valued: ['-n', '--name', '-p', '--prefix', '--cwd'] },
  micromamba: { verb: ['run'], valued: ['-n', '--name', '-p', '--prefix', '--cwd'] },
  hatch: { verb: ['run'] },
  poetry: RUN,
  pipenv: RUN,
  uv: RUN,
  pdm: RUN,
  rye: RUN,
  bundle: RUN,
  doppler: RUN,
  infisical: RUN,
  dotenv: RUN,
  'newrelic-admin': { verb: ['run-program', 'run-python'] },
  'ddtrace-run': { valued: [] },
  'opentelemetry-instrument': {
    valued: [
      '--traces_exporter',
      '--metrics_exporter',
      '--logs_exporter',
      '--service_name',
      '--exporter_otlp_endpoint',
    ],
  },
  'elasticapm-run': {},
  npx: { valued: ['-p', '--package'] },
  'cross-env': {},
  'start-pgbouncer': {},
  'start-pgbouncer-stunnel': {},
  'start-nginx': {},
  'wait-for-it.sh': WAIT,
  'wait-for-it': WAIT,
  'wait-for': WAIT,
  'wait-for.sh': WAIT,
  waitforit: WAIT,
  dockerize: {
    valued: ['-wait', '-timeout', '-template', '-stdout', '-stderr', '-wait-retry-interval', '-delims', '-env'],
  },
};

/** Programs that are made to be the first of a container, and hand signals on. */
export function isFirstProcess(word: string): boolean {
  return /(?:^|\/)(?:dumb-init|tini|tini-static|docker-init|catatonit|s6-svscan|init)$/.test(word);
}

/** Wrappers around wrappers beyond this are taken as they stand. */
const DEEPEST = 20;

/** Looks through everything that only starts something else: `exec tini -- gosu app gunicorn x` is gunicorn. */
export function program(words: readonly string[]): Program {
  const environment: Record<string, string> = {};
  let rest = words;
  for (let step = 0; step < DEEPEST; step++) {
    rest = takeAssignments(rest, environment);
    const name = baseName(rest[0] ?? '');
    const args = rest.slice(1);
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    const inner = wrapper === undefined ? moduleOf(name, args) : unwrap(wrapper, args);
    if (inner === undefined || inner.length === 0) return { name, args, environment };
    rest = inner;
  }
  return { name: baseName(rest[0] ?? ''), args: rest.slice(1), environment };
}

function takeAssignments(words: readonly string[], environment: Record<string, string>): readonly string[] {
  let at = 0;
  for (; at < words.length; at++) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[at] ?? '');
    if (match === null) break;
    environment[match[1] ?? ''] = match[2] ?? '';
  }
  return words.slice(at);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `python -m gunicorn …` */
function moduleOf(name: string, args: readonly string[]): readonly string[] | undefined {
  if (!/^(?:python|pypy)[\d.]*$/.test(name)) return undefined;
  let at = 0;
  while (
    /^-[BbdEiIOqRsSuvx]+$/.test(args[at] ?? '') ||
    /^-[XW]$/.test(args[at - 1] ?? '') ||
    /^-[XW]/.test(args[at] ?? '')
  )
    at++;
  const option = args[at] ?? '';
  if (!/^-[BbdEiIOqRsSuvx]*m$/.test(option)) return undefined;
  return args.slice(at + 1);
}

/** The words of the other program; undefined where this call starts none. */
function unwrap(
  { valued = [], verb, own = 0, dashes }: Wrapper,
  args: readonly string[],
): readonly string[] | undefined {
  const separator = args.indexOf('--');
  if (dashes === true) return separator < 0 ? undefined : args.slice(separator + 1);
  let at = skipOptions(args, 0, valued);
  if (verb !== undefined) {
    if (!verb.includes(args[at] ?? '')) return undefined;
    at = skipOptions(args, at + 1, valued);
  }
  at += own;
  return args.slice(args[at] === '--' ? at + 1 : at);
}

function skipOptions(args: readonly string[], from: number, valued: readonly string[]): number {
  let at = from;
  while (at < args.length) {
    const word = args[at] ?? '';
    if (word === '--') return at + 1;
    if (!word.startsWith('-') || word === '-') return at;
    at += valued.includes(word) ? 2 : 1;
  }
  return at;
}
