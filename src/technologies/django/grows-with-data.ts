import type { Definition, PythonPlace } from '../../link/python-code/python-code.js';
import { returnsOf } from '../../link/python-code/returns.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, FunctionDef, Name, Parameter } from '../../parse/python/ast.js';
import { isFilledByData, isFilledInClass } from './filled-by-data.js';
import { calledFunction } from './called-function.js';
import { argumentFor } from './handed.js';
import { isHandedSent, isOfFields, isSent } from './sent-by-clients.js';
import { isQuerySetMethod } from './queryset-methods.js';
import { heldBy } from './querysets.js';

/** Decided by what a client sends, and so are its parts; or as long as there is stored data or a file has lines. */
export type Growth = 'sent' | 'many';

const DEEPEST = 16;
/** Callers and values that are looked at; more of them are a table of things that belong to the program. */
const WIDEST = 6;
/** So many need no other way. */
const FEW = 5;

/** Calls that go over what they are given. */
const SAME =
  /^(?:set|list|sorted|tuple|frozenset|enumerate|reversed|iter|dict|deque|OrderedDict|Counter|tqdm|unique|unique_everseen|deepcopy|copy|filter_out_nones|compact|len|int|str|from_iterable)$/;
const EITHER = /^(?:zip|zip_longest|chain|product)$/;
const SECOND = /^(?:map|filter|filterfalse|starmap)$/;
/** Lines and records of files, whoever sends them. */
const READS =
  /^(?:reader|DictReader|iter_rows|iterrows|itertuples|get_rows|splitlines|readlines|to_dict|get_all_records)$/;
const DECODES = /^(?:(?:json|simplejson|ujson|orjson|yaml)\.)?(?:load|loads|safe_load)$/;
/** Tables of the world that libraries bring: fifty states, two hundred countries. */
const KNOWN_LONG = /^(?:STATES|COUNTRIES|all_timezones|common_timezones)$/;
/** Who has a permission. https://django-guardian.readthedocs.io/en/stable/api/guardian.shortcuts.html */
const LIBRARY_ROWS = /^guardian\.shortcuts\.get_(?:objects_for_\w+|(?:users|groups)_with_perms)$/;
/** What is said of a class, whoever sent an object of it. */
const OF_CLASSES = /^(?:__\w+__|_meta)$/;
/** Names of what a file or a table holds. */
const ROWS = /^(?:\w+_)?(?:rows|lines|records)$/;
/** Pieces of something: as few loops as there are pieces. */
const IN_PIECES = /batch|chunk|paginat|partition|grouper|window|slice/i;

/** Whether the length of what a loop goes over is decided by stored data or by clients; what cannot be told is not. */
export function growsWithData(program: Program, place: PythonPlace<Expression>): boolean {
  return !isOfFields(place.node) && growthOf(program, place, 0) !== undefined;
}

export function growthOf(program: Program, place: PythonPlace<Expression>, depth: number): Growth | undefined {
  if (depth > DEEPEST) return undefined;
  const known = program.memo('django:growth', () => new Map<Expression, Growth | undefined>());
  if (known.has(place.node)) return known.get(place.node);
  known.set(place.node, undefined);
  const growth = find(program, place, depth);
  known.set(place.node, growth);
  return growth;
}

function find(program: Program, { module, node }: PythonPlace<Expression>, depth: number): Growth | undefined {
  const at = (part: Expression | undefined): Growth | undefined =>
    part === undefined ? undefined : growthOf(program, { module, node: part }, depth + 1);
  switch (node.type) {
    case 'Name':
      return ofRows(program, { module, node }) ?? ofName(program, { module, node }, depth);
    case 'Attribute':
      if (isSent({ module, node })) return 'sent';
      if (OF_CLASSES.test(node.attr)) return undefined;
      if (node.attr === 'object_list') return 'many';
      if (KNOWN_LONG.test(node.attr)) return isOfLibrary(program, { module, node }) ? 'many' : undefined;
      if (node.value.type === 'Name' && node.value.id === 'self') return ofSelf(program, { module, node }, depth);
      return ofRows(program, { module, node }) ?? sentOnly(at(node.value));
    case 'Subscript':
      if (node.slice.type === 'Constant' && node.slice.value === 'object_list') return 'many';
      if (node.slice.type !== 'Slice') return sentOnly(at(node.value));
      if (node.slice.upper?.type === 'Constant' && Number(node.slice.upper.value) <= FEW) return undefined;
      return at(node.value);
    case 'Comprehension':
      return node.clauses.some(({ iter }) => at(iter) !== undefined) ? 'many' : undefined;
    case 'BinOp':
      return at(node.left) ?? (node.op === '+' || node.op === '|' ? at(node.right) : undefined);
    case 'BoolOp':
      return node.values.map(at).find((one) => one !== undefined);
    case 'IfExp':
      return at(node.body) ?? at(node.orelse);
    case 'NamedExpr':
    case 'Await':
    case 'Starred':
      return at(node.value);
    case 'Call':
      return ofRows(program, { module, node }) ?? ofCall(program, { module, node }, at, depth);
    default:
      return undefined;
  }
}

