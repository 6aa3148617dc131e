import type { Binding, PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression } from '../../parse/python/ast.js';
import type { Held, HeldBy, QuerySet, Row } from './held.js';
import { joinedRows } from './joined-rows.js';
import { ANYTHING } from './queryset-methods.js';
import { rowMemo } from './row-memo.js';

/** Lines that put something into one list. */
const MOST = 6;

/** `enumerate(books)` and its like go over the same. */
export function unwrapped(node: Expression): Expression {
  const [first] = node.type === 'Call' ? node.args : [];
  return node.type === 'Call' &&
    first !== undefined &&
    node.func.type === 'Name' &&
    /^(?:enumerate|reversed|tqdm)$/.test(node.func.id)
    ? unwrapped(first)
    : node;
}

/** Rows that stand for themselves in a list: with what came along the way to them. */
export function listOfRow({ model, from, path, parameter }: Row): QuerySet | undefined {
  if (from === undefined) {
    // One row after another from elsewhere: nobody knows what comes with them.
    return parameter === undefined ? { ...NONE, model, brought: new Set([ANYTHING]), opaque: true } : undefined;
  }
  const { queryset } = from;
  if (path.length === 0) return { ...queryset, filtered: true, handed: true, inMemory: true };
  const above = [...path, ''].join('__');
  const brought = [...queryset.brought].flatMap((one) =>
    one === ANYTHING ? [one] : one.startsWith(above) ? [one.slice(above.length)] : [],
  );
  const { opaque, limited, most } = queryset;
  return { ...NONE, model, brought: new Set(brought), opaque, limited, ...(most === undefined ? {} : { most }) };
}

const NONE = {
  kind: 'queryset',
  limited: false,
  filtered: true,
  ofRow: undefined,
  handed: true,
  inMemory: true,
} as const;

/** `[book for book in books if book.sold]`, `[line.book for line in lines]`. */
export function ofComprehension(
  { module, node }: PythonPlace<Extract<Expression, { type: 'Comprehension' }>>,
  depth: number,
  heldBy: HeldBy,
): QuerySet | undefined {
  const [clause, ...others] = node.clauses;
  if (clause === undefined || others.length > 0 || node.value !== null) return undefined;
  const { element } = node;
  const ifs = clause.ifs.length > 0;
  if (element.type === 'Name' && clause.target.type === 'Name' && clause.target.id === element.id) {
    const held = heldBy({ module, node: unwrapped(clause.iter) }, depth + 1);
    return held?.kind === 'queryset'
      ? { ...held, filtered: held.filtered || ifs, handed: true, inMemory: true }
      : undefined;
  }
  if (element.type !== 'Attribute' && element.type !== 'Call') return undefined;
  const held = heldBy({ module, node: element }, depth + 1);
  return held?.kind === 'row' ? listOfRow(held) : undefined;
}

/** `found = []`, and what is put into it with `found.append(book)` and `found.extend(books)`. */
export function gathered(
  program: Program,
  module: PythonModule,
  binding: Binding,
  depth: number,
  heldBy: HeldBy,
): QuerySet | undefined {
  const known = rowMemo(program, 'django:gathered', () => new Map<Binding, QuerySet | undefined>());
  if (known.has(binding)) return known.get(binding);
  known.set(binding, undefined);
  const put: (Held | undefined)[] = [];
  for (const { node, write } of binding.references) {
    if (write || put.length > MOST) continue;
    const [method, call] = program.pythonCode.above({ module, node });
    if (method?.type !== 'Attribute' || method.value !== node || call?.type !== 'Call' || call.func !== method)
      continue;
    if (!/^(?:append|add|appendleft|extend|update|insert)$/.test(method.attr)) continue;
    const given = call.args.at(-1);
    const held = given === undefined ? undefined : heldBy({ module, node: given }, depth + 2);
    const many = /^(?:extend|update)$/.test(method.attr);
    put.push(many ? held : held?.kind === 'row' ? listOfRow(held) : undefined);
  }
  const all = put.length === 0 || put.length > MOST ? undefined : joinedRows(put);
  const held = all === undefined ? undefined : { ...all, filtered: true, handed: true, inMemory: true };
  known.set(binding, held);
  return held;
}

/** `[]`, `list()`, `set()` */
export function isEmptyList(node: Expression): boolean {
  return (
    (node.type === 'List' && node.elts.length === 0) ||
    (node.type === 'Call' &&
      node.args.length === 0 &&
      node.func.type === 'Name' &&
      /^(?:list|set|deque)$/.test(node.func.id))
  );
}

/** `chain(books, others)`, `islice(books, 20)`, `filter(is_sold, books)`, `map(attrgetter("author"), lines)`. */
export function ofIterators({ module, node }: PythonPlace<Call>, depth: number, heldBy: HeldBy): QuerySet | undefined {
  const name = node.func.type === 'Name' ? node.func.id : node.func.type === 'Attribute' ? node.func.attr : '';
  const at = (part: Expression | undefined): Held | undefined =>
    part === undefined ? undefined : heldBy({ module, node: part }, depth + 1);
  const { args } = node;
  if (args.some(({ type }) => type === 'Starred')) return undefined;
  switch (name) {
    case 'chain':
      return args.length > 6 ? undefined : joinedRows(args.map(at));
    case 'islice': {
      const held = at(args[0]);
      return held?.kind === 'queryset' ? { ...held, limited: true } : undefined;
    }
    case 'filter': {
      const held = args.length === 2 && node.func.type === 'Name' ? at(args[1]) : undefined;
      return held?.kind === 'queryset' ? { ...held, filtered: true } : undefined;
    }
    default:
      return undefined;
  }
}
