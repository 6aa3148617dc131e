import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression } from '../../parse/python/ast.js';
import { calledRows } from './called-rows.js';
import { ofComprehension } from './gathered-rows.js';
import type { Held, HeldBy, QuerySet, Row } from './held.js';
import { isProperty } from './is-property.js';
import { joinedRows } from './joined-rows.js';
import { mayLead } from './leading-names.js';
import { managerOf } from './managers.js';
import { userModel } from './models.js';
import { putInto } from './put-into.js';
import { afterSubscript } from './queryset-methods.js';
import { isRequest, setOnRequest } from './request-rows.js';
import { DEEPEST, givenBy, isNothing, returnedBy } from './returned-rows.js';
import { related, reversed } from './row-relations.js';
import { rowMemo } from './row-memo.js';
import { named } from './rows-by-name.js';
import { isSelf, listedBy, ofView, ownAttribute, ownQuery, ownRow } from './rows-of-self.js';

/** What an expression holds of the database, as far as it can be told; undefined where it is nothing of that or not known. */
export function heldBy(program: Program, place: PythonPlace<Expression>, depth = 0): Held | undefined {
  if (depth > DEEPEST) return undefined;
  const known = rowMemo(program, 'django:held', () => new Map<Expression, Held | undefined>());
  // What is asked for while it is answered leads back to itself, and holds nothing that can be told.
  if (known.has(place.node)) return known.get(place.node);
  known.set(place.node, undefined);
  const held = find(program, place, depth);
  known.set(place.node, held);
  return held;
}

function find(program: Program, place: PythonPlace<Expression>, depth: number): Held | undefined {
  const { module, node } = place;
  const at = (part: Expression): PythonPlace<Expression> => ({ module, node: part });
  const ask: HeldBy = (given, steps) => heldBy(program, given, steps);
  switch (node.type) {
    case 'Name': {
      const held = named(program, { module, node }, depth, ask);
      return held?.kind === 'queryset' && isFollowed(place) ? { ...held, opaque: true } : held;
    }
    case 'Attribute':
      return ofAttribute(program, { module, node }, depth, ask);
    case 'Call':
      return calledRows(program, { module, node }, depth, ask);
    case 'Subscript': {
      if (node.slice.type === 'Constant' && node.slice.value === 'object_list')
        return ofView(program, place, depth, ask);
      const put = putInto(program, { module, node });
      if (put !== undefined) return heldBy(program, put, depth + 1);
      const base = heldBy(program, at(node.value), depth + 1);
      return base?.kind === 'queryset' ? afterSubscript(base, node) : undefined;
    }
    case 'IfExp':
    case 'BoolOp': {
      // `author.books.all() if author else []`
      const parts = (node.type === 'IfExp' ? [node.body, node.orelse] : node.values).filter((one) => !isNothing(one));
      const [one, ...others] = parts;
      if (one === undefined || (node.type === 'BoolOp' && node.op !== 'or')) return undefined;
      if (others.length === 0) return heldBy(program, at(one), depth + 1);
      return joinedRows(parts.map((part) => heldBy(program, at(part), depth + 1)));
    }
    case 'BinOp':
      // `list(books) + list(others)`, `books | others`
      return /^[+|&]$/.test(node.op)
        ? joinedRows([node.left, node.right].map((part) => heldBy(program, at(part), depth + 1)))
        : undefined;
    case 'Comprehension':
      return ofComprehension({ module, node }, depth, ask);
    case 'Await':
    case 'NamedExpr':
      return heldBy(program, at(node.value), depth + 1);
    default:
      return undefined;
  }
}

function ofAttribute(
  program: Program,
  { module, node }: PythonPlace<Extract<Expression, { type: 'Attribute' }>>,
  depth: number,
  ask: HeldBy,
): Held | undefined {
  const place = { module, node };
  const ofSelf = isSelf(node.value);
  if (ofSelf && node.attr === 'queryset')
    return (
      ownQuery(program, place, depth, ask) ??
      ofView(program, place, depth, ask) ??
      ownAttribute(program, place, depth, ask)
    );
  if (ofSelf && node.attr === 'object_list') return ofView(program, place, depth, ask);
  if (mayLead(program, node.attr)) {
    const manager = managerOf(program, place);
    if (manager !== undefined) return manager;
    const base = heldBy(program, { module, node: node.value }, depth + 1);
    if (base?.kind === 'row') return related(base, node.attr) ?? ofProperty(program, base, node.attr, depth);
    if (base !== undefined) return base.kind === 'queryset' && node.attr === 'object_list' ? base : undefined;
  }
  if (isRequest(node.value))
    return node.attr === 'user' ? currentUser(program) : setOnRequest(program, node.attr, depth, ask);
  if (ofSelf) return ownRow(program, place, depth, ask) ?? ownAttribute(program, place, depth, ask);
  return mayLead(program, node.attr) ? reversed(program, place, node.attr) : undefined;
}

/** `prefetch_related_objects(books, "tags")` brings relations to rows that are there. */
function isFollowed({ module, node }: PythonPlace<Expression>): boolean {
  const { text } = module.document;
  return (
    node.type === 'Name' &&
    text.includes('prefetch_related_objects(') &&
    new RegExp(`prefetch_related_objects\\(\\s{0,80}(?:list\\()?${node.id}\\b`).test(text)
  );
}

/** Who asks. */
function currentUser(program: Program): Row | undefined {
  const model = userModel(program);
  return model === undefined ? undefined : { kind: 'row', model, from: undefined, alone: true, path: [] };
}

/** A property of a model that gives a query. */
function ofProperty(program: Program, row: Row, name: string, depth: number): QuerySet | undefined {
  const member = program.pythonCode.member(row.model.place, name);
  if (member?.definition.kind !== 'function' || !isProperty(member.definition.node)) return undefined;
  const fn = { module: member.owner.module, node: member.definition.node };
  const given = returnedBy(program, fn, depth, (place, steps) => heldBy(program, place, steps));
  return given === undefined ? undefined : { ...given, ofRow: row, brought: new Set(), opaque: true };
}

/** The list of a view: what its `get_queryset` gives, its `queryset`, or everything of its `model`. */
export function listOf(program: Program, view: PythonPlace<ClassDef>): QuerySet | undefined {
  return listedBy(program, view, 0, (place, steps) => heldBy(program, place, steps));
}

/** What an attribute of a row leads to: a relation, or a query that a property or method gives. */
export function leadsTo(program: Program, row: Row, name: string): Held | undefined {
  const relation = related(row, name);
  if (relation !== undefined || row.model.relations.has(name)) return relation;
  const member = program.pythonCode.member(row.model.place, name);
  if (member?.definition.kind !== 'function' || member.definition.node.params.list.length > 1) return undefined;
  const fn = { module: member.owner.module, node: member.definition.node };
  return givenBy(program, fn, 0, (place, steps) => heldBy(program, place, steps));
}