function sentOnly(growth: Growth | undefined): Growth | undefined {
  return growth === 'sent' ? growth : undefined;
}

function ofRows(program: Program, place: PythonPlace<Expression>): Growth | undefined {
  const held = heldBy(program, place);
  if (held?.kind === 'queryset') return (held.most ?? Infinity) > FEW && held.empty !== true ? 'many' : undefined;
  return held?.kind === 'values' ? 'many' : undefined;
}

function ofCall(
  program: Program,
  { module, node }: PythonPlace<Call>,
  at: (part: Expression | undefined) => Growth | undefined,
  depth: number,
): Growth | undefined {
  const { func, args } = node;
  const [first, second, third] = args;
  const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  if (IN_PIECES.test(name)) return undefined;
  if (name === 'range') return third === undefined ? at(second ?? first) && 'many' : undefined;
  if (name === 'groupby') return at(first) && 'many';
  if (EITHER.test(name)) return args.map(at).find((one) => one !== undefined);
  if (SECOND.test(name)) return at(second) && 'many';
  if (DECODES.test(module.document.text.slice(func.start, Math.min(func.end, func.start + 80)))) return 'sent';
  if (func.type === 'Attribute') {
    if (READS.test(name)) return 'many';
    if (name === 'getlist') return 'sent';
    // Words of one line are few, lines are many.
    if (name === 'split') return first?.type === 'Constant' && String(first.value).includes('\n') ? 'many' : undefined;
    const base = at(func.value);
    if (/^(?:items|keys|values)$/.test(name)) return isOfFields(node) ? undefined : base;
    if (/^(?:union|difference|intersection|symmetric_difference)$/.test(name)) return base;
    if (base === 'sent' || isQuerySetMethod(name)) return base;
  }
  if (name === 'cast') return at(second);
  if (SAME.test(name)) return at(first);
  if (
    program.pythonCode
      .resolve({ module, node: func })
      .some((one) => one.kind === 'library' && LIBRARY_ROWS.test(one.name))
  )
    return 'many';
  const fn = calledFunction(program, { module, node });
  if (fn !== undefined) {
    const returned = returnsOf(fn.node);
    if (returned !== undefined && returned.length <= WIDEST) {
      const found = returned.map((one) => growthOf(program, { module: fn.module, node: one }, depth + 2));
      return found.find((one) => one !== undefined);
    }
  }
  const given = [...args, ...node.keywords.map(({ value }) => value)];
  return given.map((one) => sentOnly(at(one))).find((one) => one !== undefined);
}

/** What the last lines above gave a variable. */
function ofName(program: Program, { module, node }: PythonPlace<Name>, depth: number): Growth | undefined {
  if (node.id === 'validated_data') return 'sent';
  const { pythonCode } = program;
  const binding = pythonCode.bindingOf({ module, node });
  if (binding === undefined) return undefined;
  const before = binding.definitions.filter((one) => startOf(one) < node.start).slice(-WIDEST);
  const at = (part: Expression): Growth | undefined => growthOf(program, { module, node: part }, depth + 1);
  for (const one of before.reverse()) {
    let growth: Growth | undefined;
    if (one.kind === 'value') growth = at(one.node);
    else if (one.kind === 'element' || one.kind === 'entered') growth = sentOnly(at(one.node));
    else if (one.kind === 'import') growth = ofImported(program, { module, node }, depth);
    else if (one.kind === 'parameter') growth = ofParameter(program, { module, node: one.node }, one.of, depth);
    else if (one.kind === 'other') {
      // `for name, rows in groups.items()`, `rows, errors = parse(request.data)`
      const { node: by } = one;
      if (by.type === 'For' || by.type === 'ComprehensionClause') growth = sentOnly(at(by.iter));
      else if (by.type === 'Assign') growth = sentOnly(at(by.value));
      else if (by.type === 'AugAssign') growth = at(by.value) ?? addedInLoop(program, { module, node: by }, node, at);
    }
    if (growth !== undefined) return growth;
  }
  if (isFilledByData(program, { module, node }, binding, at)) return 'many';
  // Of what is only handed over the name tells.
  return ROWS.test(node.id) && before[0]?.kind === 'parameter' ? 'many' : undefined;
}

