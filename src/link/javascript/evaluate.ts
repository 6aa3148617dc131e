import type { TSESTree } from '@typescript-eslint/types';
import { REPOSITORY, type Value } from '../value.js';
import {
  boolValue,
  dependingOn,
  derived,
  floatValue,
  intValue,
  listValue,
  noneValue,
  originAt,
  recordValue,
  strValue,
  unknownValue,
  variablesOf,
} from '../python/values.js';
import type { Decided, Engine, Frame, Point } from './engine.js';
import { placeOf } from './follow-module.js';
import type { Placed } from './javascript-program.js';
import { methodOf } from './methods.js';
import { once } from './once.js';
import { binary, unary } from './operators.js';
import { packageValue } from './package-values.js';
import { keyName, isFunction, isClass, bare } from './syntax.js';
import { combine, isMissing, lift, markNull, toText, truthOf } from './values.js';

/** What an expression comes to. */
export function evaluate(js: Engine, place: Placed, frame: Frame | undefined): Value {
  return once<Value>(
    js.asking,
    frame?.values ?? js.values,
    place.node,
    (reason) => unknownValue(reason, originAt(placeOf(place.module, place.node))),
    () => evaluateNode(js, place, frame),
  );
}

/** Whether a condition holds. */
export function decide(js: Engine, place: Placed, frame: Frame | undefined): Decided {
  const value = js.evaluate(place, frame);
  return { truth: truthOf(value), missing: isMissing(value), variables: variablesOf(value) };
}

function evaluateNode(js: Engine, place: Placed, frame: Frame | undefined): Value {
  const { module } = place;
  const node = bare(place.node);
  const at = placeOf(module, node);
  const of = (child: TSESTree.Node): Value => js.evaluate({ module, node: child }, frame);
  switch (node.type) {
    case 'Literal':
      return literal(node, at);
    case 'TemplateLiteral':
      return lift(node.expressions.map(of), at, (values) => {
        const parts = values.map(toText);
        if (parts.includes(undefined)) return unknownValue('a part of a template is not known', derived(at, ...values));
        const text = node.quasis.map((quasi, i) => (quasi.value.cooked ?? '') + (parts[i] ?? '')).join('');
        return strValue(text, derived(at, ...values));
      });
    case 'ObjectExpression':
      return object(js, { module, node }, frame);
    case 'ArrayExpression':
      return array(js, { module, node }, frame);
    case 'UnaryExpression':
      return lift([of(node.argument)], at, ([value]) => unary(node.operator, value, at));
    case 'BinaryExpression':
      if (node.left.type === 'PrivateIdentifier') return unknownValue('a private name', originAt(at));
      return lift([of(node.left), of(node.right)], at, ([left, right]) => binary(node.operator, left, right, at));
    case 'LogicalExpression': {
      const left = of(node.left);
      const decision = node.operator === '??' ? negated(isMissing(left)) : truthOf(left);
      const keepsLeft = decision === undefined ? undefined : node.operator === '&&' ? !decision : decision;
      if (keepsLeft === true) return left;
      const right = of(node.right);
      if (keepsLeft === false) return depending(right, left);
      const candidates = left.kind === 'unknown' ? left.candidates : undefined;
      // Of what the left side may be, only what the operator lets through.
      const through = candidates?.filter((one) => {
        const truth = node.operator === '??' ? negated(isMissing(one)) : truthOf(one);
        return node.operator === '&&' ? truth !== true : truth !== false;
      });
      const kept = through ?? [left];
      return depending(combine([...kept, right], at), left);
    }
    case 'ConditionalExpression': {
      const test = of(node.test);
      const truth = truthOf(test);
      if (truth === undefined) return depending(combine([of(node.consequent), of(node.alternate)], at), test);
      return depending(of(truth ? node.consequent : node.alternate), test);
    }
    case 'AwaitExpression':
      return of(node.argument);
    case 'SequenceExpression':
      return of(node.expressions.at(-1) ?? node);
    case 'AssignmentExpression':
      return node.operator === '=' ? of(node.right) : unknownValue('an assignment', originAt(at));
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return {
        kind: 'function',
        name: node.id?.name ?? '',
        closure: `${module.path}:${node.range[0]}`,
        origin: originAt(at),
      };
    case 'Identifier': {
      const file = ofModule(js, { module, node });
      return file ?? ofPoints(js, { module, node }, frame);
    }
    case 'MemberExpression': {
      if (node.object.type === 'MetaProperty') return ofMeta(module.path, keyName(node.property, node.computed), at);
      if (keyName(node.property, node.computed) === 'length') {
        const value = of(node.object);
        if (value.kind === 'str') return intValue(value.value.length, derived(at, value));
        if (value.kind === 'list' && !value.items.some((one) => one.kind === 'unknown' && one.rest === true))
          return intValue(value.items.length, derived(at, value));
      }
      return ofPoints(js, { module, node }, frame);
    }
    case 'CallExpression': {
      const callee = bare(node.callee);
      if (callee.type === 'MemberExpression') {
        const name = keyName(callee.property, callee.computed);
        const method = name === undefined ? undefined : methodOf(name);
        if (method !== undefined) {
          const receiver = of(callee.object);
          if (isPlain(receiver)) {
            const args = node.arguments.map((one) =>
              one.type === 'SpreadElement' ? unknownValue('a spread', originAt(at)) : of(one),
            );
            return lift([receiver, ...args], at, ([self, ...given]) =>
              self === undefined ? unknownValue('a method', originAt(at)) : method(self, given, at),
            );
          }
        }
      }
      return ofPoints(js, { module, node }, frame);
    }
    case 'NewExpression':
    case 'ThisExpression':
    case 'ImportExpression':
      return ofPoints(js, { module, node }, frame);
    default:
      return unknownValue('an expression that is not evaluated', originAt(at));
  }
}

