import type { EnvironmentVariable, Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';
import { isUnknown, unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Expression, Module } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { option, type Started } from '../started.js';

/** What the application of a worker sets by itself, where its command says nothing. */
export interface Configured<T> {
  readonly value: Maybe<T>;
  /** As it is written: CELERY_WORKER_CONCURRENCY, worker_concurrency. */
  readonly setting: string;
  readonly location: Location;
}

/** The old names, which Celery still reads: https://docs.celeryq.dev/en/stable/userguide/configuration.html#new-lowercase-settings */
const OLD = { worker_concurrency: 'CELERYD_CONCURRENCY', worker_pool: 'CELERYD_POOL' } as const;
type Name = keyof typeof OLD;

export function configuredNumber(program: Program, start: Started): Configured<number> | undefined {
  return configured(program, start, 'worker_concurrency', (value) =>
    value.kind === 'int' ? Number(value.value) : undefined,
  );
}

export function configuredPool(program: Program, start: Started): Configured<string> | undefined {
  return configured(program, start, 'worker_pool', (value) => (value.kind === 'str' ? value.value : undefined));
}

function configured<T>(
  program: Program,
  start: Started,
  name: Name,
  read: (value: Value) => T | undefined,
): Configured<T> | undefined {
  for (const [setting, value] of valuesOf(program, start, name)) {
    const location = value.origin.locations[0] ?? start.location;
    const found = (alternatives(value) ?? []).map((one): Maybe<T> => read(one) ?? unknown(reasonFor(one, setting)));
    return { value: combine(found, reasonFor(value, setting)), setting, location };
  }
  return undefined;
}

/** In the order in which they count: what is written to `app.conf` comes after what it was made from. */
function* valuesOf(program: Program, start: Started, name: Name): Iterable<readonly [string, Value]> {
  const document = applicationOf(program, start);
  if (document === undefined) return;
  const written = writtenIn(document, name);
  if (written !== undefined) yield [name, written];
  const from = sourceOf(document);
  if (from === undefined) return;
  const module = from.object === 'django.conf:settings' ? settingsModule(program, document) : from.object;
  if (module === undefined) return;
  const environment = new Map<string, EnvironmentVariable>([['DJANGO_SETTINGS_MODULE', { value: module }]]);
  const names = program.python.evaluateWith(module, environment)?.names;
  const spelled = from.namespace === '' ? [name, OLD[name]] : [`${from.namespace}_${name.toUpperCase()}`, OLD[name]];
  for (const one of spelled) {
    const value = names?.get(one);
    if (value !== undefined && value.kind !== 'none') yield [one, value];
  }
}

/** The module that `-A shop` or `--app shop.celery:app` names: itself, or `celery` in a package. */
function applicationOf(program: Program, start: Started): Document<Module> | undefined {
  const named = option(start.args, ['-A', '--app'])?.split(':')[0];
  if (named === undefined || !/^[\w.]+$/.test(named)) return undefined;
  const attribute = named.replace(/\.\w+$/, '');
  for (const module of [`${named}.celery`, named, attribute]) {
    const path = program.python.resolve(module);
    const text = path === undefined ? undefined : program.inventory.read(path);
    if (path !== undefined && text !== undefined && /\bCelery\(/.test(text))
      return program.documents.get<Module>(path, 'python');
  }
  return undefined;
}

/** `app.conf.worker_concurrency = 4` and `app.conf.update(worker_concurrency=4)`. */
function writtenIn(document: Document<Module>, name: Name): Value | undefined {
  let found: Value | undefined;
  const take = (expression: Expression): void => {
    const origin = { locations: [locate(document, expression)], variables: [] };
    if (expression.type === 'Constant' && (expression.kind === 'int' || expression.kind === 'str'))
      found =
        expression.kind === 'int'
          ? { kind: 'int', value: expression.value, origin }
          : { kind: 'str', value: expression.value, origin };
    else found = { kind: 'unknown', reason: `${name} is worked out when it starts`, origin };
  };
  walkPython(document.tree, (node) => {
    if (node.type === 'Assign' && node.targets.some((one) => one.type === 'Attribute' && one.attr === name))
      take(node.value);
    if (node.type === 'Keyword' && node.name === name) take(node.value);
  });
  return found;
}

/** What `config_from_object` is given. */
function sourceOf(document: Document<Module>): { object: string; namespace: string } | undefined {
  let found: { object: string; namespace: string } | undefined;
  walkPython(document.tree, (node) => {
    if (node.type !== 'Call' || node.func.type !== 'Attribute' || node.func.attr !== 'config_from_object') return;
    const [object] = node.args;
    const space = node.keywords.find(({ name }) => name === 'namespace')?.value;
    const named = object === undefined ? undefined : object.type === 'Constant' ? object.value : 'django.conf:settings';
    const namespace = space?.type === 'Constant' ? space.value : '';
    if (typeof named === 'string' && typeof namespace === 'string') found = { object: named, namespace };
  });
  return found;
}

/** The settings that the deployment names, else those that the module itself names before it reads them. */
function settingsModule(program: Program, document: Document<Module>): string | undefined {
  const given = program.launch.environment.get('DJANGO_SETTINGS_MODULE')?.value;
  if (given !== undefined) return isUnknown(given) ? undefined : given;
  const own = program.python.environmentAfter(document.path).get('DJANGO_SETTINGS_MODULE');
  return own?.kind === 'str' ? own.value : undefined;
}
