import type { Program } from '../../../link/program.js';
import { text, type Value } from '../../../link/value.js';
import type { Expression } from '../../../parse/python/ast.js';
import { startOf, isUnknown, unknown, type Maybe } from '../../../location.js';
import { alternatives, combine, reasonFor } from '../../alternatives.js';
import { dottedName, importsOf } from '../imports.js';
import { REDIS_URL, setVariable } from '../remedies.js';
import type { DjangoSettings } from '../settings.js';
import { isConditional, switchOf } from '../switches.js';
import { brokerAt } from './broker.js';
import { callsIn, keyword } from './clocks.js';
import type { Queue } from './queue.js';

/** Celery as the project's own application of it is told: by Django's settings, or where it is made. */
export function* celeryQueue(program: Program, settings: DjangoSettings): Iterable<Queue> {
  const app = applicationOf(program);
  if (app === undefined) return;
  const eager = firstSet(settings, app.names('task_always_eager', 'CELERY_ALWAYS_EAGER'));
  const runs = eager === undefined ? 'later' : runsOf(program, settings, eager);
  if (eager !== undefined && runs !== 'later') {
    const variable = switchOfSet(program, settings, eager);
    const line = setVariable(
      program,
      settings,
      { name: eager.name },
      settings.placeOf(eager.name),
      eager.value.origin.variables,
      {
        url: REDIS_URL,
        backEnd: 'false',
      },
    );
    yield {
      name: 'celery',
      library: 'celery',
      store: 'nothing: the request does it',
      scope: 'cluster',
      runs,
      setting:
        variable === undefined || variable === eager.name
          ? eager.name
          : `${eager.name}, which the variable ${variable} decides`,
      location: settings.placeOf(eager.name),
      remedy:
        variable === undefined
          ? `${eager.name} = False, but in tests`
          : variable.includes('EAGER')
            ? `${variable}=False`
            : (line ?? `${variable}=...`),
      evidence: [],
    };
    if (runs === 'at-once') return;
  }
  const broker = brokerOf(program, settings, app);
  if (broker === undefined) return;
  const { store, scope } = brokerAt(program, broker.value, broker.name);
  const variable = broker.value.origin.variables[0];
  yield {
    name: 'celery',
    library: 'celery',
    store,
    scope,
    runs: 'later',
    setting: broker.name,
    location: broker.value.origin.locations[0] ?? settings.placeOf(broker.name),
    remedy:
      scope === 'cluster'
        ? ''
        : variable === undefined
          ? `${broker.name} = "${REDIS_URL}"`
          : `${variable}=${REDIS_URL}`,
    evidence: [],
  };
}

/** The variable that switches a setting, directly or by the `if` around it. */
function switchOfSet(program: Program, settings: DjangoSettings, { name, value }: Set): string | undefined {
  return value.origin.variables[0] ?? switchOf(program, settings, { name }, settings.placeOf(name));
}

/** On where a variable is not set, and nothing that deploys it is here: production may well set it. */
function runsOf(program: Program, settings: DjangoSettings, eager: Set): Maybe<'later' | 'at-once'> {
  const value = truthOf(eager.value, eager.name);
  if (value === false) return 'later';
  if (value !== true) return unknown(value.unknown, ['at-once', 'later']);
  const variable = switchOfSet(program, settings, eager);
  const deployed = program.launch.location !== undefined;
  if (deployed || (variable !== undefined && program.launch.environment.has(variable))) return 'at-once';
  if (variable === undefined)
    return isConditional(program, settings.placeOf(eager.name))
      ? unknown(`${eager.name} is on only under a condition`, ['at-once', 'later'])
      : 'at-once';
  return unknown(`${eager.name} is on where ${variable} is not set, and nothing in the repository sets it`, [
    'at-once',
    'later',
  ]);
}

