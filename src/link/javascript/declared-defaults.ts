import type { TSESTree } from '@typescript-eslint/types';
import { boolValue, dependingOn, unknownValue, variablesOf } from '../python/values.js';
import type { Value } from '../value.js';
import type { Engine, Frame } from './engine.js';
import type { Placed } from './javascript-program.js';
import { numberValue } from './operators.js';
import { bare, keyName } from './syntax.js';
import { combine, isMissing, toText } from './values.js';

export type Given = Placed<TSESTree.Expression>;

const DEEPEST = 12;

/** What an object has under a key, through spreads and variables. */
export function propertyOf(js: Engine, object: Given, key: string, frame: Frame | undefined): Given | undefined {
  const node = bare(object.node);
  if (node.type === 'ObjectExpression') {
    for (const one of node.properties) {
      if (one.type === 'Property' && keyName(one.key, one.computed) === key)
        return { module: object.module, node: one.value as TSESTree.Expression };
      if (one.type === 'SpreadElement') {
        const spread = propertyOf(js, { module: object.module, node: one.argument }, key, frame);
        if (spread !== undefined) return spread;
      }
    }
    return undefined;
  }
  for (const point of js.follow(object, frame))
    if (
      point.kind === 'repository' &&
      point.steps.length === 0 &&
      point.at.node !== node &&
      point.at.node.type === 'ObjectExpression'
    )
      return propertyOf(js, point.at as Given, key, frame);
  return undefined;
}

/** The input where there is one, as its declaration turns it; else the default of the declaration. */
export function settled(js: Engine, input: Value, field: Given, frame: Frame | undefined): Value {
  const { text, otherwise } = declared(js, field, frame);
  const missing = isMissing(input);
  if (missing === true)
    return otherwise === undefined ? input : dependingOn(js.evaluate(otherwise, frame), variablesOf(input));
  if (missing === undefined && otherwise !== undefined && input.kind === 'unknown' && input.candidates !== undefined)
    return combine(
      input.candidates.map((one) => (one.kind === 'none' ? js.evaluate(otherwise, frame) : turned(one, text))),
      input.origin,
    );
  return turned(input, text);
}

interface Declared {
  /** The words of its declaration, which tell what text is turned into. */
  readonly text: string;
  readonly otherwise: Given | undefined;
}

/** The default among chained calls, `z.string().default('x')`, or of an option, `str({ default: 'x' })`, `{ default: 'x' }`. */
function declared(js: Engine, field: Given, frame: Frame | undefined): Declared {
  let at: Given | undefined = field;
  let otherwise: Given | undefined;
  const words: string[] = [];
  for (let depth = 0; at !== undefined && depth < DEEPEST; depth++) {
    const { module }: Given = at;
    const node: TSESTree.Node = bare(at.node);
    if (node.type === 'ObjectExpression') {
      otherwise ??= propertyOf(js, at, 'default', frame);
      const format = propertyOf(js, at, 'format', frame);
      if (format !== undefined)
        words.push(format.node.type === 'Identifier' ? format.node.name : (toText(js.evaluate(format, frame)) ?? ''));
      break;
    }
    if (node.type !== 'CallExpression') break;
    const callee: TSESTree.Node = bare(node.callee);
    const name =
      callee.type === 'MemberExpression'
        ? keyName(callee.property, callee.computed)
        : callee.type === 'Identifier'
          ? callee.name
          : '';
    words.push(name ?? '');
    const [first] = node.arguments;
    if (first !== undefined && first.type !== 'SpreadElement') {
      if (/^(?:default|prefault)$/.test(name ?? '')) otherwise ??= { module, node: first };
      else if (callee.type === 'Identifier') otherwise ??= propertyOf(js, { module, node: first }, 'default', frame);
    }
    at = callee.type === 'MemberExpression' ? { module, node: callee.object } : undefined;
  }
  return { text: words.join(' '), otherwise };
}

function turned(input: Value, text: string): Value {
  if (input.kind !== 'str') return input;
  if (/\b(?:boolean|bool|stringbool|asBool|Boolean)\b/.test(text)) {
    if (/^(?:true|1|yes|on)$/i.test(input.value)) return boolValue(true, input.origin);
    return /^(?:false|0|no|off|)$/i.test(input.value)
      ? boolValue(false, input.origin)
      : unknownValue('no boolean', input.origin);
  }
  if (
    /\b(?:number|num|port|int|nat|Number|asInt|asPortNumber|asIntPositive)\b/.test(text) &&
    /^\d{1,15}$/.test(input.value)
  )
    return numberValue(Number(input.value), input.origin);
  return input;
}