/** `found |= rows_of(author)` in a loop over what grows. */
function addedInLoop(
  program: Program,
  { module, node: by }: PythonPlace,
  use: Name,
  at: (part: Expression) => Growth | undefined,
): Growth | undefined {
  const loop = program.pythonCode.above({ module, node: by }).find((one) => one.type === 'For');
  return loop?.type === 'For' && loop.end <= use.start && at(loop.iter) !== undefined ? 'many' : undefined;
}

/** What another module keeps by that name. */
function ofImported(program: Program, place: PythonPlace<Name>, depth: number): Growth | undefined {
  const [target, ...others] = program.pythonCode.resolve(place);
  if (others.length > 0) return undefined;
  if (target?.kind === 'library' && target.call !== undefined) return growthOf(program, target.call, depth + 1);
  return target?.kind === 'value' && target.at.node !== place.node
    ? growthOf(program, target.at, depth + 1)
    : undefined;
}

function isOfLibrary(program: Program, place: PythonPlace<Expression>): boolean {
  return program.pythonCode.resolve(place).some((one) => one.kind === 'library');
}

function startOf(definition: Definition): number {
  return definition.kind === 'value' ? definition.node.end - 1 : definition.node.start;
}

/** `self.rows` of what a method gave it. */
function ofSelf(
  program: Program,
  { module, node }: PythonPlace<Extract<Expression, { type: 'Attribute' }>>,
  depth: number,
): Growth | undefined {
  const { pythonCode } = program;
  const rows = ofRows(program, { module, node });
  if (rows !== undefined) return rows;
  const owner = pythonCode
    .functionsAround({ module, node })
    .map((fn) => pythonCode.ownerOf({ module, node: fn }))
    .find((one) => one !== undefined);
  const member = owner === undefined ? undefined : pythonCode.member(owner, node.attr);
  const given =
    member?.definition.kind === 'value'
      ? growthOf(program, { module: member.owner.module, node: member.definition.node }, depth + 1)
      : undefined;
  if (given !== undefined || owner === undefined) return given;
  return isFilledInClass(program, owner, node.attr, (part) => growthOf(program, part, depth + 1)) ? 'many' : undefined;
}

/** What any of those who call a function hand to it. */
function ofParameter(
  program: Program,
  { module, node: parameter }: PythonPlace<Parameter>,
  of: PythonPlace['node'],
  depth: number,
): Growth | undefined {
  if (of.type !== 'FunctionDef' || depth > DEEPEST - 4) return undefined;
  const fn: PythonPlace<FunctionDef> = { module, node: of };
  const known = program.memo('django:growth-handed', () => new Map<Parameter, Growth | undefined>());
  if (known.has(parameter)) return known.get(parameter);
  known.set(parameter, undefined);
  const growth = isHandedSent(program, fn, parameter) ? 'sent' : byCallers(program, fn, parameter, depth);
  known.set(parameter, growth);
  return growth;
}

function byCallers(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  parameter: Parameter,
  depth: number,
): Growth | undefined {
  const { pythonCode } = program;
  const owner = fn.node.name === '__init__' ? pythonCode.ownerOf(fn) : undefined;
  for (const call of pythonCode.callsOf(owner ?? fn).slice(0, WIDEST)) {
    const given = argumentFor(program, call, fn, parameter);
    if (given === undefined || given === 'default') continue;
    const growth = growthOf(program, { module: call.module, node: given }, depth + 2);
    if (growth !== undefined) return growth;
  }
  return undefined;
}