const isPlain = (value: Value): boolean =>
  value.kind === 'str' ||
  value.kind === 'int' ||
  value.kind === 'float' ||
  value.kind === 'list' ||
  value.kind === 'bool' ||
  (value.kind === 'unknown' && value.candidates !== undefined);

const negated = (decision: boolean | undefined): boolean | undefined =>
  decision === undefined ? undefined : !decision;

function depending(value: Value, on: Value): Value {
  return dependingOn(value, variablesOf(on));
}

function literal(node: TSESTree.Literal, at: ReturnType<typeof placeOf>): Value {
  const origin = originAt(at);
  const { value } = node;
  if (typeof value === 'string') return strValue(value, origin);
  if (typeof value === 'number') return Number.isInteger(value) ? intValue(value, origin) : floatValue(value, origin);
  if (typeof value === 'boolean') return boolValue(value, origin);
  if (typeof value === 'bigint') return intValue(value, origin);
  if (value === null && 'raw' in node && node.raw === 'null') return markNull(noneValue(origin));
  return unknownValue('a regular expression', origin);
}

function object(js: Engine, { module, node }: Placed<TSESTree.ObjectExpression>, frame: Frame | undefined): Value {
  const origin = originAt(placeOf(module, node));
  const found = new Map<string, Value>();
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const inner = js.evaluate({ module, node: property.argument }, frame);
      if (inner.kind === 'none' || (inner.kind === 'bool' && !inner.value)) continue;
      if (inner.kind !== 'dict')
        return unknownValue('an object is spread that is not known', derived(placeOf(module, node), inner));
      for (const { key, value } of inner.entries.values()) if (key.kind === 'str') found.set(key.value, value);
      continue;
    }
    const name = keyName(property.key, property.computed);
    const key = name === undefined ? js.evaluate({ module, node: property.key }, frame) : undefined;
    const spelled = name ?? (key?.kind === 'str' || key?.kind === 'int' ? String(key.value) : undefined);
    if (spelled === undefined) return unknownValue('a key of an object is not known', origin);
    if (property.kind === 'get') found.set(spelled, unknownValue('a getter', origin));
    else found.set(spelled, js.evaluate({ module, node: property.value }, frame));
  }
  return recordValue(found, origin);
}

