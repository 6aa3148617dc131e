import type { TSESTree } from '@typescript-eslint/types';
import { dependingOn, noneValue, originAt, unknownValue, variablesOf } from '../python/values.js';
import type { Value } from '../value.js';
import type { Engine, Frame, PackagePoint } from './engine.js';
import { placeOf } from './follow-module.js';
import type { Placed } from './javascript-program.js';
import { bare, keyName } from './syntax.js';
import { propertyOf, settled, type Given } from './declared-defaults.js';
import { answersNamed, once, type Named } from './once.js';
import { isMissing, toText } from './values.js';

/** What is asked of a package, by the last call on the way: where the schema is, where the input, and what leads into the result. */
interface Asked {
  readonly call: NonNullable<PackagePoint['call']>;
  readonly frame: Frame | undefined;
  readonly method: string;
  /** Names from the result of the call on. */
  readonly rest: readonly string[];
}

// Joi has had a scope of its own for a while.
const SCHEMAS = /^(?:zod|yup|(?:@\w{1,20}\/)?joi)$/;
const PARSES = /^(?:parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|validateSync|cast|attempt)$/;
const WRAPPED = new Map([
  ['safeParse', 'data'],
  ['safeParseAsync', 'data'],
]);
const DEEPEST = 12;

/**
 * A setting that a library checks before the program sees it: the environment's text, else the default of the schema. Undefined where
 * the package is none of those, or the way is not understood.
 */
export function checkedSetting(js: Engine, point: PackagePoint): Value | undefined {
  const { call, steps } = point;
  const last = steps.lastIndexOf('()');
  if (call === undefined || last < 0) return undefined;
  const asked: Asked = { call, frame: point.frame, method: steps[last - 1] ?? '', rest: steps.slice(last + 1) };
  const home = point.frame ?? js;
  let answers = kept.get(home);
  if (answers === undefined) kept.set(home, (answers = new Map<string, Map<TSESTree.Node, Value | undefined>>()));
  // What is checked may be what was checked before: `query = schema.parse(query)`.
  return once<Value | undefined>(
    js.asking,
    answersNamed(answers, [point.package, ...steps]),
    call.node,
    (reason) => unknownValue(reason, originAt(placeOf(call.module, call.node))),
    () => byPackage(js, point, asked),
  );
}

/** Answers go with what they were asked in. */
const kept = new WeakMap<Engine | Frame, Named<Value | undefined>>();

function byPackage(js: Engine, point: PackagePoint, asked: Asked): Value | undefined {
  const { steps } = point;
  if (SCHEMAS.test(point.package)) return bySchema(js, asked, point.package);
  switch (point.package) {
    case 'envalid':
      return asked.method === 'cleanEnv' ? byFields(js, asked, argument(asked, 1), environment) : undefined;
    case '@t3-oss/env-core':
    case '@t3-oss/env-nextjs':
    case '@t3-oss/env-nuxt':
      return asked.method === 'createEnv' ? bySections(js, asked) : undefined;
    case 'convict':
      return asked.method === 'get' ? byConvict(js, asked) : undefined;
    case 'env-var':
      return byChain(js, asked);
    case '@nestjs/config':
      return steps[0] === 'ConfigService' && /^get(?:OrThrow)?$/.test(asked.method) ? byKey(js, asked) : undefined;
    default:
      return undefined;
  }
}

function argument({ call }: Pick<Asked, 'call'>, index: number): Given | undefined {
  const node = call.node.arguments[index];
  return node === undefined || node.type === 'SpreadElement' ? undefined : { module: call.module, node };
}

function receiver({ module, node }: Placed): Given | undefined {
  const callee = node.type === 'CallExpression' ? bare(node.callee) : undefined;
  return callee?.type === 'MemberExpression' ? { module, node: callee.object } : undefined;
}

type Input = (js: Engine, name: string, path: readonly string[]) => Value;
const environment: Input = (js, name) => js.environment(name);

/** `z.object({ … }).parse(process.env).KEY`, `schema.validate(input).value.KEY`. */
function bySchema(js: Engine, asked: Asked, name: string): Value | undefined {
  if (!PARSES.test(asked.method)) return undefined;
  const isJoi = name.endsWith('joi');
  const wrapper = isJoi && asked.method === 'validate' ? 'value' : WRAPPED.get(asked.method);
  if (wrapper !== undefined && asked.rest[0] !== wrapper) return undefined;
  const path = wrapper === undefined ? asked.rest : asked.rest.slice(1);
  const attempt = asked.method === 'attempt';
  const schema = attempt ? argument(asked, 1) : receiver(asked.call);
  const given = argument(asked, 0);
  const [key] = path;
  if (schema === undefined || given === undefined || key === undefined) return undefined;
  const field = fieldAt(js, schema, path, asked.frame, 0);
  if (field === undefined) return undefined;
  let points = js.follow(given, asked.frame);
  for (const step of path) points = points.flatMap((one) => js.memberOf(one, step));
  return settled(js, js.valueOf(points, given), field, asked.frame);
}