interface Application {
  /** The names under which Django's settings may hold one of Celery's, the first that counts first. */
  names(name: string, old: string): readonly string[];
  /** What it is told where it is made. */
  readonly broker: Expression | undefined;
  readonly path: string;
}

/** `Celery("shop", broker=...)`, and `app.config_from_object("django.conf:settings", namespace="CELERY")`. */
function applicationOf(program: Program): Application | undefined {
  return program.memo('django:celery-application', () => {
    for (const module of program.pythonCode.modulesWith(/\bCelery\(/)) {
      const calls = callsIn(module).map(({ call }) => call);
      // A module of the project that is called celery as well is the one that stands here.
      const imports = importsOf(module.document);
      const made = calls.find((call) =>
        /^celery\.(?:app\.|app\.base\.)?Celery$/.test(dottedName(call.func, imports) ?? ''),
      );
      if (made === undefined) continue;
      const configured = calls.find(
        (call) => call.func.type === 'Attribute' && call.func.attr === 'config_from_object',
      );
      const given = configured === undefined ? undefined : keyword(configured, 'namespace');
      const namespace = given?.type === 'Constant' && given.kind === 'str' ? given.value : '';
      const updated = calls.find(
        (call) =>
          call.func.type === 'Attribute' && call.func.attr === 'update' && keyword(call, 'broker_url') !== undefined,
      );
      return {
        path: module.path,
        broker: keyword(made, 'broker') ?? (updated === undefined ? undefined : keyword(updated, 'broker_url')),
        names: (name, old) =>
          namespace === '' ? [name.toUpperCase(), old, name] : [`${namespace}_${name.toUpperCase()}`],
      };
    }
    return undefined;
  });
}

interface Set {
  readonly name: string;
  readonly value: Value;
}

function firstSet(settings: DjangoSettings, names: readonly string[]): Set | undefined {
  for (const name of names) {
    const value = settings.get(name);
    if (value !== undefined && value.kind !== 'none' && text(value) !== '') return { name, value };
  }
  return undefined;
}

/** The variable CELERY_BROKER_URL comes first, then what the application is made with, then the settings. */
function brokerOf(program: Program, settings: DjangoSettings, app: Application): Set | undefined {
  const variable = program.launch.environment.get('CELERY_BROKER_URL');
  if (variable !== undefined && variable.value !== '') {
    const origin = { locations: [variable.location ?? startOf(app.path)], variables: ['CELERY_BROKER_URL'] };
    return {
      name: 'CELERY_BROKER_URL',
      value: isUnknown(variable.value)
        ? { kind: 'unknown', reason: variable.value.unknown, origin }
        : { kind: 'str', value: variable.value, origin },
    };
  }
  const { broker } = app;
  if (broker?.type === 'Constant' && broker.kind === 'str') {
    const document = program.pythonCode.moduleAt(app.path);
    const location =
      document === undefined ? startOf(app.path) : program.pythonCode.locate({ module: document, node: broker });
    return {
      name: 'broker',
      value: { kind: 'str', value: broker.value, origin: { locations: [location], variables: [] } },
    };
  }
  if (broker?.type === 'Attribute') {
    const value = settings.get(broker.attr);
    if (value !== undefined) return { name: broker.attr, value };
  }
  return firstSet(settings, [...app.names('broker_url', 'BROKER_URL'), 'BROKER_URL']);
}

/** Whether a setting is on. */
export function truthOf(value: Value, name: string): boolean | ReturnType<typeof unknown> {
  const reason = reasonFor(value, name);
  const possible = alternatives(value);
  if (possible === undefined) return unknown(reason);
  const truths = possible.map((one): Maybe<boolean> => {
    if (one.kind === 'bool') return one.value;
    if (one.kind === 'none') return false;
    if (one.kind === 'int') return Number(one.value) !== 0;
    return one.kind === 'str' ? one.value !== '' : unknown(reason);
  });
  const found = combine(truths, reason);
  return typeof found === 'boolean' ? found : unknown(reason);
}