function array(js: Engine, { module, node }: Placed<TSESTree.ArrayExpression>, frame: Frame | undefined): Value {
  const origin = originAt(placeOf(module, node));
  const items: Value[] = [];
  for (const element of node.elements) {
    if (element === null) items.push(noneValue(origin));
    else if (element.type === 'SpreadElement') {
      const inner = js.evaluate({ module, node: element.argument }, frame);
      if (inner.kind === 'list') items.push(...inner.items);
      else
        items.push({ kind: 'unknown', reason: 'a list is spread that is not known', origin: inner.origin, rest: true });
    } else items.push(js.evaluate({ module, node: element }, frame));
  }
  return listValue(items, origin);
}

/** `__dirname` and `__filename`. */
function ofModule(js: Engine, { module, node }: Placed<TSESTree.Identifier>): Value | undefined {
  if (node.name !== '__dirname' && node.name !== '__filename') return undefined;
  const variable = js.graph.scopes(module).variableOf(node);
  if (variable !== undefined && variable.defs.length > 0) return undefined;
  return ofMeta(module.path, node.name === '__dirname' ? 'dirname' : 'filename', placeOf(module, node));
}

function ofMeta(path: string, name: string | undefined, at: ReturnType<typeof placeOf>): Value {
  const file = `${REPOSITORY}/${path}`;
  if (name === 'url') return strValue(`file://${file}`, originAt(at));
  if (name === 'filename') return strValue(file, originAt(at));
  if (name === 'dirname') return strValue(file.slice(0, file.lastIndexOf('/')), originAt(at));
  return unknownValue(`import.meta.${name ?? '*'}`, originAt(at));
}

function ofPoints(js: Engine, place: Placed, frame: Frame | undefined): Value {
  return js.valueOf(js.follow(place, frame), place);
}

/** What possibilities come to: one value where they agree, else not known, with what it can be. */
export function valueOfPoints(js: Engine, points: readonly Point[], place?: Placed): Value {
  const values = points.map((point) => {
    const value = valueOfPoint(js, point, place);
    return dependingOn(value, point.variables ?? []);
  });
  const [first] = values;
  const origin =
    place === undefined
      ? (first?.origin ?? { locations: [], variables: [] })
      : originAt(placeOf(place.module, place.node));
  return combine(values, origin);
}

function valueOfPoint(js: Engine, point: Point, place: Placed | undefined): Value {
  const origin = place === undefined ? { locations: [], variables: [] } : originAt(placeOf(place.module, place.node));
  if (point.kind === 'unknown') return point.absent === true ? noneValue(origin) : unknownValue(point.reason, origin);
  if (point.kind === 'package') return packageValue(js, point, origin);
  const { at, steps, frame } = point;
  if (steps.length > 0) {
    if (steps.length === 1 && steps[0] === 'new')
      return unknownValue('an object of a class', originAt(placeOf(at.module, at.node)));
    return unknownValue('a member that is not followed', originAt(placeOf(at.module, at.node)));
  }
  if (at.node.type === 'Program') return unknownValue(`the module ${at.module.path}`, origin);
  // Only what stands for itself: anything else would ask the same again.
  if (at.node === place?.node && !isLiteral(at.node)) return unknownValue('it is not followed', origin);
  return js.evaluate(at, frame);
}

function isLiteral(node: TSESTree.Node): boolean {
  return (
    isFunction(node) ||
    isClass(node) ||
    node.type === 'Literal' ||
    node.type === 'TemplateLiteral' ||
    node.type === 'ObjectExpression' ||
    node.type === 'ArrayExpression' ||
    node.type === 'BinaryExpression' ||
    node.type === 'UnaryExpression'
  );
}
