import { isUnknown, unknown, type Evidence, type Location, type Maybe } from '../../location.js';
import { logging } from '../../facts/logging.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { chosenBy, doubted } from './doubt.js';
import { debugCallsOf, rootByHand } from './debug-calls.js';
import {
  handlersInForce,
  isVerbose,
  levelInForce,
  logConfigurationOf,
  type LogConfiguration,
  type Logger,
} from './log-configuration.js';
import { passesDebug } from './log-handlers.js';
import { setHere } from './set-here.js';
import { settingsOf, type DjangoSettings } from './settings.js';

type Source = 'everything' | 'framework' | 'library' | 'own' | 'none';

interface Verbosity {
  readonly logger: string;
  readonly source: Source;
  readonly verbose: Maybe<boolean>;
  readonly amount: string;
  readonly setting: string;
  readonly variable: string;
  readonly location: Location;
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

/** LOGGING, where the project sets it, and `logging.basicConfig()`: one fact, of whoever writes most. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  const configuration = logConfigurationOf(program, settings);
  const byHand = configuration?.loggers.get('')?.handlers?.length ? undefined : rootByHand(program);
  const found = [
    ...(byHand === undefined ? [] : [byBasicConfig(byHand)]),
    ...(configuration === undefined ? [] : ofLoggers(program, settings, configuration)),
  ];
  const [most] = found.sort((a, b) => RANK.indexOf(a.source) - RANK.indexOf(b.source) || open(a) - open(b));
  if (most === undefined && configuration === undefined) return;
  const others = found.filter((one) => one !== most && one.source === most?.source && open(one) === open(most));
  yield* doubted(settings, [
    state(
      logging,
      most?.location ?? settings.placeOf('LOGGING'),
      {
        loggers: [most, ...others].flatMap((one) => one?.logger ?? []).join(', '),
        verbose: most?.verbose ?? false,
        source: most?.source ?? 'none',
        amount: most?.amount ?? '',
        setting: most?.setting ?? 'LOGGING',
        variable: most?.variable ?? '',
        remedy: most?.remedy ?? '',
      },
      [
        ...(most?.evidence ?? []),
        ...others.map(({ logger, location }) => ({ message: `${logger} as well`, location })),
        ...chosenBy(settings),
      ],
    ),
  ]);
}

const RANK: readonly Source[] = ['everything', 'framework', 'library', 'own', 'none'];
const open = ({ verbose }: Verbosity): number => (isUnknown(verbose) ? 1 : 0);

const EVERYTHING = {
  source: 'everything',
  amount: 'every library in the process is heard, down to each connection and each call of an API',
} as const;

function byBasicConfig(location: Location): Verbosity {
  return {
    ...EVERYTHING,
    ...{ logger: 'the root logger', verbose: true, setting: 'logging.basicConfig()', variable: '', location },
    ...{ remedy: 'logging.basicConfig(level=logging.INFO)', evidence: [] },
  };
}

/** Loggers of the project whose calls are looked for: each costs a look at every file. */
const MOST = 8;

function* ofLoggers(program: Program, settings: DjangoSettings, configuration: LogConfiguration): Iterable<Verbosity> {
  let asked = 0;
  const passing = new Map<string, Maybe<boolean>>();
  for (const logger of configuration.loggers.values()) {
    const level = isVerbose(levelInForce(configuration, logger.name));
    // One that only takes over a level is told with the logger that has it.
    if (level === false || logger.level === undefined || followsDebug(settings, logger)) continue;
    if (!OF_DJANGO.test(logger.name) && ++asked > MOST) continue;
    const leaves = leavesProcess(program, configuration, logger.name, passing);
    if (leaves === false) continue;
    const about = sourceOf(program, logger.name);
    if (about === undefined) continue;
    const reason = isUnknown(level) ? level : isUnknown(leaves) ? leaves : undefined;
    const variable = logger.levelValue?.origin.variables[0] ?? '';
    const key = logger.name === '' ? 'LOGGING["root"]["level"]' : `LOGGING["loggers"]["${logger.name}"]["level"]`;
    yield {
      ...about,
      logger: logger.name === '' ? 'the root logger' : `the logger ${logger.name}`,
      verbose: reason === undefined ? true : unknown(reason.unknown, [true, false]),
      setting: key,
      variable,
      location: logger.levelValue?.origin.locations[0] ?? configuration.location,
      remedy: variable === '' ? `${key} = "INFO"` : `${variable}=INFO`,
      evidence: setHere(program, logger.levelValue),
    };
  }
}

/** A level that the switch of DEBUG decides is told with DEBUG. */
function followsDebug(settings: DjangoSettings, { levelValue }: Logger): boolean {
  const switches = settings.get('DEBUG')?.origin.variables ?? [];
  return levelValue?.origin.variables.some((name) => switches.includes(name)) ?? false;
}

function leavesProcess(
  program: Program,
  configuration: LogConfiguration,
  name: string,
  passing: Map<string, Maybe<boolean>>,
): Maybe<boolean> {
  const handlers = handlersInForce(configuration, name);
  if (isUnknown(handlers)) return unknown(handlers.unknown, [true, false]);
  let result: Maybe<boolean> = false;
  for (const handler of handlers) {
    const passes = passing.get(handler) ?? passesDebug(program, configuration, handler);
    passing.set(handler, passes);
    if (passes === true) return true;
    if (isUnknown(passes)) result = passes;
  }
  return result;
}

/**
 * Of Django's own loggers only the one of templates has something to say for each request: that of queries is silent while DEBUG is
 * off (django/db/backends/utils.py), those of requests and security write warnings only, the rest belongs to commands.
 */
const OF_REQUESTS = new Set(['django', 'django.template']);
/** And the root, which has no name. */
const OF_DJANGO = /^(?:django(?:\.|$)|$)/;
/** What they write does not depend on the level. */
const OF_SERVERS = /^(?:gunicorn\.access|uvicorn\.access|daphne\.access|django\.channels\.server)$/;

/** Libraries that tell their developers of each connection, header or chunk. */
const TALKATIVE =
  /^(?:boto|boto3|botocore|s3transfer|urllib3|requests|httpcore|httpx|hpack|h2|elasticsearch|elastic_transport|opensearch|opensearchpy|PIL|amqp|pymongo|paramiko|grpc|google|asyncio|websockets)(?:\.|$)/;

function sourceOf(program: Program, name: string): Pick<Verbosity, 'source' | 'amount'> | undefined {
  if (name === '') return EVERYTHING;
  if (OF_REQUESTS.has(name))
    return { source: 'framework', amount: 'each variable that a template lacks is written with its stack' };
  if (OF_DJANGO.test(name) || OF_SERVERS.test(name)) return undefined;
  const calls = debugCallsOf(program, name);
  if (calls === undefined)
    return TALKATIVE.test(name)
      ? { source: 'library', amount: 'it tells several lines for each call that it makes' }
      : undefined;
  // A level that nothing uses changes nothing.
  if (calls.all === 0) return undefined;
  const called = `${String(calls.all)} ${calls.all === 1 ? 'call' : 'calls'} of debug()`;
  const where =
    calls.inRequests === calls.all
      ? `${calls.all === 1 ? 'runs' : 'run'} within requests`
      : `in its code, ${calls.inRequests === 0 ? 'none' : String(calls.inRequests)} of them within requests`;
  return { source: 'own', amount: `${called} ${where}` };
}
