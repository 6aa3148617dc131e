import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Attribute, Call, Comprehension, Expression, For, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { asksDatabase, asksInside } from './asks-database.js';
import { growsWithData } from './grows-with-data.js';
import type { QuerySet, Row } from './held.js';
import { ASKS } from './queryset-methods.js';
import { heldBy, isProperty, unwrapped } from './querysets.js';

export interface Repeated {
  readonly place: PythonPlace;
  readonly kind: 'relation' | 'query' | 'write';
  readonly entries: 'many' | 'few';
  readonly query: string;
  readonly over: string;
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

const WRITES = /^(?:save|create|delete|update|get_or_create|update_or_create|add|remove|set|clear)$/;

/** What a loop sends to the database each time round. */
export function repeatedIn(program: Program, { module, node: loop }: PythonPlace<For | Comprehension>): Repeated[] {
  const iterated = loop.type === 'For' ? loop.iter : loop.clauses[0]?.iter;
  if (iterated === undefined) return [];
  const over = { module, node: unwrapped(iterated) };
  const rows = heldBy(program, over);
  if (rows?.kind === 'scalar' || rows?.kind === 'row') return [];
  if (rows === undefined && !growsWithData(program, over)) return [];
  if (loop.type === 'For' && endsAtOnce(loop)) return [];

  const entries = rows?.kind === 'queryset' && rows.limited && isFew(over.node) ? 'few' : 'many';
  const found: Repeated[] = [];
  const relations = new Set<string>();
  const goes = { message: `the loop goes over ${written(over)}`, location: program.pythonCode.locate(over) };
  const add = (
    place: PythonPlace,
    kind: Repeated['kind'],
    remedy: string,
    evidence: readonly Evidence[] = [],
  ): boolean => {
    if (leavesLoop(program, place, loop)) return false;
    found.push({
      place,
      kind,
      entries,
      query: written(place),
      over: written(over),
      remedy,
      evidence: [goes, ...evidence],
    });
    return true;
  };
  for (const part of bodyOf(loop)) {
    walkPython(part, (node, parents) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      const place = { module, node };
      const parent = parents.at(-1);
      if (node.type === 'Attribute' && !isStored(node, parent)) {
        const followed = relationOf(program, { module, node }, iterated, parent);
        if (followed !== undefined && !relations.has(followed.name)) {
          if (add(place, 'relation', followed.remedy)) relations.add(followed.name);
        }
      }
      if (node.type === 'Attribute' && !isStored(node, parent)) {
        const property = propertyOf(program, { module, node }, iterated);
        if (property !== undefined && !relations.has(node.attr)) {
          if (add(place, 'query', property.remedy, property.evidence)) relations.add(node.attr);
        }
      }
      if (node.type === 'Call') {
        const asked = askedBy(program, { module, node }, iterated);
        if (asked !== undefined) add(place, asked.kind, asked.remedy, asked.evidence);
      }
      // An inner loop over a query of its own.
      const inner = node.type === 'For' ? node.iter : node.type === 'ComprehensionClause' ? node.iter : undefined;
      if (inner !== undefined && part !== inner) {
        const held = heldBy(program, { module, node: unwrapped(inner) });
        if (
          held?.kind === 'queryset' &&
          held.ofRow === undefined &&
          dependsOnLoop(program, { module, node: inner }, loop)
        )
          add({ module, node: inner }, 'query', remedyOf(held));
      }
      return true;
    });
  }
  return found;
}

function bodyOf(loop: For | Comprehension): readonly Node[] {
  if (loop.type === 'For') return loop.body;
  const [first, ...others] = loop.clauses;
  return [loop.element, ...(loop.value === null ? [] : [loop.value]), ...(first?.ifs ?? []), ...others];
}

/** `for book in books: return book` goes round once. */
function endsAtOnce(loop: For): boolean {
  const last = loop.body.at(-1);
  return last?.type === 'Return' || last?.type === 'Break';
}

