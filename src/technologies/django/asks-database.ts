import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Attribute, Call, Expression, FunctionDef, Node, Parameter, Statement } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { anewAt, type Ask } from './ask.js';
import { armsOf, askedByMost } from './asked-by-arms.js';
import { calledFunction } from './called-function.js';
import { argumentFor } from './handed.js';
import type { QuerySet, Row } from './held.js';
import { mayLead } from './leading-names.js';
import { isOfSomeModel, ownQuery } from './own-query.js';
import { fillsOwnMemory, remembers } from './own-memory.js';
import { asksAnew, isQuerySetMethod } from './queryset-methods.js';
import { asksByIndex } from './asked-by-index.js';
import { unwrapped } from './gathered-rows.js';
import { isProperty } from './is-property.js';
import { heldBy } from './querysets.js';
import { rowMemo } from './row-memo.js';

const DEEPEST = 6;
const MOST = 40;
/** Conditions within conditions. */
const NESTED = 3;
/** Statements of a function that does one thing. */
const SHORT = 4;

/** The asks of a function, those of what it calls among them; what happens only under a condition is left out. */
export function asksOf(program: Program, fn: PythonPlace<FunctionDef>, depth = 0): readonly Ask[] {
  if (depth >= DEEPEST) return [];
  const known = rowMemo(program, 'django:asks', () => new Map<FunctionDef, (readonly Ask[] | undefined)[]>());
  const byDepth = known.get(fn.node) ?? [];
  known.set(fn.node, byDepth);
  // What was found with more steps left is as good.
  const before = byDepth.slice(0, depth + 1).find((one) => one !== undefined);
  if (before !== undefined) return before;
  byDepth[depth] = [];
  if (isKept(fn.node) || remembers(program, fn)) return [];
  const asks = asksIn(program, { module: fn.module, node: fn.node.body }, depth);
  if (!asks.some(({ writes }) => writes)) return (byDepth[depth] = asks);
  // An own save() or delete() is there to do more than that.
  const short =
    fn.node.body.length <= SHORT &&
    !/^a?(?:save|delete)$/.test(fn.node.name) &&
    asks.every((ask) => ask.short || !ask.writes);
  return (byDepth[depth] = asks.map((ask) => ({ ...ask, writes: true, short })));
}

function asksIn(
  program: Program,
  { module, node: body }: { readonly module: PythonModule; readonly node: readonly Statement[] },
  depth: number,
  inside = 0,
): Ask[] {
  const found: Ask[] = [];
  const add = (ask: Ask): void => {
    if (found.length < MOST) found.push(ask);
  };
  for (const statement of body)
    walkPython(statement, (node, parents) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda' || node.type === 'ClassDef') return false;
      if (node.type === 'If' && inside < NESTED) {
        const [one, other] = [node.body, node.orelse].map((part) =>
          asksIn(program, { module, node: part }, depth, inside + 1),
        );
        // It asks whichever way it goes, or whenever all is well.
        if (
          one !== undefined &&
          (isTheRule(node.test, module) || (other?.length ?? 0) > 0 || fillsOwnMemory(program, { module, node }))
        )
          one.forEach(add);
        else if (inside === 0)
          askedByMost(armsOf(node).map((arm) => asksIn(program, { module, node: arm }, depth, 1))).forEach(add);
      }
      // What happens under a condition need not happen each time.
      if (isConditional(parents, node)) return false;
      const parent = parents.at(-1);
      if (node.type === 'Attribute') {
        if (parent?.type === 'Assign' && parent.targets.includes(node)) return true;
        if (!mayLead(program, node.attr) || isSubquery(node, parents)) return true;
        for (const ask of asksOfAttribute(program, { module, node }, parents, depth)) add(ask);
      } else if (node.type === 'Call') {
        const own = ownQuery(program, { module, node });
        if (own !== undefined) add(own);
        else for (const one of asksOfCall(program, { module, node }, depth)) throughArguments(one).forEach(add);
      } else if (node.type === 'Subscript') {
        if (asksByIndex(program, { module, node })) add(anewAt({ module, node }));
      } else if (node.type === 'For' || node.type === 'ComprehensionClause') {
        const held = heldBy(program, { module, node: unwrapped(node.iter) });
        const asks =
          held === undefined
            ? isOfSomeModel(node.iter)
            : (held.kind === 'values' ||
                (held.kind === 'queryset' && held.handed !== true && !isOfSomeRow(held, unwrapped(node.iter)))) &&
              held.ofRow === undefined;
        if (asks && !isReadBefore(program, { module, node: unwrapped(node.iter) }))
          add(anewAt({ module, node: node.iter }));
      }
      return true;
    });
  return found;
}

/** `totals = list(rows)` has been told where it stands. */
function isReadBefore(program: Program, { module, node }: PythonPlace<Expression>): boolean {
  if (node.type !== 'Name') return false;
  const made = program.pythonCode
    .bindingOf({ module, node })
    ?.definitions.findLast((one) => one.kind === 'value' && one.node.end <= node.start);
  return (
    made?.kind === 'value' && made.node.type === 'Call' && ownQuery(program, { module, node: made.node }) !== undefined
  );
}

/** `book.line_set.all()` of a row that is not known: it may have come with the row. */
function isOfSomeRow({ relation, ofRow }: QuerySet, node: Expression): boolean {
  return (
    relation !== undefined &&
    ofRow === undefined &&
    node.type === 'Call' &&
    node.func.type === 'Attribute' &&
    node.func.attr === 'all' &&
    node.func.value.type === 'Attribute'
  );
}

