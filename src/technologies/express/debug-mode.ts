import { debugMode } from '../../facts/debug-mode.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { scriptedCommands } from '../package-scripts.js';
import { isGivenByPlatform, isReached } from '../reached.js';

/**
 * Express compiles each view anew and sends stack traces to clients unless NODE_ENV is "production"; where nothing sets it, it is
 * in development mode (https://expressjs.com/en/advanced/best-practice-performance.html). `errorhandler` sends them in any case.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  const [application] = javascript.imports('express')
    ? javascript.uses('express').filter(({ steps }) => steps.length === 0 || steps.join() === 'default')
    : [];
  if (application !== undefined) yield* environment(program);
  if (!javascript.imports('errorhandler')) return;
  for (const use of javascript.uses('errorhandler')) {
    const reached = use.steps.length === 0 ? isReached(program, use) : false;
    if (reached !== false)
      yield state(debugMode, javascript.locate(use), {
        enabled: reached ?? unknown('whether production comes here is not known', [true, false]),
        setting: 'errorhandler()',
        variable: '',
        shows: 'errors',
        remedy: "if (process.env.NODE_ENV === 'development') app.use(errorhandler())",
      });
  }
}

/** Only of what is deployed as a container: platforms that build images themselves set the variable. */
function* environment(program: Program): Iterable<Stated> {
  const { launch } = program;
  if (launch.location === undefined || launch.mounts.length === 0 || isGivenByPlatform(program)) return;
  const set = setting(program, launch.location);
  if (set === undefined) return;
  const { value, location } = set;
  const enabled: Maybe<boolean> = isUnknown(value) ? unknown(value.unknown, [true, false]) : value !== 'production';
  // Names of other environments (staging) are what somebody deploys on purpose.
  if (!isUnknown(value) && !/^(?:|production|development|dev|test|local)$/.test(value)) return;
  yield state(debugMode, location, {
    enabled,
    shows: 'errors',
    remedy: 'NODE_ENV=production in the environment of the container',
    ...(value === ''
      ? { setting: 'NODE_ENV is not set', variable: '' }
      : { setting: 'NODE_ENV', variable: 'NODE_ENV' }),
  });
}

/** The command's own, then the deployment's; undefined where the code sets it itself or a file of variables may. */
function setting(program: Program, deployed: Location): { value: Maybe<string>; location: Location } | undefined {
  for (const { environment: own, location, name } of [...scriptedCommands(program)].reverse()) {
    const value = own.NODE_ENV;
    if (value !== undefined) return { value, location };
    // Its files of processes set variables, too.
    if (name.startsWith('pm2')) return undefined;
  }
  const given = program.launch.environment.get('NODE_ENV');
  if (given !== undefined) return { value: given.value, location: given.location ?? deployed };
  const sets = /\bNODE_ENV['"]?\]?\s*(?:=(?!=)|\?\?=|\|\|=)/;
  return program.javascript.modules.some(({ document }) => sets.test(document.text))
    ? undefined
    : { value: '', location: besideOthers(program, deployed) };
}

/** Where the deployment sets variables it would set this one, too. */
function besideOthers({ launch }: Program, deployed: Location): Location {
  const places = [...launch.environment.values()].flatMap(({ location }) => location ?? []);
  return places.find(({ uri }) => uri === deployed.uri) ?? deployed;
}
