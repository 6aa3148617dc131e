import { posix } from 'node:path';
import type { Location } from '../../location.js';
import {
  boolValue,
  derived,
  externalValue,
  intValue,
  listValue,
  recordValue,
  strValue,
  unknownValue,
} from '../python/values.js';
import { REPOSITORY, type Origin, type Value } from '../value.js';
import { checkedSetting } from './checked-settings.js';
import type { Engine, PackagePoint } from './engine.js';
import { placeOf } from './follow-module.js';
import { numberValue } from './operators.js';
import { combine, lift, toNumber, toText, truthOf, isMissing } from './values.js';

/** What a count of cores comes to on the machines that people rent. */
const CORES = [1, 2, 4, 8];

/** What something of a package comes to, where Node itself or a well known package tells. */
export function packageValue(js: Engine, point: PackagePoint, asked: Origin): Value {
  const { package: name, steps } = point;
  const origin =
    point.call === undefined ? asked : { locations: [placeOf(point.call.module, point.call.node)], variables: [] };
  const path = steps.join('.');
  switch (name) {
    case 'node:process':
      if (steps[0] === 'env' && steps[1] !== undefined) {
        if (steps.length > 2 || steps[1] === '*') return unknownValue('a variable of the environment', asked);
        const value = js.environment(steps[1]);
        return value.origin.locations.length > 0
          ? value
          : { ...value, origin: { locations: asked.locations, variables: value.origin.variables } };
      }
      if (path === 'cwd.()') return strValue(posix.join(REPOSITORY, js.sources.directory), origin);
      if (path === 'platform') return strValue('linux', asked);
      break;
    case 'node:os':
      if (path === 'cpus.().length' || path === 'availableParallelism.()' || path === 'length')
        return unknownValue(
          'depends on the number of cores',
          origin,
          CORES.map((cores) => intValue(cores, origin)),
        );
      if (path === 'tmpdir.()') return strValue('/tmp', origin);
      if (path === 'EOL') return strValue('\n', asked);
      break;
    case 'node:path':
    case 'node:url':
    case 'node:global': {
      const model = Object.hasOwn(MODELS, `${name}.${path}`) ? MODELS[`${name}.${path}`] : undefined;
      if (model !== undefined && point.call !== undefined) return called(js, point, model);
      if (name === 'node:url' && /^(?:URL\.new|parse\.\(\))\.\w+$/.test(path) && point.call !== undefined) {
        const part = steps.at(-1) ?? '';
        return called(js, point, (args, at) => partOfUrl(args, part, derived(at, ...args)));
      }
      if (name === 'node:path' && path === 'sep') return strValue('/', asked);
      if (path === 'Infinity') return numberValue(Infinity, asked);
      if (path === 'NaN') return numberValue(NaN, asked);
      break;
    }
    default: {
      const checked = checkedSetting(js, point);
      if (checked !== undefined) return checked;
    }
  }
  return externalValue([name, ...steps].join('.'), origin);
}

type Model = (args: readonly Value[], at: Location, js: Engine) => Value;

function called(js: Engine, { call, frame }: PackagePoint, model: Model): Value {
  if (call === undefined) return unknownValue('a call', { locations: [], variables: [] });
  const at = placeOf(call.module, call.node);
  const args = call.node.arguments.map((one) =>
    one.type === 'SpreadElement'
      ? unknownValue('arguments that are spread', derived(at))
      : js.evaluate({ module: call.module, node: one }, frame),
  );
  return lift(args, at, (values) => model(values, at, js));
}

const texts =
  (make: (parts: string[], js: Engine) => string): Model =>
  (args, at, js) => {
    const parts = args.map(toText);
    const origin = derived(at, ...args);
    return parts.includes(undefined)
      ? unknownValue('a part of a path is not known', origin)
      : strValue(make(parts as string[], js), origin);
  };

const numbers =
  (make: (values: number[]) => number): Model =>
  (args, at) => {
    const values = args.map(toNumber);
    const origin = derived(at, ...args);
    return values.includes(undefined)
      ? unknownValue('no number', origin)
      : numberValue(make(values as number[]), origin);
  };

const parsed =
  (make: (text: string, radix: number | undefined) => number): Model =>
  (args, at) => {
    const origin = derived(at, ...args);
    const [first, second] = args;
    const text = first === undefined || first.kind === 'none' ? '' : toText(first);
    const radix = second === undefined ? undefined : toNumber(second);
    return text === undefined ? unknownValue('no number', origin) : numberValue(make(text, radix), origin);
  };

