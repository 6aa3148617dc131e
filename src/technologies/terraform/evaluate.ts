import { locate, type Document } from '../../parse/document.js';
import type { HclExpression, HclPart } from '../../parse/hcl/tree.js';
import {
  isNothing,
  itemsOf,
  list,
  mapOf,
  memberOf,
  missing,
  numberOf,
  plain,
  textOf,
  together,
  truthOf,
  type Data,
  type From,
} from '../evaluated.js';
import { called, joinedParts } from './functions.js';

/** What names stand for where an expression stands. */
export interface Context {
  readonly document: Document;
  /** What begins at a name that nothing nearer explains: `var`, `local`, `aws_db_instance`. */
  readonly resolve: (name: string) => Data;
  /** What functions do that look at the repository; undefined for all others. */
  readonly call: (name: string, args: readonly Data[]) => Data | undefined;
  /** Names of comprehensions and of repeated blocks. */
  readonly names: ReadonlyMap<string, Data>;
  /** Shared by everything that is evaluated together. */
  readonly effort: Effort;
}

export interface Effort {
  left: number;
  depth: number;
}

const DEEPEST = 120;

/** What an expression comes to; never throws, bounded in steps and depth. */
export function evaluate(node: HclExpression, context: Context): Data {
  const { effort, document } = context;
  if (effort.left-- <= 0 || effort.depth >= DEEPEST) return missing('more is to be worked out than is done here');
  effort.depth++;
  const from: From = { places: [locate(document, node)], resources: [] };
  const result = evaluated(node, context, from);
  effort.depth--;
  return result;
}

function evaluated(node: HclExpression, context: Context, from: From): Data {
  switch (node.kind) {
    case 'literal':
      return plain(node.value, from);
    case 'template':
      return template(node.parts, context, from);
    case 'name':
      return context.names.get(node.name) ?? context.resolve(node.name);
    case 'member':
      return member(evaluate(node.of, context), node.name);
    case 'index':
      return indexed(evaluate(node.of, context), evaluate(node.key, context));
    case 'splat':
      return splat(node, context);
    case 'call':
      return call(node, context);
    case 'unary':
      return unary(node.operator, evaluate(node.operand, context));
    case 'binary':
      return binary(node, context);
    case 'conditional':
      return conditional(node, context);
    case 'list':
      return list(
        node.items.map((item) => evaluate(item, context)),
        from,
      );
    case 'object': {
      const entries = new Map<string, Data>();
      for (const { key, value } of node.items) {
        const name = textOf(evaluate(key, context));
        if (name === undefined) return missing('the names of its entries are not known', from);
        entries.set(name, evaluate(value, context));
      }
      return mapOf(entries, from);
    }
    case 'for':
      return comprehension(node, context, from);
    case 'broken':
      return missing('it cannot be read', from);
  }
}

function template(parts: readonly HclPart[], context: Context, from: From): Data {
  const pieces = rendered(parts, context);
  // `"${var.x}"` is what stands inside, of any type.
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && parts[0]?.kind === 'value') return only;
  const joined = joinedParts(pieces);
  const { resources, places } = joined.from;
  return { ...joined, from: { places: [...from.places, ...places].slice(0, 6), resources } };
}

function rendered(parts: readonly HclPart[], context: Context): Data[] {
  return parts.flatMap((part): Data[] => {
    if (part.kind === 'text') return [plain(part.text)];
    if (part.kind === 'value') return [evaluate(part.value, context)];
    if (part.kind === 'if') {
      const holds = truthOf(evaluate(part.condition, context));
      if (holds === undefined) return [missing('a condition in it is not known')];
      return rendered(holds ? part.then : part.otherwise, context);
    }
    const entries = entriesOf(evaluate(part.of, context));
    if (entries === undefined) return [missing('what it repeats is not known')];
    return entries.flatMap(([key, value]) => rendered(part.each, named(context, part.key, part.name, key, value)));
  });
}

