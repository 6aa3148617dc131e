import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression } from '../../parse/python/ast.js';
import type { Given, Within } from './given.js';
import type { Held } from './held.js';
import { evaluate } from './list-query.js';
import { nameOf, type Names } from './method-flow.js';
import { heldBy, leadsTo } from './querysets.js';

/** Rows, and queries with the place where they begin. */
export function inDatabase(
  program: Program,
  place: PythonPlace<Expression>,
  within: Within,
  names: Names<Given>,
): Given | undefined {
  const { node } = place;
  if (node.type === 'Constant' || node.type === 'JoinedStr' || node.type === 'Lambda') return undefined;
  const held = new Map<string, Held | undefined>();
  for (const [name, one] of names)
    held.set(name, one?.kind === 'rows' ? one.rows : one?.kind === 'row' ? one.row : undefined);
  const base = node.type === 'Attribute' && node.value.type === 'Name' ? held.get(node.value.id) : undefined;
  const found =
    node.type === 'Attribute' && base?.kind === 'row'
      ? leadsTo(program, base, node.attr)
      : evaluate(program, { view: within.view, action: undefined }, place, held);
  if (found?.kind === 'row') return { kind: 'row', row: found };
  if (found?.kind !== 'queryset') return undefined;
  const rows = node.type === 'Name' && heldBy(program, place)?.kind === 'queryset' && isFollowed(place);
  return { kind: 'rows', rows: rows ? { ...found, opaque: true } : found, written: beginOf(place, names) };
}

/** `prefetch_related_objects(orders, "product")` brings relations to rows that are there. */
function isFollowed({ module, node }: PythonPlace<Expression>): boolean {
  return (
    node.type === 'Name' && new RegExp(`prefetch_related_objects\\(\\s{0,80}${node.id}\\b`).test(module.document.text)
  );
}

/** Where the query is written that a chain of calls starts with. */
function beginOf(place: PythonPlace<Expression>, names: Names<Given>): PythonPlace {
  let root: Expression = place.node;
  for (let steps = 0; steps < 30; steps++) {
    const name = nameOf(root);
    const held = name === undefined ? undefined : names.get(name);
    if (held?.kind === 'rows') return held.written;
    if (root.type === 'Attribute' || root.type === 'Subscript') root = root.value;
    else if (root.type === 'Call' && root.func.type === 'Attribute' && !/paginat/i.test(root.func.attr))
      root = root.func;
    else if (root.type === 'Call') {
      const given = root.args.find((one) => {
        const inner = nameOf(one);
        return inner !== undefined && names.get(inner)?.kind === 'rows';
      });
      if (given === undefined) return place;
      root = given;
    } else return place;
  }
  return place;
}
