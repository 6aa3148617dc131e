import type { PythonPlace, PythonTarget } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import type { QuerySet } from './held.js';
import { afterManagerMethod } from './manager-methods.js';
import { libraryModel, modelsOf, userModel, type Model } from './models.js';

const MANAGER = /^(?:objects|_default_manager|_base_manager)$/;

/** `Book.objects`, and managers by other names. */
export function managerOf(
  program: Program,
  { module, node }: PythonPlace<Extract<Expression, { type: 'Attribute' }>>,
): QuerySet | undefined {
  const model = modelNamedBy(program, { module, node: node.value });
  if (model === undefined || !(MANAGER.test(node.attr) || isManager(program, model.place, node.attr))) return undefined;
  return allOf(program, model, node.attr);
}

/** All rows of a model, with what its manager brings with each query. */
export function allOf(program: Program, model: Model, manager: string): QuerySet {
  const all: QuerySet = {
    kind: 'queryset',
    model,
    brought: new Set(),
    limited: false,
    filtered: false,
    opaque: false,
    ofRow: undefined,
  };
  const own = bringsByItself(program, model.place, manager);
  if (own === undefined) return all;
  const held = afterManagerMethod(program, all, own);
  return held.kind === 'queryset' ? { ...held, filtered: false } : { ...all, opaque: true };
}

/** `apps.get_model("shop", "Book")`, `get_user_model()`, and what a library brings. */
function byName(program: Program, target: PythonTarget): Model | undefined {
  if (target.kind !== 'library') return undefined;
  if (/(?:^|\.)get_user_model\(\)$/.test(target.name)) return userModel(program);
  if (target.call === undefined) return libraryModel(program, target.name);
  if (!/(?:^|\.)get_model\(\)$/.test(target.name)) return undefined;
  const last = target.call.node.args.at(-1);
  const wanted = last?.type === 'Constant' && last.kind === 'str' ? last.value.split('.').at(-1) : undefined;
  const found = [...modelsOf(program).values()].filter(({ name }) => name === wanted);
  return found.length === 1 ? found[0] : undefined;
}

/** The model that an expression names as a class. */
export function modelNamedBy(program: Program, place: PythonPlace<Expression>): Model | undefined {
  const [target, ...others] = program.pythonCode.resolve(place);
  if (target === undefined || others.length > 0) return undefined;
  return target.kind === 'class' ? modelsOf(program).get(target.at.node) : byName(program, target);
}

function isManager(program: Program, of: PythonPlace<ClassDef>, name: string): boolean {
  const member = program.pythonCode.member(of, name);
  return (
    member?.definition.kind === 'value' &&
    /(?:Manager|QuerySet)\b|as_manager/.test(textOf(member.owner, member.definition.node))
  );
}

/** Whether the manager has a `get_queryset` of its own that brings relations. */
export function managesByItself(program: Program, of: PythonPlace<ClassDef>, name: string): boolean {
  return bringsByItself(program, of, name) !== undefined;
}

function bringsByItself(
  program: Program,
  of: PythonPlace<ClassDef>,
  name: string,
): PythonPlace<FunctionDef> | undefined {
  const { pythonCode } = program;
  const member = pythonCode.member(of, name);
  if (member?.definition.kind !== 'value') return undefined;
  for (const one of pythonCode.resolve({ module: member.owner.module, node: member.definition.node })) {
    const method = one.kind === 'instance' ? pythonCode.member(one.of, 'get_queryset') : undefined;
    if (
      method?.definition.kind === 'function' &&
      /select_related|prefetch_related/.test(textOf(method.owner, method.definition.node))
    )
      return { module: method.owner.module, node: method.definition.node };
  }
  return undefined;
}

function textOf({ module }: PythonPlace, node: { readonly start: number; readonly end: number }): string {
  return module.document.text.slice(node.start, node.end);
}

export function modelClass(program: Program, place: PythonPlace<Expression>): QuerySet | undefined {
  const model = modelNamedBy(program, place);
  return model === undefined
    ? undefined
    : { kind: 'queryset', model, brought: new Set(), limited: false, filtered: true, opaque: false, ofRow: undefined };
}