/** Relations and properties of rows that the function is handed. */
function asksOfAttribute(
  program: Program,
  { module, node }: PythonPlace<Attribute>,
  parents: readonly Node[],
  depth: number,
): Ask[] {
  const parent = parents.at(-1);
  const row = heldBy(program, { module, node: node.value });
  if (row?.kind !== 'row' || row.parameter === undefined) return [];
  const relation = row.model.relations.get(node.attr);
  const place = { module, node };
  if (relation !== undefined) {
    const path = [...row.path, node.attr];
    const many = relation.to === 'many';
    if (!many) return [{ of: row.parameter, path, anew: false, many, writes: false, short: true, place }];
    if (parent?.type !== 'Attribute' || !isQuerySetMethod(parent.attr)) return [];
    const anew = asksAnew(parents);
    return [{ of: row.parameter, path, anew, many, writes: false, short: true, place }];
  }
  const member = program.pythonCode.member(row.model.place, node.attr);
  if (member?.definition.kind !== 'function' || !isProperty(member.definition.node)) return [];
  const asks = ofOwnMethod(program, row, { module: member.owner.module, node: member.definition.node }, depth);
  const { parameter } = row;
  // https://docs.djangoproject.com/en/5.2/ref/utils/#django.utils.functional.cached_property
  return isKeptByRow(member.definition.node) ? asks.map((ask) => ({ ...ask, of: parameter, kept: true })) : asks;
}

function isKeptByRow({ decorators }: FunctionDef): boolean {
  return decorators.some((one) => one.type === 'Name' && one.id === 'cached_property');
}

/** What a method of a row asks, told of the row that it is called on. */
function ofOwnMethod(program: Program, row: Row, fn: PythonPlace<FunctionDef>, depth: number): Ask[] {
  const self = fn.node.params.list[0];
  return asksOf(program, fn, depth + 1).flatMap((ask): Ask[] => {
    if (ask.of === undefined) return [ask];
    if (ask.of !== self) return [];
    return [{ ...ask, of: row.parameter, path: [...row.path, ...ask.path] }];
  });
}

/** What a function that is called asks of the database. */
export interface Called {
  readonly ask: Ask;
  /** The row that is handed to it, where it is about that. */
  readonly row: Row | undefined;
}

export function asksOfCall(program: Program, call: PythonPlace<Call>, depth = 0): Called[] {
  const fn = calledFunction(program, call);
  if (fn === undefined) return [];
  const rows = new Map<Parameter, Row | undefined>();
  return asksOf(program, fn, depth + 1).flatMap((ask): Called[] => {
    if (ask.of === undefined) return [{ ask, row: undefined }];
    if (!rows.has(ask.of)) {
      const given = argumentFor(program, call, fn, ask.of);
      const held =
        given === undefined || given === 'default' ? undefined : heldBy(program, { module: call.module, node: given });
      rows.set(ask.of, held?.kind === 'row' ? held : undefined);
    }
    const row = rows.get(ask.of);
    return row === undefined ? [] : [{ ask, row }];
  });
}

/** What is read of a row that is handed on is asked of the function that was handed it. */
function throughArguments({ ask, row }: Called): Ask[] {
  if (row === undefined) return [ask];
  const path = [...row.path, ...ask.path];
  if (row.parameter !== undefined) return [{ ...ask, of: row.parameter, path }];
  return ask.anew && (ask.kept !== true || row.from !== undefined) ? [{ ...ask, of: undefined, path: [] }] : [];
}

/** `filter(book__in=author.books.all())` is asked as a part of the other. */
export function isSubquery(node: Node, parents: readonly Node[]): boolean {
  let inner = node;
  for (let i = parents.length - 1; i >= 0; i--) {
    const outer = parents[i];
    if (outer === undefined || (outer.type !== 'Call' && outer.type !== 'Attribute' && outer.type !== 'Keyword')) break;
    if (outer.type === 'Call' && outer.func !== inner) {
      const { func } = outer;
      return (
        (func.type === 'Attribute' && isQuerySetMethod(func.attr)) ||
        (func.type === 'Name' && /^(?:Q|Prefetch|Exists|Subquery)$/.test(func.id))
      );
    }
    inner = outer;
  }
  return false;
}

/** `if form.is_valid():` holds for nearly all that comes. */
function isTheRule({ start, end }: Expression, { document }: PythonModule): boolean {
  return end - start < 120 && /\bis_valid\(|^any\(\w+\)$/.test(document.text.slice(start, end));
}

function isConditional(parents: readonly Node[], node: Node): boolean {
  const parent = parents.at(-1);
  if (parent?.type === 'If') return node !== parent.test;
  if (parent?.type === 'IfExp') return node !== parent.test;
  if (parent?.type === 'BoolOp') return node !== parent.values[0];
  return parent?.type === 'ExceptHandler';
}

/** A result that is kept is asked for once. */
export function isKept(fn: FunctionDef): boolean {
  return fn.decorators.some((one) => {
    const what = one.type === 'Call' ? one.func : one;
    const name = what.type === 'Name' ? what.id : what.type === 'Attribute' ? what.attr : '';
    return /cache|memo/i.test(name) && name !== 'cached_property';
  });
}