/** What stands before a `return` or `break` is done once, however long the loop is. */
function leavesLoop(program: Program, place: PythonPlace, loop: Node): boolean {
  let inner: Node = place.node;
  for (const outer of program.pythonCode.above(place)) {
    if (inner.type === 'Return' || inner.type === 'Raise') return true;
    if (outer === loop) return false;
    const blocks =
      outer.type === 'If'
        ? [outer.body, outer.orelse]
        : outer.type === 'Try' || outer.type === 'With'
          ? [outer.body]
          : [];
    const block = blocks.find((one) => one.some((statement) => statement === inner));
    const last = block?.at(-1);
    if (last?.type === 'Return' || last?.type === 'Break' || last?.type === 'Raise') return true;
    inner = outer;
  }
  return false;
}

/** A slice of a handful. */
function isFew(node: Expression): boolean {
  if (node.type !== 'Subscript' || node.slice.type !== 'Slice') return false;
  const { upper } = node.slice;
  return upper?.type === 'Constant' && typeof upper.value === 'number' && upper.value <= 5;
}

function isStored(node: Attribute, parent: Node | undefined): boolean {
  return (
    (parent?.type === 'Assign' && parent.targets.includes(node)) ||
    (parent?.type === 'Call' && parent.func === node && !/^(?:all|count|exists)$/.test(node.attr))
  );
}

/** A relation that a row of the loop does not bring with it. */
function relationOf(
  program: Program,
  { module, node }: PythonPlace<Attribute>,
  iterated: Expression,
  parent: Node | undefined,
): { readonly name: string; readonly remedy: string } | undefined {
  const row = heldBy(program, { module, node: node.value });
  if (row?.kind !== 'row' || row.from?.iterated !== iterated) return undefined;
  const { queryset } = row.from;
  const relation = row.model.relations.get(node.attr);
  if (relation === undefined || queryset.opaque || isAssigned(row, queryset)) return undefined;
  const name = [...row.path, node.attr].join('__');
  if (mayBeBrought(program, queryset, name)) return undefined;
  if (queryset.brought.has(name) || (relation.to === 'one' && queryset.brought.has('*'))) return undefined;
  // What was not brought one step before has been told there.
  if (row.path.length > 0 && !queryset.brought.has(row.path.join('__')) && !queryset.brought.has('*')) return undefined;
  if (relation.to === 'many') {
    const asks =
      parent?.type === 'Attribute' &&
      /^(?:all|count|exists|values|values_list|filter|exclude|order_by|first|last|aggregate)$/.test(parent.attr);
    if (!asks) return undefined;
    return { name, remedy: `.prefetch_related("${name}") where the rows come from` };
  }
  return {
    name,
    remedy: `${relation.to === 'one' && !viaMany(row) ? '.select_related' : '.prefetch_related'}("${name}") where the rows come from`,
  };
}

function viaMany(row: Row): boolean {
  return row.path.some((step) => row.model.relations.get(step)?.to === 'many');
}

/** Of rows that belong to a row from elsewhere somebody may have asked for more: `prefetch_related("members__user")`. */
export function mayBeBrought(program: Program, { ofRow, relation }: QuerySet, name: string): boolean {
  if (relation === undefined || ofRow?.from !== undefined) return false;
  const [first = ''] = name.split('__');
  return program.memo(`django:brought ${relation} ${first}`, () => {
    const written = new RegExp(
      `["'](?:\\w{1,80}__)?${relation}(?:__${first}\\b|["']\\s{0,80},[^)]{0,400}\\b${first}\\b)`,
    );
    return program.pythonCode.modulesWith(written).length > 0;
  });
}

/** Rows that come from their owner know it. */
function isAssigned(row: Row, queryset: QuerySet): boolean {
  return (
    row.path.length === 1 &&
    queryset.ofRow !== undefined &&
    queryset.brought.has(row.path[0] ?? '') &&
    queryset.brought.size === 1
  );
}

