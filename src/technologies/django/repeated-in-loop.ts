import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Attribute, FunctionDef, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { askedBy, askedByProperty, calledBy, type Asked } from './asked-in-loop.js';
import { asksOf, isSubquery, type Called } from './asks-database.js';
import { calledFunction } from './called-function.js';
import { goesByDays } from './goes-by-days.js';
import { asksByIndex } from './asked-by-index.js';
import { growsWithData } from './grows-with-data.js';
import type { Held, Row } from './held.js';
import { bodyOf, dependsOnLoop, endsAtOnce, iteratedBy, leavesLoop, type Loop } from './loops.js';
import { mayLead } from './leading-names.js';
import { mayAsk } from './may-ask.js';
import { bringing, isMissing, viaMany, type MissingRelation } from './missing-relations.js';
import { isOfSomeModel } from './own-query.js';
import { asksAnew } from './queryset-methods.js';
import { unwrapped } from './gathered-rows.js';
import { heldBy } from './querysets.js';
import { ATTRIBUTE, BY_INDEX, FOR_ALL, WHOLE_TREE, WRITE_ALL, WRITE_LATER, remedyOf } from './query-remedies.js';

export interface Repeated {
  readonly place: PythonPlace;
  readonly kind: 'relation' | 'query' | 'write';
  readonly entries: 'many' | 'few';
  readonly query: string;
  readonly over: string;
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

/** So many rows need no other way. */
const FEW = 5;

/** What a loop sends to the database each time round. */
export function repeatedIn(program: Program, { module, node: loop }: PythonPlace<Loop>): Repeated[] {
  const iterated = iteratedBy(loop);
  if (iterated === undefined || (loop.type === 'While' && !goesByDays({ module, node: loop }))) return [];
  if (!mayAsk(program, module, bodyOf(loop))) return [];
  const over = { module, node: unwrapped(iterated) };
  const rows = heldBy(program, over);
  if (rows?.kind === 'scalar' || rows?.kind === 'row') return [];
  if (loop.type !== 'Comprehension' && endsAtOnce(loop)) return [];

  const isFew =
    rows?.kind === 'queryset' &&
    ((rows.most ?? Infinity) <= FEW || /\.(?:Permission|ContentType)$/.test(rows.model.library ?? ''));
  const entries = isFew && !standsInLoop(program, { module, node: loop }) ? 'few' : 'many';
  const found: Repeated[] = [];
  const missing: (MissingRelation & { readonly evidence: readonly Evidence[]; readonly query: string })[] = [];
  const asked = new Set<string>();
  const goes = { message: `the loop goes over ${written(over)}`, location: program.pythonCode.locate(over) };
  const add = (place: PythonPlace, { kind, remedy, evidence }: Asked): void => {
    if (leavesLoop(program, place, loop)) return;
    const query = written(place);
    // One change of the loop mends all that it asks.
    const same = found.find((one) => one.kind === kind)?.remedy ?? remedy;
    found.push({ place, kind, entries, query, over: written(over), remedy: same, evidence: [goes, ...evidence] });
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
      if (ask.kept === true && row?.from?.iterated !== iterated) continue;
      const evidence = [{ message: 'it asks the database here', location: program.pythonCode.locate(ask.place) }];
      if (row === undefined || ask.anew || (ask.many && row.alone === true && row.path.length === 0)) {
        const once = `${String(place.node.start)} ${String(place.node.end)}`;
        if (asked.has(once)) continue;
        asked.add(once);
        add(
          place,
          ask.writes
            ? { kind: 'write', remedy: ask.short ? WRITE_ALL : WRITE_LATER, evidence }
            : { kind: 'query', remedy: FOR_ALL, evidence },
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
          else if (isAskedAnew(row, node, parents)) add(place, { kind: 'query', remedy: ATTRIBUTE, evidence: [] });
          if (row.path.length === 0 && !asked.has(node.attr)) {
            const inside = askedByProperty(program, row, { module, node });
            if (inside.length > 0) asked.add(node.attr);
            hand(place, inside);
          }
        }
      }
      if (node.type === 'Call') {
        const own = askedBy(program, { module, node }, iterated);
        if (rows?.kind === 'queryset' && walksTree(program, calledFunction(program, { module, node }), loop))
          add(place, { kind: 'query', remedy: WHOLE_TREE, evidence: [] });
        else if (own === undefined) hand(place, calledBy(program, { module, node }, iterated));
        else if (own !== 'nothing') add(place, own);
      }
      if (node.type === 'Subscript' && asksByIndex(program, { module, node }))
        add(place, { kind: 'query', remedy: BY_INDEX, evidence: [] });
      // An inner loop over a query of its own.
      const inner = node.type === 'For' ? node.iter : node.type === 'ComprehensionClause' ? node.iter : undefined;
      if (inner !== undefined && part !== inner) {
        const held = heldBy(program, { module, node: unwrapped(inner) });
        const asks = held === undefined ? isOfSomeModel(inner) : isAskedBy(held);
        if (asks && dependsOnLoop({ module, node: inner }, loop))
          add(
            { module, node: inner },
            { kind: 'query', remedy: held?.kind === 'queryset' ? remedyOf(held) : FOR_ALL, evidence: [] },
          );
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
  // Who fills what is not made of rows is looked up only where it matters.
  if (loop.type === 'While') return found.filter(({ kind }) => kind === 'query');
  return rows === undefined && found.length > 0 && !growsWithData(program, over) ? [] : found;
}

/** A few of each of many are many. */
function standsInLoop(program: Program, { module, node }: PythonPlace): boolean {
  return program.pythonCode.above({ module, node }).some((outer) => {
    if (outer.type !== 'For') return false;
    const held = heldBy(program, { module, node: unwrapped(outer.iter) });
    return held?.kind === 'queryset' && (held.most ?? Infinity) > FEW;
  });
}

/** Rows that belong to the row of the loop are told as its relation. */
function isAskedBy(held: Held): boolean {
  if (held.kind === 'queryset') return held.ofRow === undefined && held.handed !== true;
  return held.kind === 'values' && held.ofRow === undefined;
}

function isStored(node: Attribute, parent: Node | undefined): boolean {
  return (
    (parent?.type === 'Assign' && parent.targets.includes(node)) ||
    (parent?.type === 'Call' && parent.func === node && !/^(?:all|count|exists)$/.test(node.attr))
  );
}

/** A function that calls itself for each row asks once for each row of a tree; what changes the rows has reasons to go so. */
function walksTree(program: Program, fn: PythonPlace<FunctionDef> | undefined, loop: Node): boolean {
  return (
    fn !== undefined &&
    fn.node.start < loop.start &&
    loop.end <= fn.node.end &&
    program.pythonCode.functionsAround({ module: fn.module, node: loop }).includes(fn.node) &&
    !asksOf(program, fn).some(({ writes }) => writes)
  );
}

/** `book.tags.order_by("name")` is asked for whatever was prefetched. */
function isAskedAnew(row: Row, node: Attribute, parents: readonly Node[]): boolean {
  return row.model.relations.get(node.attr)?.to === 'many' && asksAnew(parents) && !isSubquery(node, parents);
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

export function written({ module, node }: PythonPlace): string {
  const text = module.document.text.slice(node.start, node.end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
