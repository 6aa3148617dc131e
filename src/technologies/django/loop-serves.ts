import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Comprehension, Expression, For, While } from '../../parse/python/ast.js';
import type { PythonRequestPath } from '../python-request-path.js';
import type { Held } from './held.js';
import { unwrapped } from './gathered-rows.js';
import { isLookupTable } from './lookup-table.js';
import { heldBy } from './querysets.js';
import { isForStaff } from './staff-only.js';

/** What a loop is there for: rows of a table are answered with, what belongs to one row is, or each of them is changed. */
export type Serves = 'list' | 'object' | 'change' | 'administration' | 'setup';

/** What changes a row, or sends it somewhere, by the words that code has for it. */
const CHANGES =
  /\.a?(?:save|delete)\(|\.(?:bulk_)?a?(?:create|get_or_create|update_or_create)\(|\.(?:delay|apply_async|full_clean|clone|copy)\(|\b_?(?:archive|assign|cancel|close|copy|create|delete|import|move|notify|push|remove|reopen|reset|revoke|save|send|sync|update)_\w+\(/;

export function servesOf(
  program: Program,
  { module, node }: PythonPlace<For | While | Comprehension>,
  { handler, reason }: PythonRequestPath,
): Serves {
  if (isForStaff(program, handler) || /ModelAdmin|staff_member_required/.test(reason)) return 'administration';
  if (node.type === 'For' && CHANGES.test(module.document.text.slice(node.iter.end, node.end))) return 'change';
  if (node.type === 'While') return 'list';
  const iterated = node.type === 'For' ? node.iter : node.clauses[0]?.iter;
  if (iterated === undefined) return 'list';
  const over = { module, node: unwrapped(iterated) };
  const held = heldBy(program, over);
  if (isOfOne(program, over, held)) return 'object';
  return held?.kind === 'queryset' && isLookupTable(program, held.model) ? 'setup' : 'list';
}

/** `order.lines.all()`, `Line.objects.filter(order=order)` */
function isOfOne(program: Program, over: PythonPlace<Expression>, held: Held | undefined): boolean {
  if (held?.kind !== 'queryset') return false;
  // What is reached by the name of a relation belongs to a row, whichever it is.
  if (held.ofRow !== undefined || held.relation !== undefined) return held.ofRow?.from === undefined;
  return held.filtered && narrowedBy(program, over, 0).some((name) => held.model.relations.get(name)?.to === 'one');
}

/** The names that a query is narrowed by, followed through variables. */
function narrowedBy(program: Program, { module, node }: PythonPlace<Expression>, depth: number): readonly string[] {
  if (depth > 12) return [];
  const at = (part: Expression): readonly string[] => narrowedBy(program, { module, node: part }, depth + 1);
  if (node.type === 'Attribute' || node.type === 'Subscript') return at(node.value);
  if (node.type === 'Call') {
    const names = node.keywords.flatMap(({ name, value }) =>
      // One of several rows is no single one.
      name === null || value.type === 'List' ? [] : [name.replace(/(?:_id|__(?:id|pk|slug|uuid))$/, '')],
    );
    return node.func.type === 'Attribute' && node.func.attr === 'filter' ? [...names, ...at(node.func)] : at(node.func);
  }
  if (node.type !== 'Name') return [];
  const before = (program.pythonCode.bindingOf({ module, node })?.definitions ?? []).filter(
    (one) => one.kind === 'value' && one.node.end <= node.start,
  );
  const last = before.at(-1);
  return last?.kind === 'value' ? at(last.node) : [];
}
