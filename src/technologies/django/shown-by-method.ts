import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Attribute, Call, ClassDef, Expression, FunctionDef, Node, Parameter } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { asksIn, ofMember, type SerializedRelation } from './asked-of-row.js';
import { isKept, isSubquery } from './asks-database.js';
import type { Held } from './held.js';
import type { Model } from './models.js';
import { remembers } from './own-memory.js';
import { asksAnew, isQuerySetMethod } from './queryset-methods.js';
import { heldBy } from './querysets.js';
import { isSerializer } from './serializer-fields.js';

/** Of what a method that shows a row is looked at. */
export interface Showing {
  /** The row that it is handed. */
  readonly model: Model;
  /** The class through which it is called: what `self` is. */
  readonly within?: PythonPlace<ClassDef>;
  /** What another serialiser shows of a row. */
  readonly nested: (serializer: PythonPlace<ClassDef>, model: Model) => readonly SerializedRelation[];
}

export function under(prefix: readonly string[], all: readonly SerializedRelation[]): SerializedRelation[] {
  return all.map((one) => ({ ...one, path: [...prefix, ...(one.path === '' ? [] : [one.path])].join('__') }));
}

/** `def get_country(self, book): return book.author.country`, and the serialisers that such a method makes itself. */
export function shownByMethod(program: Program, fn: PythonPlace<FunctionDef>, showing: Showing): SerializedRelation[] {
  const parameter = fn.node.params.list[1];
  if (parameter === undefined) return [];
  const { module } = fn;
  const { model, nested } = showing;
  const found = isOf(program, fn, parameter, model)
    ? asksIn(program, fn, parameter.name)
    : isKept(fn.node) || remembers(program, fn) || /cache_get\(|get_cache/.test(textOf(fn))
      ? []
      : byNames(program, fn, parameter.name, model);
  for (const statement of fn.node.body)
    walkPython(statement, (node, parents) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda') return false;
      const parent = parents.at(-1);
      if ((parent?.type === 'If' || parent?.type === 'IfExp') && node !== parent.test && statement !== node) {
        // `X(book.author).data if book.author else None` shows one wherever there is one.
        if (parent.type === 'If' || heldBy(program, { module, node: parent.test })?.kind !== 'row') return false;
      }
      if (node.type !== 'Call') return true;
      const made = serializerMade(program, { module, node }, showing);
      if (made === undefined) return true;
      if (made.given.type === 'Name' && made.given.id === parameter.name) {
        found.push(...nested(made.serializer, model));
        return true;
      }
      const held = heldBy(program, { module, node: made.given });
      const path = held === undefined ? undefined : pathFrom(parameter, held);
      if (path === undefined || held === undefined || !('model' in held)) return true;
      if (path.length === 0 && held.model !== model) return true;
      found.push(...under(path, nested(made.serializer, held.model)));
      return true;
    });
  return found;
}

/** `BookSerializer(book)`, and `self.serializer(context=...).to_representation(book)` of a field. */
function serializerMade(
  program: Program,
  { module, node }: PythonPlace<Call>,
  { within }: Showing,
): { readonly serializer: PythonPlace<ClassDef>; readonly given: Expression } | undefined {
  const { func } = node;
  const shows = func.type === 'Attribute' && func.attr === 'to_representation' && func.value.type === 'Call';
  const made = shows ? func.value : node;
  const given = shows ? node.args[0] : (node.keywords.find(({ name }) => name === 'instance')?.value ?? node.args[0]);
  if (made.type !== 'Call' || given === undefined) return undefined;
  if (made.func.type === 'Attribute' && made.func.value.type === 'Name' && made.func.value.id === 'self') {
    const member = within === undefined ? undefined : program.pythonCode.member(within, made.func.attr);
    if (member?.definition.kind === 'class') {
      const at = { module: member.owner.module, node: member.definition.node };
      return isSerializer(program, at) ? { serializer: at, given } : undefined;
    }
  }
  const [target] = program.pythonCode.resolve({ module, node: made.func });
  return target?.kind === 'class' && isSerializer(program, target.at) ? { serializer: target.at, given } : undefined;
}

function textOf({ module, node }: PythonPlace): string {
  return module.document.text.slice(node.start, node.end);
}

