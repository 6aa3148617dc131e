import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef, Parameter } from '../../parse/python/ast.js';
import { adminModelOf } from './admin-models.js';
import type { Held, QuerySet, Row } from './held.js';
import { modelNamedBy } from './managers.js';
import type { Model } from './models.js';
import { rowMemo } from './row-memo.js';

/** Callers that are looked at: what more of them hand to a function is not told. */
const WIDEST = 8;

/** Names of parameters that hold no rows, or of which everybody knows what they hold. */
const OTHERS =
  /^(?:request|cls|args|kwargs|info|context|data|validated_data|attrs|form|value|name|key|path|url|text|default)$/;

/** Types that no row and no query is of. */
const PLAIN =
  /^(?:Optional\[|Union\[)?["']?(?:\w+\.)?(?:str|int|bool|float|bytes|dict|Dict|Mapping|date|datetime|Decimal|UUID|timedelta|Callable|Type|type|Literal|\w*Request|\w*Response|Logger)\b/;

type HeldBy = (place: PythonPlace<Expression>) => Held | undefined;

/** What a function is handed: by Django and its libraries, or by those who call it, where they agree. */
export function handed(
  program: Program,
  module: PythonModule,
  parameter: Parameter,
  fn: FunctionDef,
  heldBy: HeldBy,
): Held | undefined {
  if (OTHERS.test(parameter.name) || parameter.kind === 'vararg' || parameter.kind === 'kwarg') return undefined;
  const { annotation } = parameter;
  if (annotation !== null && PLAIN.test(module.document.text.slice(annotation.start, annotation.end))) return undefined;
  const known = rowMemo(program, 'django:handed', () => new Map<Parameter, Held | undefined>());
  if (known.has(parameter)) return known.get(parameter);
  known.set(parameter, undefined);
  const model = handedByFramework(program, { module, node: fn }, parameter);
  const held =
    model === undefined ? byCallers(program, { module, node: fn }, parameter, heldBy) : rowIn(model, parameter);
  known.set(parameter, held);
  return held;
}

export function rowIn(model: Model, parameter: Parameter): Row {
  return { kind: 'row', model, from: undefined, parameter, path: [] };
}

/** The model of `class Meta: model = Book`. */
export function metaModel(program: Program, of: PythonPlace<ClassDef>): Model | undefined {
  const meta = program.pythonCode.member(of, 'Meta');
  if (meta?.definition.kind !== 'class') return undefined;
  const member = program.pythonCode.member({ module: meta.owner.module, node: meta.definition.node }, 'model');
  return member?.definition.kind === 'value'
    ? modelNamedBy(program, { module: member.owner.module, node: member.definition.node })
    : undefined;
}

/**
 * `get_x(self, book)` of a serialiser, `resolve_x(book, info)` of a type of graphene, `instance` of what a signal calls.
 * https://www.django-rest-framework.org/api-guide/fields/#serializermethodfield
 * https://docs.graphene-python.org/projects/django/en/latest/queries/
 * https://docs.djangoproject.com/en/5.2/ref/signals/#model-signals
 */
function handedByFramework(program: Program, fn: PythonPlace<FunctionDef>, parameter: Parameter): Model | undefined {
  const { pythonCode } = program;
  const at = fn.node.params.list.indexOf(parameter);
  const owner = pythonCode.ownerOf(fn);
  if (owner !== undefined && at === 1 && fn.node.params.list.length === 2) {
    const shown = adminModelOf(program, owner);
    if (shown !== undefined) return shown;
  }
  if (owner !== undefined && at === 1 && /^(?:get_\w+|to_representation|update)$/.test(fn.node.name))
    return descendsFrom(program, owner, /Serializer$/)
      ? (metaModel(program, owner) ?? shownModels(program).get(owner.node))
      : undefined;
  if (owner !== undefined && at === 0 && fn.node.name.startsWith('resolve_'))
    return descendsFrom(program, owner, /(?:^|\.)DjangoObjectType$/) ? metaModel(program, owner) : undefined;
  if (parameter.name !== 'instance') return undefined;
  for (const decorator of fn.node.decorators) {
    if (decorator.type !== 'Call') continue;
    const { func, keywords } = decorator;
    const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
    const sender = keywords.find((one) => one.name === 'sender')?.value;
    if (name === 'receiver' && sender !== undefined) return modelNamedBy(program, { module: fn.module, node: sender });
  }
  return undefined;
}

/** The models of serialisers that name none, as views and other serialisers show them. */
export function shownModels(program: Program): Map<ClassDef, Model> {
  return program.memo('django:shown-models', () => new Map<ClassDef, Model>());
}

export function descendsFrom(program: Program, of: PythonPlace<ClassDef>, library: RegExp): boolean {
  return program.pythonCode.ancestry(of).libraries.some((one) => library.test(one));
}

/** Rows of one model where all that can be told agree; a query only where all callers hand one, with all that any of them brings. */
function byCallers(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  parameter: Parameter,
  heldBy: HeldBy,
): Held | undefined {
  const { pythonCode } = program;
  const awaited = awaitedCalls(program, fn);
  const calls = [...pythonCode.callsOf(fn), ...awaited];
  if (calls.length === 0 || calls.length > WIDEST) return undefined;
  let row: Row | undefined;
  let all: QuerySet | undefined;
  let unknown = 0;
  for (const call of calls) {
    const given = argumentFor(program, call, fn, parameter);
    if (given === 'default') continue;
    const held = given === undefined ? undefined : heldBy({ module: call.module, node: given });
    if (held === undefined) unknown += 1;
    else if (held.kind === 'row') {
      if (all !== undefined || (row !== undefined && row.model !== held.model)) return undefined;
      row = rowIn(held.model, parameter);
    } else if (held.kind === 'queryset') {
      if (row !== undefined || (all !== undefined && all.model !== held.model)) return undefined;
      all = all === undefined ? held : joined(all, held);
    } else return undefined;
  }
  if (row !== undefined) return row;
  if (all === undefined || unknown > 0 || pythonCode.handedOnAt(fn).length > awaited.length) return undefined;
  return { ...all, handed: true };
}

function joined(one: QuerySet, other: QuerySet): QuerySet {
  const most = one.most !== undefined && other.most !== undefined ? Math.max(one.most, other.most) : undefined;
  return {
    ...one,
    relation: undefined,
    most,
    brought: new Set([...one.brought, ...other.brought]),
    limited: one.limited && other.limited,
    filtered: one.filtered || other.filtered,
    // Rows that belong to different rows may have been brought with either.
    opaque: one.opaque || other.opaque || one.ofRow !== undefined || other.ofRow !== undefined,
    ofRow: undefined,
  };
}

/** `await sync_to_async(load)(book)` calls `load(book)`. https://docs.djangoproject.com/en/5.2/topics/async/#sync-to-async */
export function wrappedFunction(node: Call): Expression | undefined {
  const { func } = node;
  if (func.type !== 'Call') return undefined;
  const name = func.func.type === 'Name' ? func.func.id : func.func.type === 'Attribute' ? func.func.attr : '';
  return /^(?:database_)?sync_to_async$|^async_to_sync$/.test(name) ? func.args[0] : undefined;
}

function awaitedCalls(program: Program, fn: PythonPlace<FunctionDef>): PythonPlace<Call>[] {
  const { pythonCode } = program;
  return pythonCode.handedOnAt(fn).flatMap(({ module, node }): PythonPlace<Call>[] => {
    const [wrapper, call] = pythonCode.above({ module, node });
    return wrapper?.type === 'Call' && call?.type === 'Call' && wrappedFunction(call) === node
      ? [{ module, node: call }]
      : [];
  });
}

/** The expression that a call hands to a parameter; undefined where that cannot be told. */
export function argumentFor(
  program: Program,
  call: PythonPlace<Call>,
  fn: PythonPlace<FunctionDef>,
  parameter: Parameter,
): Expression | 'default' | undefined {
  const { args, keywords } = call.node;
  if (args.some(({ type }) => type === 'Starred') || keywords.some(({ name }) => name === null)) return undefined;
  const given = keywords.find(({ name }) => name === parameter.name)?.value;
  if (given !== undefined) return given;
  const at = fn.node.params.list.indexOf(parameter) - boundBefore(program, call, fn);
  // What stands before the point is the row itself.
  if (at === -1 && call.node.func.type === 'Attribute') return call.node.func.value;
  return args[at] ?? (parameter.default === null ? undefined : 'default');
}

/** A method that is called through an object or a class has its first parameter from there. */
function boundBefore(program: Program, call: PythonPlace<Call>, fn: PythonPlace<FunctionDef>): 0 | 1 {
  const owner = program.pythonCode.ownerOf(fn);
  if (owner === undefined || isStatic(fn.node)) return 0;
  const func = wrappedFunction(call.node) ?? call.node.func;
  if (func.type !== 'Attribute') return 1;
  if (fn.node.decorators.some((one) => one.type === 'Name' && one.id === 'classmethod')) return 1;
  // `Book.sold(book)`
  const [target] = program.pythonCode.resolve({ module: call.module, node: func.value });
  return target?.kind === 'class' && target.at.node === owner.node ? 0 : 1;
}

function isStatic(fn: FunctionDef): boolean {
  return fn.decorators.some((one) => one.type === 'Name' && one.id === 'staticmethod');
}
