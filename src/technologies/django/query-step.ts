import type { Call, Expression } from '../../parse/python/ast.js';
import type { Held, QuerySet } from './held.js';
import { afterMethod, ANYTHING, type NamesIn } from './queryset-methods.js';

/** What an expression holds where the step is written. */
type HeldIn = (node: Expression) => Held | undefined;

/** After a method of a query, with what `Prefetch(..., queryset=...)` brings besides; filters by constants leave a table that grows. */
export function afterStep(
  base: QuerySet,
  method: string,
  node: Call,
  heldIn: HeldIn,
  namesIn: NamesIn,
): Held | undefined {
  const after = afterMethod(base, method, node, namesIn);
  if (after?.kind !== 'queryset') return after;
  if (method === 'prefetch_related')
    return {
      ...after,
      brought: new Set([...after.brought, ...node.args.flatMap((one) => below(one, heldIn))]),
    };
  if (method !== 'filter' && method !== 'exclude') return after;
  const constant =
    node.args.length === 0 && node.keywords.every(({ name, value }) => name !== null && isConstant(value));
  if (constant) return { ...after, filtered: base.filtered };
  return node.keywords.some(({ name }) => name !== null && isOnly(base, name)) && method === 'filter'
    ? { ...after, most: 1 }
    : after;
}

/** `filter(user=request.user)` of a relation that one row has at most. */
function isOnly({ model }: QuerySet, name: string): boolean {
  if (/^(?:pk|id|uuid)$/.test(name)) return true;
  const relation = model.relations.get(name);
  if (relation?.to !== 'one' || relation.back === undefined) return false;
  return relation.target?.relations.get(relation.back)?.to === 'one';
}

/** `False`, `Status.PUBLISHED`. */
function isConstant(node: Expression): boolean {
  if (node.type === 'Attribute') return isConstant(node.value);
  return node.type === 'Constant' || (node.type === 'Name' && /^[A-Z]/.test(node.id));
}

function below(node: Expression, heldIn: HeldIn): string[] {
  if (node.type !== 'Call') return [];
  const [first, second] = node.args;
  const queryset = node.keywords.find(({ name }) => name === 'queryset')?.value ?? second;
  if (first?.type !== 'Constant' || first.kind !== 'str' || queryset === undefined) return [];
  const held = heldIn(queryset);
  if (held?.kind !== 'queryset' || held.opaque) return [`${first.value}__${ANYTHING}`];
  return [...held.brought].map((name) => `${first.value}__${name}`);
}

/** Either of two queries: all that one of them brings. */
export function eitherOf(one: Held, other: Held): Held | undefined {
  if (one.kind !== 'queryset' || other.kind !== 'queryset') return one.kind === other.kind ? one : undefined;
  if (one.empty === true || other.empty === true) return one.empty === true ? other : one;
  if (one.model !== other.model) return undefined;
  const { most: first, ...rest } = one;
  const most = first === undefined || other.most === undefined ? undefined : Math.max(first, other.most);
  return {
    ...rest,
    ...(most === undefined ? {} : { most }),
    brought: new Set([...one.brought, ...other.brought]),
    filtered: one.filtered && other.filtered,
    limited: one.limited || other.limited,
    opaque: one.opaque || other.opaque,
  };
}