/** Whether a parameter is known to be a row of that model. */
function isOf(
  program: Program,
  { module, node: fn }: PythonPlace<FunctionDef>,
  { name }: Parameter,
  model: Model,
): boolean {
  let found: boolean | undefined;
  for (const statement of fn.body)
    walkPython(statement, (node) => {
      if (found !== undefined) return false;
      if (node.type !== 'Name' || node.id !== name) return true;
      const held = heldBy(program, { module, node });
      found = held?.kind === 'row' && held.model === model && held.parameter !== undefined;
      return false;
    });
  // What does not read it asks nothing of it.
  return found ?? true;
}

/** Of a method that classes for different models share: what the row that it is handed here asks by the names of its attributes. */
function byNames(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  parameter: string,
  model: Model,
): SerializedRelation[] {
  const { module } = fn;
  const found: SerializedRelation[] = [];
  for (const statement of fn.node.body)
    walkPython(statement, (node, parents) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda') return false;
      const parent = parents.at(-1);
      const isBranch = parent?.type === 'If' || parent?.type === 'IfExp';
      if (isBranch && node !== parent.test && statement !== node) return false;
      if (node.type === 'Attribute' && node.value.type === 'Name' && node.value.id === parameter)
        found.push(...alongChain(program, { module, node }, parents, model));
      return true;
    });
  return found;
}

/** `book.author.country.name`, from the row on. */
function alongChain(
  program: Program,
  { module, node: first }: PythonPlace<Attribute>,
  parents: readonly Node[],
  row: Model,
): SerializedRelation[] {
  const found: SerializedRelation[] = [];
  const path: string[] = [];
  let model: Model | undefined = row;
  let node: Attribute = first;
  for (let i = parents.length - 1; model !== undefined; i--) {
    const relation = model.relations.get(node.attr);
    if (relation === undefined) return [...found, ...under(path, ofMember(program, model, node.attr))];
    if (relation.to === 'generic') return found;
    path.push(node.attr);
    const above = parents[i];
    const place = { module, node };
    if (relation.to === 'many') {
      const asks = above?.type === 'Attribute' && isQuerySetMethod(above.attr);
      const around = parents.slice(0, i + 1);
      if (asks && !isSubquery(node, around))
        found.push({ path: path.join('__'), many: true, anew: asksAnew(around), place });
      return found;
    }
    found.push({ path: path.join('__'), many: false, anew: false, place });
    if (above?.type !== 'Attribute' || above.value !== node) return found;
    node = above;
    model = relation.target;
  }
  return found;
}

/** What a field of the project reads of the row that it is given. https://www.django-rest-framework.org/api-guide/fields/#custom-fields */
export function shownByField(program: Program, field: PythonPlace<ClassDef>, showing: Showing): SerializedRelation[] {
  const method = program.pythonCode.member(field, 'to_representation');
  if (method?.definition.kind !== 'function') return [];
  const fn = { module: method.owner.module, node: method.definition.node };
  return shownByMethod(program, fn, { ...showing, within: field });
}

/** Whether a field that is made of a key has the row read all the same. https://github.com/encode/django-rest-framework/blob/3.16.0/rest_framework/relations.py */
export function readsWholeRow(program: Program, field: PythonPlace<ClassDef>): boolean {
  const method = program.pythonCode.member(field, 'use_pk_only_optimization');
  if (method?.definition.kind !== 'function') return false;
  const last = method.definition.node.body.at(-1);
  return last?.type === 'Return' && last.value?.type === 'Constant' && last.value.value === false;
}

/** The relations that lead from the row that a method is handed to rows that it shows. */
function pathFrom(parameter: Parameter, held: Held): readonly string[] | undefined {
  if (held.kind === 'row') {
    if (held.parameter === parameter) return held.path;
    const before = held.from === undefined ? undefined : pathFrom(parameter, held.from.queryset);
    return before === undefined ? undefined : [...before, ...held.path];
  }
  if (held.kind !== 'queryset' || held.ofRow === undefined || held.relation === undefined) return undefined;
  const before = pathFrom(parameter, held.ofRow);
  return before === undefined ? undefined : [...before, held.relation];
}