/** The declaration under a path of keys, through `.object()`, `.keys()`, `.extend()` and whatever else is chained. */
function fieldAt(
  js: Engine,
  schema: Given,
  path: readonly string[],
  frame: Frame | undefined,
  depth: number,
): Given | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  if (depth > DEEPEST) return undefined;
  const node = bare(schema.node);
  if (node.type === 'CallExpression') {
    const callee = bare(node.callee);
    const name = callee.type === 'MemberExpression' ? keyName(callee.property, callee.computed) : undefined;
    const [first] = node.arguments;
    if (
      first !== undefined &&
      first.type !== 'SpreadElement' &&
      /^(?:object|strictObject|looseObject|keys|extend|append|shape|merge)$/.test(name ?? '')
    ) {
      const field = propertyOf(js, { module: schema.module, node: first }, key, frame);
      if (field !== undefined) return fieldAt(js, field, rest, frame, depth + 1);
      if (name === 'merge') {
        const merged = fieldAt(js, { module: schema.module, node: first }, path, frame, depth + 1);
        if (merged !== undefined) return merged;
      }
    }
    const before = receiver({ module: schema.module, node });
    return before === undefined ? undefined : fieldAt(js, before, path, frame, depth + 1);
  }
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined;
  for (const point of js.follow(schema, frame))
    if (point.kind === 'package' && point.call !== undefined) {
      const found = fieldAt(js, point.call, path, frame, depth + 1);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** `cleanEnv(process.env, { PORT: port({ default: 3000 }) }).PORT` */
function byFields(js: Engine, asked: Asked, fields: Given | undefined, input: Input): Value | undefined {
  const [key] = asked.rest;
  const field = key === undefined || fields === undefined ? undefined : propertyOf(js, fields, key, asked.frame);
  return key === undefined || field === undefined
    ? undefined
    : settled(js, input(js, key, asked.rest), field, asked.frame);
}

/** `createEnv({ server: { … }, runtimeEnv: process.env }).KEY` */
function bySections(js: Engine, asked: Asked): Value | undefined {
  const options = argument(asked, 0);
  if (options === undefined) return undefined;
  for (const section of ['server', 'shared', 'client']) {
    const fields = propertyOf(js, options, section, asked.frame);
    const found = fields === undefined ? undefined : byFields(js, asked, fields, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `convict({ cache: { driver: { default: 'memory', env: 'CACHE_DRIVER' } } }).get('cache.driver')` */
function byConvict(js: Engine, asked: Asked): Value | undefined {
  const given = argument(asked, 0);
  const path = given === undefined ? undefined : toText(js.evaluate(given, asked.frame));
  const config = receiver(asked.call);
  if (path === undefined || config === undefined || asked.rest.length > 0) return undefined;
  for (const point of js.follow(config, asked.frame)) {
    if (point.kind !== 'package' || point.call === undefined) continue;
    let field = argument({ call: point.call }, 0);
    for (const key of path.split('.').slice(0, DEEPEST)) field = field && propertyOf(js, field, key, asked.frame);
    if (field === undefined) continue;
    const variable = propertyOf(js, field, 'env', asked.frame);
    const name = variable === undefined ? undefined : toText(js.evaluate(variable, asked.frame));
    const input = name === undefined ? noneValue(originAt(placeOf(field.module, field.node))) : js.environment(name);
    return settled(js, input, field, asked.frame);
  }
  return undefined;
}

/** `env.get('CACHE_DRIVER').default('memory').asString()` */
function byChain(js: Engine, asked: Asked): Value | undefined {
  if (asked.rest.length > 0 || !/^as[A-Z]/.test(asked.method)) return undefined;
  let at: Placed | undefined = asked.call;
  let input: Value | undefined;
  for (let depth = 0; at !== undefined && depth < DEEPEST; depth++) {
    const { module, node }: Placed = at;
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') break;
    const [first] = node.arguments;
    if (
      keyName(node.callee.property, node.callee.computed) === 'get' &&
      first !== undefined &&
      first.type !== 'SpreadElement'
    ) {
      const name = toText(js.evaluate({ module, node: first }, asked.frame));
      input = name === undefined ? undefined : js.environment(name);
    }
    at = { module, node: bare(node.callee.object) };
  }
  return input === undefined ? undefined : settled(js, input, asked.call, asked.frame);
}

/** `configService.get('CACHE_DRIVER', 'memory')`; a path with dots leads to what a factory makes, which is not followed. */
function byKey(js: Engine, asked: Asked): Value | undefined {
  const given = argument(asked, 0);
  const name = given === undefined ? undefined : toText(js.evaluate(given, asked.frame));
  if (name === undefined || !/^[A-Z][A-Z0-9_]*$/.test(name) || asked.rest.length > 0) return undefined;
  const input = js.environment(name);
  const otherwise = argument(asked, 1);
  if (isMissing(input) !== true || otherwise === undefined || bare(otherwise.node).type === 'ObjectExpression')
    return input;
  return dependingOn(js.evaluate(otherwise, asked.frame), variablesOf(input));
}
