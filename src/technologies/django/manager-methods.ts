import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { returnsOf } from '../../link/python-code/returns.js';
import { namesIn } from './brought-names.js';
import type { Held, QuerySet } from './held.js';
import type { Model } from './models.js';
import { afterMethod, afterSubscript, isQuerySetMethod } from './queryset-methods.js';
import { rowMemo } from './row-memo.js';

/** Expressions that are looked at for one method. */
const MOST = 150;

interface Steps {
  left: number;
}

/** A method that the project gives to the queries of a model: of its managers or of their classes of queries. */
export function managerMethod(program: Program, model: Model, name: string): PythonPlace<FunctionDef> | undefined {
  for (const one of managerClasses(program, model)) {
    const member = program.pythonCode.member(one, name);
    if (member?.definition.kind === 'function') return { module: member.owner.module, node: member.definition.node };
  }
  return undefined;
}

/** Classes that are written where a model names its managers: `BookManager()`, `BookQuerySet.as_manager()`, `Manager.from_queryset(BookQuerySet)()`. */
function managerClasses(program: Program, model: Model): readonly PythonPlace<ClassDef>[] {
  const known = rowMemo(program, 'django:manager-classes', () => new Map<Model, readonly PythonPlace<ClassDef>[]>());
  const before = known.get(model);
  if (before !== undefined) return before;
  const { pythonCode } = program;
  const found = new Map<ClassDef, PythonPlace<ClassDef>>();
  const seen = new Set<Expression>();
  const lookInto = ({ module, node: from }: PythonPlace<Expression>, depth: number): void => {
    if (depth > 3 || from.end - from.start > 1000 || seen.has(from)) return;
    seen.add(from);
    walkPython(from, (node) => {
      if (node.type !== 'Name') return;
      for (const target of pythonCode.resolve({ module, node })) {
        if (target.kind === 'value' && target.at.node !== node) lookInto(target.at, depth + 1);
        const of = target.kind === 'class' ? target.at : target.kind === 'instance' ? target.of : undefined;
        if (of === undefined || found.has(of.node) || !isManaging(program, of)) continue;
        found.set(of.node, of);
        // `class BookManager(Manager.from_queryset(BookQuerySet))`
        for (const own of pythonCode.ancestry(of).own)
          for (const base of own.node.bases)
            if (base.type === 'Call') lookInto({ module: own.module, node: base }, depth + 1);
      }
    });
  };
  for (const owner of pythonCode.ancestry(model.place).own)
    for (const statement of owner.node.body)
      if (statement.type === 'Assign' && (statement.value.type === 'Call' || statement.value.type === 'Name')) {
        const { start, end } = statement.value;
        if (
          /Manager|QuerySet|Queryset|manager/.test(owner.module.document.text.slice(start, Math.min(end, start + 1000)))
        )
          lookInto({ module: owner.module, node: statement.value }, 0);
      }
  const all = [...found.values()];
  known.set(model, all);
  return all;
}

function isManaging(program: Program, of: PythonPlace<ClassDef>): boolean {
  const { libraries, own } = program.pythonCode.ancestry(of);
  return (
    libraries.some((one) => /(?:Manager|QuerySet)\w*(?:\.from_queryset\(\))?(?:\(\))?$/.test(one)) ||
    own.some(({ node }) => /(?:Manager|QuerySet)$/.test(node.name))
  );
}

/** What such a method makes of a query; opaque where it is not followed to its end. */
export function afterManagerMethod(program: Program, base: QuerySet, fn: PythonPlace<FunctionDef>): Held {
  const known = rowMemo(program, 'django:manager-results', () => new Map<FunctionDef, Held | undefined>());
  if (!known.has(fn.node)) {
    known.set(fn.node, undefined);
    const bare: QuerySet = { ...base, brought: new Set(), filtered: false, limited: false, opaque: false };
    known.set(fn.node, resultOf(program, bare, fn, { left: MOST }));
  }
  const held = known.get(fn.node);
  if (held === undefined) return { ...base, filtered: true, opaque: true, asked: true };
  return held.kind === 'queryset'
    ? {
        ...base,
        brought: new Set([...base.brought, ...held.brought]),
        filtered: base.filtered || held.filtered,
        limited: base.limited || held.limited,
        ...(held.most === undefined ? {} : { most: held.most }),
        opaque: base.opaque || held.opaque,
        asked: true,
      }
    : held;
}

/** Where all that it returns is made of the query it is called on. */
function resultOf(program: Program, base: QuerySet, fn: PythonPlace<FunctionDef>, steps: Steps): Held | undefined {
  const results = returnsOf(fn.node);
  if (results === undefined || results.length > 4) return undefined;
  const held = results.map((node) => onBase(program, base, { module: fn.module, node }, fn.node, steps));
  const [first] = held;
  if (first?.kind !== 'queryset') return held.every((one) => one?.kind === first?.kind) ? first : undefined;
  const brought = new Set<string>();
  let opaque = false;
  for (const one of held) {
    if (one?.kind !== 'queryset') return undefined;
    opaque ||= one.opaque;
    for (const name of one.brought) brought.add(name);
  }
  return { ...first, brought, opaque };
}

function onBase(
  program: Program,
  base: QuerySet,
  { module, node }: PythonPlace<Expression>,
  fn: FunctionDef,
  steps: Steps,
): Held | undefined {
  if (steps.left-- <= 0) return undefined;
  const at = (part: Expression): PythonPlace<Expression> => ({ module, node: part });
  if (node.type === 'Name') {
    if (node.id === fn.params.list[0]?.name) return base;
    const definitions = program.pythonCode.bindingOf({ module, node })?.definitions ?? [];
    const before = definitions.filter((one) => one.kind === 'value' && one.node.end <= node.start);
    if (before.length === 0 || before.length < definitions.filter((one) => one.node.start < node.start).length)
      return undefined;
    // Branches may bring different relations: all of them count as brought.
    let all: QuerySet | undefined;
    for (const one of before) {
      const held = one.kind === 'value' ? onBase(program, base, at(one.node), fn, steps) : undefined;
      if (held?.kind !== 'queryset') return undefined;
      all = { ...held, brought: new Set([...(all?.brought ?? []), ...held.brought]), opaque: held.opaque };
    }
    return all;
  }
  if (node.type === 'Subscript') {
    const held = onBase(program, base, at(node.value), fn, steps);
    return held?.kind === 'queryset' ? afterSubscript(held, node) : undefined;
  }
  if (node.type !== 'Call' || node.func.type !== 'Attribute') return undefined;
  const { func } = node;
  const isSuper = func.value.type === 'Call' && func.value.func.type === 'Name' && func.value.func.id === 'super';
  const inner = isSuper ? base : onBase(program, base, at(func.value), fn, steps);
  if (inner?.kind !== 'queryset') return undefined;
  if (func.attr === 'get_queryset') return inner;
  const own = isQuerySetMethod(func.attr) ? undefined : managerMethod(program, base.model, func.attr);
  if (own === undefined || isSuper) return afterMethod(inner, func.attr, node, (one) => namesIn(program, at(one)));
  if (own.node === fn) return undefined;
  const held = resultOf(program, { ...inner, brought: new Set() }, own, steps);
  return held?.kind === 'queryset'
    ? { ...inner, ...held, brought: new Set([...inner.brought, ...held.brought]) }
    : held;
}
