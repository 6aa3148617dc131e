import type { Held, QuerySet, Row } from './held.js';

/** Several queries of one model that stand for each other: what any of them brings counts as brought. */
export function joinedRows(all: readonly (Held | undefined)[]): QuerySet | undefined {
  let joined: QuerySet | undefined;
  for (const one of all) {
    if (one?.kind !== 'queryset') return undefined;
    if (one.empty === true) continue;
    if (joined !== undefined && joined.model !== one.model) return undefined;
    joined = joined === undefined ? one : together(joined, one);
  }
  return joined;
}

function together(one: QuerySet, other: QuerySet): QuerySet {
  const most = one.most !== undefined && other.most !== undefined ? Math.max(one.most, other.most) : undefined;
  const same = one.relation === other.relation && isSameRow(one.ofRow, other.ofRow);
  return {
    ...one,
    most,
    brought: new Set([...one.brought, ...other.brought]),
    limited: one.limited && other.limited,
    filtered: one.filtered || other.filtered,
    opaque: one.opaque || other.opaque,
    // Of two rows it belongs to neither.
    ...(same ? {} : { ofRow: undefined, relation: undefined }),
  };
}

function isSameRow(one: Row | undefined, other: Row | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.model === other.model &&
    one.parameter === other.parameter &&
    one.from?.iterated === other.from?.iterated &&
    one.path.join(' ') === other.path.join(' ')
  );
}
