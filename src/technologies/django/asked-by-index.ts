import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { returnsOf } from '../../link/python-code/returns.js';
import type { Call, Name, Node, Subscript } from '../../parse/python/ast.js';
import { calledFunction } from './called-function.js';
import { isMadeQuery } from './own-query.js';
import { isQuerySetMethod } from './queryset-methods.js';
import { heldBy } from './querysets.js';

/** Functions that read all rows, which the query keeps. */
const READS = /^(?:len|list|sorted|tuple|set|bool|any|all|enumerate|zip)$/;
/** Methods that nothing but queries of Django have. */
const OF_QUERIES = /^(?:select_related|prefetch_related)$/;
/** Uses of a name that are looked at. */
const MOST = 30;

/**
 * `books.filter(...)[place]`, and `books[place]` of a query whose rows nobody has read: each index is a query of its own.
 * https://docs.djangoproject.com/en/5.2/topics/db/queries/#when-querysets-are-not-cached
 */
export function asksByIndex(program: Program, { module, node }: PythonPlace<Subscript>): boolean {
  const { value, slice } = node;
  if (slice.type === 'Slice' || (slice.type === 'Constant' && slice.kind === 'str')) return false;
  if (value.type === 'Call') {
    if (!givesQuery(program, { module, node: value })) return false;
    const held = heldBy(program, { module, node: value });
    if (held === undefined) return value.func.type === 'Attribute' && OF_QUERIES.test(value.func.attr);
    return held.kind === 'queryset' && held.inMemory !== true && held.ofRow === undefined && held.empty !== true;
  }
  return value.type === 'Name' && isUnread(program, { module, node: value });
}

/** `books.order_by("title")`, `sold_by(author)` of a function that returns such: nothing is read yet. */
function givesQuery(program: Program, { module, node }: PythonPlace<Call>): boolean {
  if (node.func.type === 'Attribute' && isQuerySetMethod(node.func.attr)) return true;
  const fn = calledFunction(program, { module, node });
  const returned = fn === undefined ? [] : (returnsOf(fn.node) ?? []);
  return (
    returned.length > 0 &&
    returned.every((one) => one.type === 'Call' && one.func.type === 'Attribute' && isQuerySetMethod(one.func.attr))
  );
}

/** Whether a name holds a query that was only made so far. */
function isUnread(program: Program, { module, node }: PythonPlace<Name>): boolean {
  const { pythonCode } = program;
  const binding = pythonCode.bindingOf({ module, node });
  if (binding === undefined || binding.references.length > MOST || !isMadeQuery(program, { module, node }))
    return false;
  const held = heldBy(program, { module, node });
  if (held?.kind !== 'queryset' || held.ofRow !== undefined || held.limited || held.empty === true) return false;
  return !binding.references.some(
    ({ node: use, write }) => !write && use !== node && isRead(use, pythonCode.above({ module, node: use })),
  );
}

/** `len(books)`, `for book in books`, `if books`. */
function isRead(use: Name, [holder]: readonly Node[]): boolean {
  switch (holder?.type) {
    case 'Call':
      return holder.func.type === 'Name' && READS.test(holder.func.id) && holder.func !== use;
    case 'For':
    case 'ComprehensionClause':
      return holder.iter === use;
    case 'If':
    case 'While':
    case 'IfExp':
      return holder.test === use;
    case 'BoolOp':
    case 'UnaryOp':
      return true;
    default:
      return false;
  }
}
