import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression } from '../../parse/python/ast.js';
import { namesIn } from './brought-names.js';
import { ofIterators, unwrapped } from './gathered-rows.js';
import { wrappedFunction } from './handed.js';
import type { Held, HeldBy, QuerySet } from './held.js';
import { mayLead } from './leading-names.js';
import { afterManagerMethod, managerMethod } from './manager-methods.js';
import { modelClass } from './managers.js';
import { modelsOf } from './models.js';
import { rowsThrough } from './query-flow.js';
import { afterStep } from './query-step.js';
import { afterMethod, afterValues, isQuerySetMethod, rowOf } from './queryset-methods.js';
import { givenBy, returnedBy } from './returned-rows.js';
import { inherited, listedBy } from './rows-of-self.js';

/** What a call gives. */
export function calledRows(
  program: Program,
  { module, node }: PythonPlace<Call>,
  depth: number,
  heldBy: HeldBy,
): Held | undefined {
  const { func } = node;
  const at = (part: Expression): PythonPlace<Expression> => ({ module, node: part });
  if (func.type === 'Attribute' && (mayLead(program, func.attr) || !isParameter(program, at(func.value)))) {
    const base = heldBy(at(func.value), depth + 1);
    if (base?.kind === 'queryset') {
      if (base.inMemory === true) return undefined;
      if (/^(?:get_)?page$/.test(func.attr)) return { ...base, limited: true };
      const own = isQuerySetMethod(func.attr) ? undefined : managerMethod(program, base.model, func.attr);
      if (own !== undefined) return afterManagerMethod(program, base, own);
      const namesOf = (one: Expression): readonly string[] | undefined => namesIn(program, at(one));
      return func.attr === 'prefetch_related'
        ? afterStep(base, func.attr, node, (part) => heldBy(at(part), depth + 1), namesOf)
        : afterMethod(base, func.attr, node, namesOf);
    }
    if (base?.kind === 'row') {
      const method = program.pythonCode.member(base.model.place, func.attr);
      if (method?.definition.kind !== 'function') return undefined;
      const given = returnedBy(program, { module: method.owner.module, node: method.definition.node }, depth, heldBy);
      return given === undefined ? undefined : { ...given, ofRow: base, brought: new Set(), opaque: true };
    }
    if (func.attr === 'values' && node.args.length === 0) return inBulk(program, at(func.value), depth, heldBy);
    if (base?.kind === 'values') return afterValues(base, func.attr);
    if (base !== undefined) return undefined;
    // `backend.filter_queryset(request, books, view)` narrows what it is given.
    if (/^filter_queryset$/.test(func.attr)) {
      const given = node.args.map((one) => heldBy(at(one), depth + 1)).find((one) => one?.kind === 'queryset');
      return given?.kind === 'queryset' ? { ...given, filtered: true, opaque: true } : undefined;
    }
    if (func.attr === 'get_queryset' && func.value.type === 'Call' && isSuper(func.value))
      return inherited(program, { module, node }, depth, heldBy);
  }
  const wrapped = wrappedFunction(node);
  const [first] = node.args;
  if (wrapped !== undefined) {
    const list = wrapped.type === 'Subscript' ? wrapped.value : wrapped;
    if (list.type === 'Name' && /^(?:list|sorted|tuple|set)$/.test(list.id))
      return first === undefined ? undefined : heldBy(at(first), depth + 1);
  }
  // `Paginator(books, 20).get_page(1)`, `paginate(request, books)` of the project.
  const page = pagedIn(node);
  if (page !== undefined)
    for (const part of page) {
      const held = part.type === 'Constant' ? undefined : heldBy(at(part), depth + 1);
      if (held?.kind === 'queryset') return { ...held, limited: true };
    }
  if (func.type === 'Name' && first !== undefined) {
    if (/^(?:list|sorted|reversed|tuple|set|iter|filter_queryset)$/.test(func.id)) return heldBy(at(first), depth + 1);
    if (/^get_(?:object|list)_or_404$/.test(func.id)) {
      const held = heldBy(at(first), depth + 1) ?? modelClass(program, at(first));
      if (held?.kind === 'queryset')
        return func.id.includes('list') ? { ...held, filtered: true } : rowOf(held, undefined);
    }
  }
  const iterated = ofIterators({ module, node }, depth, heldBy);
  if (iterated !== undefined) return iterated;
  // A function of the project that gives a query, or a row.
  const targets = program.pythonCode.resolve(at(wrapped ?? func));
  const [target] = targets;
  if (targets.length === 1 && target?.kind === 'class') {
    // `Book(title="...")`
    const model = modelsOf(program).get(target.at.node);
    return model === undefined ? undefined : { kind: 'row', model, from: undefined, path: [] };
  }
  if (targets.length !== 1 || target?.kind !== 'function' || target.at.node.type !== 'FunctionDef') return undefined;
  if (target.owner !== undefined && target.at.node.name === 'get_queryset')
    return listedBy(program, target.owner, depth + 1, heldBy);
  const through = rowsThrough(program, { module, node }, depth, heldBy);
  if (through !== undefined) return through;
  return givenBy(program, { module: target.at.module, node: target.at.node }, depth, heldBy);
}

/** `found.values()` of `found = Book.objects.in_bulk(keys)` or `{book.pk: book for book in books}`: those rows. */
function inBulk(
  program: Program,
  { module, node }: PythonPlace<Expression>,
  depth: number,
  heldBy: HeldBy,
): QuerySet | undefined {
  const definitions = node.type === 'Name' ? program.pythonCode.bindingOf({ module, node })?.definitions : [];
  const last = definitions?.findLast((one) => one.node.start < node.start);
  const made = node.type !== 'Name' ? node : last?.kind === 'value' ? last.node : undefined;
  if (made?.type === 'Call' && made.func.type === 'Attribute' && made.func.attr === 'in_bulk') {
    const held = heldBy({ module, node: made.func.value }, depth + 1);
    return held?.kind === 'queryset' ? { ...held, filtered: true } : undefined;
  }
  const [clause, ...others] = made?.type === 'Comprehension' ? made.clauses : [];
  if (made?.type !== 'Comprehension' || clause?.target.type !== 'Name' || others.length > 0) return undefined;
  if (made.value?.type !== 'Name' || made.value.id !== clause.target.id) return undefined;
  const held = heldBy({ module, node: unwrapped(clause.iter) }, depth + 1);
  return held?.kind === 'queryset' ? { ...held, filtered: true } : undefined;
}

/** What a call may make pages of. */
function pagedIn({ func, args, keywords }: Call): readonly Expression[] | undefined {
  const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  return /paginat/i.test(name) ? [...args.slice(0, 3), ...keywords.map(({ value }) => value)] : undefined;
}

/** Who calls a function is looked up only for what may be asked of a row or query. */
function isParameter({ pythonCode }: Program, { module, node }: PythonPlace<Expression>): boolean {
  return (
    node.type === 'Name' &&
    pythonCode.bindingOf({ module, node })?.definitions.every(({ kind }) => kind === 'parameter') === true
  );
}

function isSuper(node: Call): boolean {
  return node.func.type === 'Name' && node.func.id === 'super';
}
