import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Attribute, Call, Expression } from '../../parse/python/ast.js';
import { anewAt } from './ask.js';
import { asksOf, asksOfCall, type Called } from './asks-database.js';
import { calledFunction } from './called-function.js';
import type { Row } from './held.js';
import { mayLead } from './leading-names.js';
import { ownQuery } from './own-query.js';
import { FOR_ALL, WRITE_ALL, remedyOf, writeRemedy } from './query-remedies.js';
import { ASKS } from './queryset-methods.js';
import { isProperty } from './is-property.js';
import { heldBy } from './querysets.js';

const WRITES = /^a?(?:save|create|delete|update|get_or_create|update_or_create|add|remove|set|clear)$/;
/** Methods of the manager of a relation. https://docs.djangoproject.com/en/5.2/ref/models/relations/ */
const CONNECTS = /^a?(?:add|remove)$/;
/** Of cursors and signals. */
const OWN = /^(?:execute|callproc|send)$/;

/** A property of a row that asks the database: `book.sold`. */
export function askedByProperty(program: Program, row: Row, place: PythonPlace<Attribute>): Called[] {
  const member = program.pythonCode.member(row.model.place, place.node.attr);
  if (member?.definition.kind !== 'function' || !isProperty(member.definition.node)) return [];
  const fn = { module: member.owner.module, node: member.definition.node };
  const asks = asksOf(program, fn);
  const given = asks.length === 0 ? heldBy(program, place) : undefined;
  if (given?.kind === 'queryset' && given.inMemory !== true) return [{ ask: anewAt(fn), row: undefined }];
  return asks.map((ask) => ({ ask, row: ask.of === undefined ? undefined : row }));
}

/** The same of a function that is called; of a method that gives a query itself, that is asked where it is used. */
export function calledBy(program: Program, place: PythonPlace<Call>, iterated: Expression): readonly Called[] {
  const asks = asksOfCall(program, place);
  if (asks.length > 0) return asks;
  const given = heldBy(program, place);
  const fn = calledFunction(program, place);
  return given?.kind === 'queryset' && given.opaque && given.ofRow?.from?.iterated === iterated && fn !== undefined
    ? [{ ask: anewAt(fn), row: undefined }]
    : [];
}

/** What belongs to the row of the loop is told as its relation. */
function isOfRow(program: Program, { module, node }: PythonPlace<Call>, iterated: Expression): boolean {
  const [first] = node.args;
  const held = first === undefined ? undefined : heldBy(program, { module, node: first });
  return (held?.kind === 'queryset' || held?.kind === 'values') && held.ofRow?.from?.iterated === iterated;
}

/** `len(books)` of what was asked before the loop is asked once. */
function isMadeBefore({ pythonCode }: Program, { module, node }: PythonPlace<Call>, iterated: Expression): boolean {
  const [first] = node.args;
  if (first?.type !== 'Name') return false;
  const made = pythonCode.bindingOf({ module, node: first })?.definitions ?? [];
  return made.some((one) => one.node.start < iterated.start);
}

export interface Asked {
  readonly kind: 'query' | 'write';
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

/** What a call itself asks, without what is called being looked at; undefined where that has to be done. */
export function askedBy(
  program: Program,
  { module, node }: PythonPlace<Call>,
  iterated: Expression,
): Asked | 'nothing' | undefined {
  const { func } = node;
  const place = { module, node };
  if (func.type === 'Name') {
    // `list(Sale.objects.filter(book=book))`, `SaleSerializer(Sale.objects.filter(book=book), many=True)`
    const own =
      isOfRow(program, place, iterated) || isMadeBefore(program, place, iterated)
        ? undefined
        : ownQuery(program, place);
    return own === undefined ? undefined : { kind: own.writes ? 'write' : 'query', remedy: FOR_ALL, evidence: [] };
  }
  if (
    func.type !== 'Attribute' ||
    !(mayLead(program, func.attr) || ASKS.test(func.attr) || WRITES.test(func.attr) || OWN.test(func.attr))
  )
    return undefined;
  const base = heldBy(program, { module, node: func.value });
  if (base?.kind === 'queryset' && base.inMemory === true) return 'nothing';
  if (base?.kind === 'queryset') {
    if (CONNECTS.test(func.attr) && base.relation !== undefined) {
      // What is put into relations of different rows has no call for all of them.
      if (base.ofRow === undefined || base.ofRow.from !== undefined) return 'nothing';
      return { kind: 'write', remedy: writeRemedy(func.attr, base.relation), evidence: [] };
    }
    if (!ASKS.test(func.attr)) return undefined;
    if (WRITES.test(func.attr)) return { kind: 'write', remedy: writeRemedy(func.attr, base.model.name), evidence: [] };
    // What was prefetched is counted in memory; and what follows a relation of the row is told as that.
    const own = base.ofRow?.from?.iterated === iterated;
    return own ? 'nothing' : { kind: 'query', remedy: remedyOf(base), evidence: [] };
  }
  const ends = func.attr.replace(/^a/, '');
  // An own delete() is there to do more than that.
  if (base?.kind === 'row' && (ends === 'save' || (ends === 'delete' && calledFunction(program, place) === undefined)))
    return { kind: 'write', remedy: writeRemedy(func.attr, base.model.name), evidence: [] };
  // Rows of a model that is not known, forms and serialisers that are saved.
  const own = base === undefined || base.kind === 'values' ? ownQuery(program, place) : undefined;
  if (own !== undefined)
    return { kind: own.writes ? 'write' : 'query', remedy: own.writes ? WRITE_ALL : FOR_ALL, evidence: [] };
  return base === undefined || base.kind === 'row' ? undefined : 'nothing';
}