function named(context: Context, keyName: string | undefined, name: string, key: Data, value: Data): Context {
  const names = new Map(context.names).set(name, value);
  if (keyName !== undefined) names.set(keyName, key);
  return { ...context, names };
}

/** Keys and values of what is gone through. */
export function entriesOf(data: Data): readonly (readonly [Data, Data])[] | undefined {
  if (data.kind === 'map') return [...data.entries].map(([key, value]) => [plain(key, value.from), value] as const);
  return itemsOf(data)?.map((item, index) => [plain(index), item] as const);
}

function member(of: Data, name: string): Data {
  if (of.kind === 'lazy') return of.member(name);
  if (of.kind === 'map') return of.entries.get(name) ?? missing(`there is no ${name} in it`, of.from);
  // Of a block that may stand once, members are taken of the only item.
  if (of.kind === 'unknown')
    return missing(
      of.reason,
      of.from,
      candidatesOf(of, (one) => memberOf(one, name)),
    );
  return missing(`it has no ${name}`, of.from);
}

function indexed(of: Data, key: Data): Data {
  const name = textOf(key);
  if (of.kind === 'unknown') return missing(of.reason, of.from);
  if (name === undefined) {
    const all = itemsOf(of);
    return missing(key.kind === 'unknown' ? key.reason : 'the key is not known', together([of, key]), all);
  }
  if (of.kind === 'lazy') return of.key?.(numberOf(key) ?? name) ?? of.member(name);
  if (of.kind === 'map') return of.entries.get(name) ?? missing(`there is no ${name} in it`, of.from);
  const item = of.kind === 'list' ? of.items[numberOf(key) ?? -1] : undefined;
  return item ?? missing('there is no such item', of.from);
}

function candidatesOf(data: Data, read: (one: Data) => Data | undefined): readonly Data[] | undefined {
  const all = data.kind === 'unknown' ? data.candidates?.map(read) : undefined;
  const found = all?.filter((one): one is Data => one !== undefined);
  return found?.length === all?.length ? found : undefined;
}

function splat(node: Extract<HclExpression, { kind: 'splat' }>, context: Context): Data {
  const of = evaluate(node.of, context);
  if (of.kind === 'unknown') return missing(of.reason, of.from);
  const items = itemsOf(of) ?? (isNothing(of) ? [] : [of]);
  return list(
    items.map((item) => evaluate(node.rest, { ...context, names: new Map(context.names).set('*', item) })),
    of.from,
  );
}

function call(node: Extract<HclExpression, { kind: 'call' }>, context: Context): Data {
  const args = node.args.map((arg) => evaluate(arg, context));
  if (node.spread) {
    const last = args.pop();
    const items = itemsOf(last);
    if (items === undefined) return missing('what it is given is not known', last?.from);
    args.push(...items);
  }
  if (node.name === 'try' || node.name === 'coalesce') return firstKnown(node.name, args);
  return context.call(node.name, args) ?? called(node.name, args);
}

/** What cannot be worked out here may well be there when it runs; only what is missing for certain is passed over. */
function firstKnown(name: string, args: readonly Data[]): Data {
  const isAbsent = (one: Data): boolean =>
    one.kind === 'unknown' && /^(?:there is no|it has no)/.test(one.reason) && name === 'try';
  const [first, ...rest] = args.filter((one) => !isAbsent(one));
  if (first === undefined) return missing('none of them is there', together(args));
  if (name === 'try') return first;
  return isNothing(first) || textOf(first) === '' ? (rest[0] === undefined ? first : firstKnown(name, rest)) : first;
}

function unary(operator: '!' | '-', operand: Data): Data {
  const value = operator === '!' ? truthOf(operand) : numberOf(operand);
  if (value !== undefined) return plain(typeof value === 'boolean' ? !value : -value, operand.from);
  return missing(operand.kind === 'unknown' ? operand.reason : 'it is neither true nor false', operand.from);
}