/** A property of a row that asks the database: `book.sold`. */
function propertyOf(
  program: Program,
  { module, node }: PythonPlace<Attribute>,
  iterated: Expression,
): Asked | undefined {
  const row = heldBy(program, { module, node: node.value });
  if (row?.kind !== 'row' || row.from?.iterated !== iterated || row.path.length > 0) return undefined;
  const member = program.pythonCode.member(row.model.place, node.attr);
  if (member?.definition.kind !== 'function' || !isProperty(member.definition.node)) return undefined;
  const fn = { module: member.owner.module, node: member.definition.node };
  const inside = heldBy(program, { module, node })?.kind === 'queryset' ? fn : asksInside(program, fn);
  if (inside === undefined) return undefined;
  const message = 'it asks the database here';
  return { kind: 'query', remedy: FOR_ALL, evidence: [{ message, location: program.pythonCode.locate(inside) }] };
}

const FOR_ALL =
  'one query for all before the loop, with filter(..._in=...), in_bulk() or annotate(), and what it finds handed on';

interface Asked {
  readonly kind: 'query' | 'write';
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

function askedBy(program: Program, { module, node }: PythonPlace<Call>, iterated: Expression): Asked | undefined {
  const { func } = node;
  if (func.type === 'Attribute') {
    const base = heldBy(program, { module, node: func.value });
    if (base?.kind === 'queryset' && ASKS.test(func.attr)) {
      if (WRITES.test(func.attr))
        return { kind: 'write', remedy: writeRemedy(func.attr, base.model.name), evidence: [] };
      // What was prefetched is counted in memory; and what follows a relation of the row is told as that.
      const own = base.ofRow?.from?.iterated === iterated;
      return own ? undefined : { kind: 'query', remedy: remedyOf(base), evidence: [] };
    }
    if (base?.kind === 'row' && func.attr === 'save')
      return { kind: 'write', remedy: writeRemedy('save', base.model.name), evidence: [] };
    if (base !== undefined && base.kind !== 'row') return undefined;
  }
  const given = heldBy(program, { module, node });
  if (
    given?.kind === 'queryset' &&
    given.ofRow?.from?.iterated === iterated &&
    given.opaque &&
    func.type === 'Attribute' &&
    isMethodOf(program, given.ofRow, func.attr)
  )
    return { kind: 'query', remedy: remedyOf(given), evidence: [] };
  const inside = asksDatabase(program, { module, node });
  if (inside === undefined) return undefined;
  return {
    kind: 'query',
    remedy:
      'one query for all before the loop, with filter(..._in=...), in_bulk() or annotate(), and what it finds handed on',
    evidence: [{ message: 'it asks the database here', location: program.pythonCode.locate(inside) }],
  };
}

function isMethodOf(program: Program, row: Row, name: string): boolean {
  return program.pythonCode.member(row.model.place, name)?.definition.kind === 'function';
}

function remedyOf({ model }: QuerySet): string {
  return `one query before the loop: ${model.name}.objects.in_bulk(keys), filter(pk__in=keys) or annotate() of the outer one`;
}

function writeRemedy(method: string, model: string): string {
  if (method === 'save') return `${model}.objects.bulk_update(rows, ["..."]) after the loop`;
  if (method === 'create') return `${model}.objects.bulk_create(rows) after the loop`;
  if (method === 'delete') return `${model}.objects.filter(pk__in=keys).delete() after the loop`;
  if (method.endsWith('or_create'))
    return `${model}.objects.bulk_create(rows, update_conflicts=True, unique_fields=[...], update_fields=[...]) after the loop`;
  return `one ${model}.objects.filter(pk__in=keys).${method}(...) after the loop`;
}

/** Whether an inner query mentions what the loop goes over; one that does not could be asked before, and mostly is a table. */
function dependsOnLoop(program: Program, place: PythonPlace<Expression>, loop: For | Comprehension): boolean {
  const names = new Set<string>();
  const targets = loop.type === 'For' ? [loop.target] : loop.clauses.map(({ target }) => target);
  for (const target of targets)
    walkPython(target, (node) => {
      if (node.type === 'Name') names.add(node.id);
    });
  let found = false;
  walkPython(place.node, (node) => {
    if (node.type === 'Name' && names.has(node.id)) found = true;
  });
  return found;
}

export function written({ module, node }: PythonPlace): string {
  const text = module.document.text.slice(node.start, node.end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