const MODELS: Readonly<Record<string, Model>> = {
  'node:path.join.()': texts((parts) => posix.join(...parts)),
  'node:path.posix.join.()': texts((parts) => posix.join(...parts)),
  'node:path.normalize.()': texts(([path = '']) => posix.normalize(path)),
  // Relative to where the process runs, which is where its code stands.
  'node:path.resolve.()': texts((parts, js) => posix.resolve('/', REPOSITORY, js.sources.directory, ...parts)),
  'node:path.dirname.()': texts(([path = '']) => posix.dirname(path)),
  'node:path.basename.()': texts(([path = '', ending]) => posix.basename(path, ending)),
  'node:path.extname.()': texts(([path = '']) => posix.extname(path)),
  'node:url.fileURLToPath.()': texts(([url = '']) => url.replace(/^file:\/\//, '')),
  'node:url.URL.new': (args, at) => partOfUrl(args, 'href', derived(at, ...args)),
  'node:global.parseInt.()': parsed((text, radix) => Number.parseInt(text, radix)),
  'node:global.Number.parseInt.()': parsed((text, radix) => Number.parseInt(text, radix)),
  'node:global.parseFloat.()': parsed((text) => Number.parseFloat(text)),
  'node:global.Number.parseFloat.()': parsed((text) => Number.parseFloat(text)),
  'node:global.Number.()': numbers(([value = 0]) => value),
  'node:global.Math.max.()': numbers((values) => Math.max(...values)),
  'node:global.Math.min.()': numbers((values) => Math.min(...values)),
  'node:global.Math.floor.()': numbers(([value = NaN]) => Math.floor(value)),
  'node:global.Math.ceil.()': numbers(([value = NaN]) => Math.ceil(value)),
  'node:global.Math.round.()': numbers(([value = NaN]) => Math.round(value)),
  'node:global.isNaN.()': (args, at) => {
    const number = args[0] === undefined ? NaN : toNumber(args[0]);
    return number === undefined
      ? unknownValue('no number', derived(at, ...args))
      : boolValue(Number.isNaN(number), derived(at, ...args));
  },
  'node:global.Number.isNaN.()': (args, at) =>
    boolValue(args[0]?.kind === 'float' && Number.isNaN(args[0].value), derived(at, ...args)),
  'node:global.String.()': texts(([text = '']) => text),
  'node:global.encodeURIComponent.()': texts(([text = '']) => encodeURIComponent(text)),
  'node:global.Boolean.()': (args, at) => {
    const truth = args[0] === undefined ? false : truthOf(args[0]);
    return truth === undefined
      ? unknownValue('a condition is not known', derived(at, ...args))
      : boolValue(truth, derived(at, ...args));
  },
  'node:global.JSON.parse.()': (args, at) => {
    const origin = derived(at, ...args);
    const text = args[0] === undefined ? undefined : toText(args[0]);
    try {
      return text === undefined ? unknownValue('no text', origin) : plainValue(JSON.parse(text), origin, 0);
    } catch {
      return unknownValue('no JSON', origin);
    }
  },
  'node:global.Object.assign.()': (args, at) => {
    const origin = derived(at, ...args);
    const found = new Map<string, Value>();
    for (const one of args) {
      if (isMissing(one) === true) continue;
      if (one.kind !== 'dict') return unknownValue('an object is not known', origin);
      for (const { key, value } of one.entries.values()) if (key.kind === 'str') found.set(key.value, value);
    }
    return recordValue(found, origin);
  },
  'node:global.Object.keys.()': (args, at) => {
    const [object] = args;
    return object?.kind === 'dict'
      ? listValue(
          [...object.entries.values()].map(({ key }) => key),
          derived(at, object),
        )
      : unknownValue('an object is not known', derived(at, ...args));
  },
  'node:global.Object.values.()': (args, at) => {
    const [object] = args;
    return object?.kind === 'dict'
      ? listValue(
          [...object.entries.values()].map(({ value }) => value),
          derived(at, object),
        )
      : unknownValue('an object is not known', derived(at, ...args));
  },
  'node:global.Set.new': (args) => args[0] ?? listValue([]),
  'node:global.Array.from.()': (args) => combine(args.slice(0, 1), { locations: [], variables: [] }),
};

function plainValue(plain: unknown, origin: Origin, depth: number): Value {
  if (depth > 30) return unknownValue('nested too deeply', origin);
  if (typeof plain === 'string') return strValue(plain, origin);
  if (typeof plain === 'number') return numberValue(plain, origin);
  if (typeof plain === 'boolean') return boolValue(plain, origin);
  if (Array.isArray(plain))
    return listValue(
      plain.map((one) => plainValue(one, origin, depth + 1)),
      origin,
    );
  if (typeof plain === 'object' && plain !== null)
    return recordValue(
      Object.entries(plain).map(([key, one]): [string, Value] => [key, plainValue(one, origin, depth + 1)]),
      origin,
    );
  return { kind: 'none', origin };
}

function partOfUrl(args: readonly Value[], part: string, origin: Origin): Value {
  const [first, base] = args.map(toText);
  if (first === undefined || (args.length > 1 && base === undefined))
    return unknownValue('an address is not known', origin);
  let url: URL;
  try {
    url = base === undefined ? new URL(first) : new URL(first, base);
  } catch {
    return unknownValue('no address', origin);
  }
  const parts: Readonly<Record<string, string>> = {
    href: url.href,
    host: url.host,
    hostname: url.hostname,
    port: url.port,
    pathname: url.pathname,
    path: url.pathname + url.search,
    protocol: url.protocol,
    username: url.username,
    password: url.password,
    search: url.search,
    origin: url.origin,
    auth: url.username === '' ? '' : `${url.username}:${url.password}`,
  };
  const found = Object.hasOwn(parts, part) ? parts[part] : undefined;
  return found === undefined ? unknownValue(`${part} of an address`, origin) : strValue(found, origin);
}