function binary(node: Extract<HclExpression, { kind: 'binary' }>, context: Context): Data {
  const left = evaluate(node.left, context);
  const { operator } = node;
  // One side alone may decide.
  if (operator === '&&' && truthOf(left) === false) return plain(false, left.from);
  if (operator === '||' && truthOf(left) === true) return plain(true, left.from);
  const right = evaluate(node.right, context);
  const from = together([left, right]);
  if (operator === '&&' && truthOf(right) === false) return plain(false, right.from);
  if (operator === '||' && truthOf(right) === true) return plain(true, right.from);
  const value = computed(operator, left, right);
  if (value !== undefined) return plain(value, from);
  const open = left.kind === 'unknown' ? left : right;
  return missing(open.kind === 'unknown' ? open.reason : `${operator} of these is not known`, from);
}

function computed(operator: string, left: Data, right: Data): number | boolean | undefined {
  if (operator === '&&' || operator === '||') {
    const [a, b] = [truthOf(left), truthOf(right)];
    if (a === undefined || b === undefined) return undefined;
    return operator === '&&' ? a && b : a || b;
  }
  if (operator === '==' || operator === '!=') {
    const equal = isEqual(left, right);
    return equal === undefined ? undefined : equal === (operator === '==');
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    default:
      return b === 0 ? undefined : a % b;
  }
}

function isEqual(left: Data, right: Data): boolean | undefined {
  if (left.kind === 'plain' && right.kind === 'plain')
    return left.value === right.value || textOf(left) === textOf(right);
  if (isNothing(left) || isNothing(right)) {
    const other = isNothing(left) ? right : left;
    return other.kind === 'unknown' || other.kind === 'lazy' ? undefined : false;
  }
  const [a, b] = [itemsOf(left), itemsOf(right)];
  if (a?.length === 0 && b !== undefined) return b.length === 0;
  return b?.length === 0 && a !== undefined ? a.length === 0 : undefined;
}

function conditional(node: Extract<HclExpression, { kind: 'conditional' }>, context: Context): Data {
  const condition = evaluate(node.condition, context);
  const holds = truthOf(condition);
  if (holds !== undefined) {
    const chosen = evaluate(holds ? node.then : node.otherwise, context);
    const { places, resources } = chosen.from;
    return { ...chosen, from: { places: [...places, ...condition.from.places].slice(0, 6), resources } };
  }
  const branches = [evaluate(node.then, context), evaluate(node.otherwise, context)];
  const [then, otherwise] = branches;
  if (then !== undefined && otherwise !== undefined && isEqual(then, otherwise) === true) return then;
  const reason = condition.kind === 'unknown' ? condition.reason : 'the condition is not known';
  const candidates = branches
    .flatMap((one) => (one.kind === 'unknown' ? (one.candidates ?? [one]) : [one]))
    .slice(0, 20);
  return missing(reason, together([...branches, condition]), candidates);
}

function comprehension(node: Extract<HclExpression, { kind: 'for' }>, context: Context, from: From): Data {
  const of = evaluate(node.of, context);
  const entries = entriesOf(of);
  if (entries === undefined)
    return missing(of.kind === 'unknown' ? of.reason : 'what it goes through is not known', from);
  const items: Data[] = [];
  const under = new Map<string, Data>();
  for (const [key, value] of entries) {
    const inner = named(context, node.key, node.name, key, value);
    if (node.condition !== undefined) {
      const holds = truthOf(evaluate(node.condition, inner));
      if (holds === undefined) return missing('a condition in it is not known', from);
      if (!holds) continue;
    }
    const each = evaluate(node.each, inner);
    if (node.under === undefined) {
      items.push(each);
      continue;
    }
    const name = textOf(evaluate(node.under, inner));
    if (name === undefined) return missing('the names of its entries are not known', from);
    const before = under.get(name);
    under.set(name, node.grouped ? list([...(itemsOf(before) ?? []), each], from) : each);
  }
  return node.under === undefined ? list(items, from) : mapOf(under, from);
}
