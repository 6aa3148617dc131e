import type { HclExpression } from '../../parse/hcl/tree.js';
import { isNothing, list, mapOf, plain, type Data } from '../evaluated.js';
import { evaluate, type Context } from './evaluate.js';

const DEEPEST = 8;

/**
 * A value as the type of its variable makes it: attributes that are `optional(type, default)` and that nobody gave
 * have their default. https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export function typed(type: HclExpression, data: Data, context: Context, depth = 0): Data {
  if (type.kind !== 'call' || depth > DEEPEST) return data;
  const [inner] = type.args;
  if (inner === undefined) return data;
  if (type.name === 'object' && data.kind === 'map' && inner.kind === 'object')
    return filled(inner, data, context, depth);
  const one = (item: Data): Data => typed(inner, item, context, depth + 1);
  if (/^(?:list|set|tuple)$/.test(type.name) && data.kind === 'list') return list(data.items.map(one), data.from);
  if (type.name === 'map' && data.kind === 'map')
    return mapOf(new Map([...data.entries].map(([key, item]) => [key, one(item)])), data.from);
  return type.name === 'optional' ? one(data) : data;
}

function filled(
  object: Extract<HclExpression, { kind: 'object' }>,
  data: Extract<Data, { kind: 'map' }>,
  context: Context,
  depth: number,
): Data {
  const entries = new Map(data.entries);
  for (const { key, value } of object.items) {
    const name = key.kind === 'literal' ? String(key.value) : '';
    const given = entries.get(name);
    if (given !== undefined && !isNothing(given)) {
      entries.set(name, typed(value, given, context, depth + 1));
      continue;
    }
    if (value.kind !== 'call' || value.name !== 'optional') continue;
    const byDefault = value.args[1];
    const type = value.args[0];
    const made = byDefault === undefined ? plain(null, data.from) : evaluate(byDefault, context);
    entries.set(name, type === undefined ? made : typed(type, made, context, depth + 1));
  }
  return mapOf(entries, data.from);
}
