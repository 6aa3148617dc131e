import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Attribute, Call, Comprehension, Expression, For, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { asksOf, asksOfCall, calledFunction, isSubquery, type Called } from './asks-database.js';
import { growsWithData } from './grows-with-data.js';
import type { Row } from './held.js';
import { mayLead } from './leading-names.js';
import { mayAsk } from './may-ask.js';
import { bringing, isMissing, viaMany, type MissingRelation } from './missing-relations.js';
import { ASKS } from './queryset-methods.js';
import { heldBy, isProperty, unwrapped } from './querysets.js';
import { FOR_ALL, WRITE_ALL, remedyOf, writeRemedy } from './query-remedies.js';

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
/** Methods of the manager of a relation. https://docs.djangoproject.com/en/5.2/ref/models/relations/ */
const CONNECTS = /^(?:add|remove)$/;

/** So many rows need no other way. */
const FEW = 5;

/** What a loop sends to the database each time round. */
export function repeatedIn(program: Program, { module, node: loop }: PythonPlace<For | Comprehension>): Repeated[] {
  const iterated = loop.type === 'For' ? loop.iter : loop.clauses[0]?.iter;
  if (iterated === undefined) return [];
  if (!mayAsk(program, module, bodyOf(loop))) return [];
  const over = { module, node: unwrapped(iterated) };
  const rows = heldBy(program, over);
  if (rows?.kind === 'scalar' || rows?.kind === 'row') return [];
  if (rows === undefined && !growsWithData(program, over)) return [];
  if (loop.type === 'For' && endsAtOnce(loop)) return [];

  const entries = rows?.kind === 'queryset' && (rows.most ?? Infinity) <= FEW ? 'few' : 'many';
  const found: Repeated[] = [];
  const missing: (MissingRelation & { readonly evidence: readonly Evidence[]; readonly query: string })[] = [];
  const asked = new Set<string>();
  const goes = { message: `the loop goes over ${written(over)}`, location: program.pythonCode.locate(over) };
  const add = (place: PythonPlace, { kind, remedy, evidence }: Asked): void => {
    if (leavesLoop(program, place, loop)) return;
    const query = written(place);
    found.push({ place, kind, entries, query, over: written(over), remedy, evidence: [goes, ...evidence] });
  };
  const miss = (
    place: PythonPlace,
    path: readonly string[],
    many: boolean,
    evidence: readonly Evidence[] = [],
  ): void => {
    const name = path.join('__');
    if (missing.some((one) => one.path === name) || leavesLoop(program, place, loop)) return;
    missing.push({ path: name, many, place, evidence: [goes, ...evidence], query: written(place) });
  };
  /** What functions ask that are handed a row of the loop, or anything else. */
  const hand = (place: PythonPlace, all: readonly Called[]): void => {
    for (const { ask, row } of all) {
      const evidence = [{ message: 'it asks the database here', location: program.pythonCode.locate(ask.place) }];
      // What does more than write has reasons of its own to go row by row.
      if (ask.writes && !ask.short) continue;
      if (row === undefined || ask.anew || (ask.many && row.alone === true && row.path.length === 0)) {
        const once = `${String(place.node.start)} ${String(place.node.end)}`;
        if (asked.has(once)) continue;
        asked.add(once);
        add(
          place,
          ask.writes ? { kind: 'write', remedy: WRITE_ALL, evidence } : { kind: 'query', remedy: FOR_ALL, evidence },
        );
      } else if (row.from?.iterated === iterated && !ask.writes) {
        const path = [...row.path, ...ask.path];
        if (isMissing(program, row.from.queryset, path, !ask.many))
          miss(place, path, ask.many || viaMany(row), evidence);
      }
    }
  };
  for (const part of bodyOf(loop)) {
    walkPython(part, (node, parents) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      const place = { module, node };
      const parent = parents.at(-1);
      if (node.type === 'Attribute' && mayLead(program, node.attr) && !isStored(node, parent)) {
        const row = heldBy(program, { module, node: node.value });
        if (row?.kind === 'row' && row.from?.iterated === iterated) {
          const followed = relationOf(program, row, node, parent, parents);
          if (followed !== undefined) miss(place, followed.path, followed.many);
          if (row.path.length === 0 && !asked.has(node.attr)) {
            const inside = askedByProperty(program, row, { module, node });
            if (inside.length > 0) asked.add(node.attr);
            hand(place, inside);
          }
        }
      }
      if (node.type === 'Call') {
        const own = askedBy(program, { module, node }, iterated);
        if (own === undefined) hand(place, calledBy(program, { module, node }, iterated));
        else if (own !== 'nothing') add(place, own);
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
          add({ module, node: inner }, { kind: 'query', remedy: remedyOf(held), evidence: [] });
      }
      return true;
    });
  }
  const remedy = bringing(missing);
  for (const { path, place, query, evidence } of missing) {
    // What was not brought one step before has been told there.
    if (missing.some((one) => path.startsWith(`${one.path}__`))) continue;
    found.push({ place, kind: 'relation', entries, query, over: written(over), remedy, evidence });
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

function isStored(node: Attribute, parent: Node | undefined): boolean {
  return (
    (parent?.type === 'Assign' && parent.targets.includes(node)) ||
    (parent?.type === 'Call' && parent.func === node && !/^(?:all|count|exists)$/.test(node.attr))
  );
}

/** A relation that a row of the loop does not bring with it. */
function relationOf(
  program: Program,
  row: Row,
  node: Attribute,
  parent: Node | undefined,
  parents: readonly Node[],
): { readonly path: readonly string[]; readonly many: boolean } | undefined {
  const relation = row.model.relations.get(node.attr);
  if (relation === undefined || row.from === undefined) return undefined;
  const path = [...row.path, node.attr];
  if (!isMissing(program, row.from.queryset, path, relation.to === 'one')) return undefined;
  if (relation.to === 'many') {
    const asks =
      parent?.type === 'Attribute' &&
      /^(?:all|count|exists|values|values_list|filter|exclude|order_by|first|last|aggregate)$/.test(parent.attr);
    if (!asks || isSubquery(node, parents)) return undefined;
  }
  return { path, many: relation.to !== 'one' || viaMany(row) };
}

/** A property of a row that asks the database: `book.sold`. */
function askedByProperty(program: Program, row: Row, place: PythonPlace<Attribute>): Called[] {
  const member = program.pythonCode.member(row.model.place, place.node.attr);
  if (member?.definition.kind !== 'function' || !isProperty(member.definition.node)) return [];
  const fn = { module: member.owner.module, node: member.definition.node };
  const asks = asksOf(program, fn);
  if (asks.length === 0 && heldBy(program, place)?.kind === 'queryset')
    return [
      {
        ask: { of: undefined, path: [], anew: true, many: true, writes: false, short: false, place: fn },
        row: undefined,
      },
    ];
  return asks.map((ask) => ({ ask, row: ask.of === undefined ? undefined : row }));
}

/** The same of a function that is called; of a method that gives a query itself, that is asked where it is used. */
function calledBy(program: Program, place: PythonPlace<Call>, iterated: Expression): readonly Called[] {
  const asks = asksOfCall(program, place);
  if (asks.length > 0) return asks;
  const given = heldBy(program, place);
  const fn = calledFunction(program, place);
  return given?.kind === 'queryset' && given.opaque && given.ofRow?.from?.iterated === iterated && fn !== undefined
    ? [
        {
          ask: { of: undefined, path: [], anew: true, many: true, writes: false, short: false, place: fn },
          row: undefined,
        },
      ]
    : [];
}

interface Asked {
  readonly kind: 'query' | 'write';
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

/** What a call itself asks, without what is called being looked at; undefined where that has to be done. */
function askedBy(
  program: Program,
  { module, node }: PythonPlace<Call>,
  iterated: Expression,
): Asked | 'nothing' | undefined {
  const { func } = node;
  if (func.type !== 'Attribute' || !(mayLead(program, func.attr) || ASKS.test(func.attr) || WRITES.test(func.attr)))
    return undefined;
  const base = heldBy(program, { module, node: func.value });
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
  if (base?.kind === 'row' && func.attr === 'save')
    return { kind: 'write', remedy: writeRemedy('save', base.model.name), evidence: [] };
  return base === undefined || base.kind === 'row' ? undefined : 'nothing';
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
