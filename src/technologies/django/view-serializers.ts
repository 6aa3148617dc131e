import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { decide, flowThrough, nameOf, type Names } from './method-flow.js';
import { isSerializer } from './serializer-fields.js';

type Classes = readonly PythonPlace<ClassDef>[];

const DEEPEST = 5;

/** The serialisers that a view may use in one of its actions; undefined where one of them cannot be told. */
export function serializersOf(
  program: Program,
  view: PythonPlace<ClassDef>,
  action: string | undefined,
): Classes | undefined {
  const { own } = program.pythonCode.ancestry(view);
  return madeByItself(program, view, action, own) ?? fromClasses(program, view, action, own, 0);
}

/** A view with a `get_serializer()` of its own that calls one of the classes. */
function madeByItself(
  program: Program,
  view: PythonPlace<ClassDef>,
  action: string | undefined,
  own: Classes,
): Classes | undefined {
  for (const { module, node } of own) {
    const method = node.body.find((one) => one.type === 'FunctionDef' && one.name === 'get_serializer');
    if (method?.type !== 'FunctionDef') continue;
    const classOf = (called: Expression, names: Names<Classes>): Classes | undefined => {
      const name = nameOf(called);
      if (name !== undefined && names.has(name)) return names.get(name);
      if (called.type === 'IfExp') {
        const [one, other] = [classOf(called.body, names), classOf(called.orelse, names)];
        return one === undefined || other === undefined ? undefined : [...one, ...other];
      }
      if (called.type === 'Call') {
        const asks = called.func.type === 'Attribute' && called.func.attr === 'get_serializer_class';
        return asks ? fromClasses(program, view, action, own, 0) : classOf(called.func, names);
      }
      if (called.type === 'Attribute' && called.value.type === 'Name' && called.value.id === 'self')
        return ofSelf(program, view, called.attr, action);
      return called.type === 'Name' ? ofExpression(program, { module, node: called }) : undefined;
    };
    const returned = flowThrough<Classes>({ module, node: method }, action, {
      evaluate: classOf,
      join: (one, other) => [...one, ...other],
    });
    const all = returned.flatMap((one) => one ?? []);
    return returned.includes(undefined) || all.length === 0 ? undefined : all;
  }
  return undefined;
}

function fromClasses(
  program: Program,
  view: PythonPlace<ClassDef>,
  action: string | undefined,
  classes: Classes,
  depth: number,
): Classes | undefined {
  if (depth > DEEPEST) return undefined;
  for (const [i, owner] of classes.entries()) {
    const method = owner.node.body.find((one) => one.type === 'FunctionDef' && one.name === 'get_serializer_class');
    if (method?.type !== 'FunctionDef') continue;
    const fn: PythonPlace<FunctionDef> = { module: owner.module, node: method };
    const above = classes.slice(i + 1);
    const evaluate = (node: Expression, names: Names<Classes>): Classes | undefined =>
      classesIn(program, { module: owner.module, node }, names, depth);
    const returned = flowThrough<Classes>(fn, action, { evaluate, join: (one, other) => [...one, ...other] });
    const all: PythonPlace<ClassDef>[] = [];
    for (const one of returned) {
      if (one === undefined) return undefined;
      all.push(...one);
    }
    return all.length === 0 ? undefined : all;

    function classesIn(
      inner: Program,
      { module, node }: PythonPlace<Expression>,
      names: Names<Classes>,
      steps: number,
    ): Classes | undefined {
      if (steps > DEEPEST) return undefined;
      const at = (part: Expression): Classes | undefined => classesIn(inner, { module, node: part }, names, steps + 1);
      const name = nameOf(node);
      if (name !== undefined && names.has(name)) return names.get(name);
      if (node.type === 'Attribute' && node.value.type === 'Name' && node.value.id === 'self')
        return ofSelf(inner, view, node.attr, action);
      if (node.type === 'IfExp') {
        const decided = decide(node.test, action);
        if (decided !== undefined) return at(decided ? node.body : node.orelse);
        const [one, other] = [at(node.body), at(node.orelse)];
        return one === undefined || other === undefined ? undefined : [...one, ...other];
      }
      if (node.type === 'BoolOp') {
        const parts = node.values.map(at);
        return parts.find((one) => one !== undefined);
      }
      const chosen = choiceOf(node, action);
      if (chosen !== undefined) {
        const dictionary = dictionaryOf(inner, view, { module, node: chosen.of });
        if (dictionary === undefined) return undefined;
        const value = entryFor(dictionary.node, chosen.key);
        if (value !== undefined)
          return classesIn(inner, { module: dictionary.module, node: value }, new Map(), steps + 1);
        return chosen.otherwise === undefined ? undefined : at(chosen.otherwise);
      }
      if (node.type === 'Call') {
        const { func } = node;
        const isSuper =
          func.type === 'Attribute' &&
          func.value.type === 'Call' &&
          func.value.func.type === 'Name' &&
          func.value.func.id === 'super';
        return isSuper ? fromClasses(inner, view, action, above, depth + 1) : undefined;
      }
      return ofExpression(inner, { module, node });
    }
  }
  // Libraries and classes above have their own names for what each action is given.
  for (const { module, node } of classes)
    for (const statement of node.body) {
      const [target] = statement.type === 'Assign' ? statement.targets : [];
      if (statement.type !== 'Assign' || statement.value.type !== 'Dict' || action === undefined) continue;
      if (target?.type !== 'Name' || !target.id.includes('serializer')) continue;
      const value = entryFor(statement.value, action);
      if (value !== undefined) return ofExpression(program, { module, node: value });
    }
  return serializerClassOf(program, view, action);
}

function ofSelf(
  program: Program,
  view: PythonPlace<ClassDef>,
  name: string,
  action: string | undefined,
): Classes | undefined {
  return name === 'serializer_class' ? serializerClassOf(program, view, action) : ofMember(program, view, name);
}

/**
 * `self.serializer_class`, which what makes a method an action may set for it.
 * https://www.django-rest-framework.org/api-guide/viewsets/#marking-extra-actions-for-routing
 */
export function serializerClassOf(
  program: Program,
  view: PythonPlace<ClassDef>,
  action: string | undefined,
): Classes | undefined {
  const method = action === undefined ? undefined : program.pythonCode.member(view, action);
  for (const one of method?.definition.kind === 'function' ? method.definition.node.decorators : []) {
    const set = one.type === 'Call' ? one.keywords.find(({ name }) => name === 'serializer_class') : undefined;
    if (set !== undefined && method !== undefined)
      return ofExpression(program, { module: method.owner.module, node: set.value });
  }
  return ofMember(program, view, 'serializer_class');
}

function ofMember(program: Program, view: PythonPlace<ClassDef>, name: string): Classes | undefined {
  const member = program.pythonCode.member(view, name);
  if (member?.definition.kind === 'class') return [{ module: member.owner.module, node: member.definition.node }];
  return member?.definition.kind === 'value'
    ? ofExpression(program, { module: member.owner.module, node: member.definition.node })
    : undefined;
}

function ofExpression(program: Program, place: PythonPlace<Expression>): Classes | undefined {
  const found: PythonPlace<ClassDef>[] = [];
  for (const target of program.pythonCode.resolve(place)) {
    if (target.kind !== 'class' || !isSerializer(program, target.at)) return undefined;
    found.push(target.at);
  }
  return found;
}

/** `self.serializers[self.action]`, `serializers.get(self.action, Default)`. */
function choiceOf(
  node: Expression,
  action: string | undefined,
): { readonly of: Expression; readonly key: string; readonly otherwise: Expression | undefined } | undefined {
  if (action === undefined) return undefined;
  const isAction = (one: Expression | undefined): boolean => one !== undefined && nameOf(one) === 'self.action';
  if (node.type === 'Subscript')
    return isAction(node.slice) ? { of: node.value, key: action, otherwise: undefined } : undefined;
  if (node.type !== 'Call' || node.func.type !== 'Attribute' || node.func.attr !== 'get') return undefined;
  const [key, otherwise] = node.args;
  return isAction(key) ? { of: node.func.value, key: action, otherwise } : undefined;
}

function dictionaryOf(
  program: Program,
  view: PythonPlace<ClassDef>,
  { module, node }: PythonPlace<Expression>,
): PythonPlace<Extract<Expression, { type: 'Dict' }>> | undefined {
  if (node.type === 'Dict') return { module, node };
  if (node.type === 'Attribute' && node.value.type === 'Name' && node.value.id === 'self') {
    const member = program.pythonCode.member(view, node.attr);
    if (member?.definition.kind !== 'value' || member.definition.node.type !== 'Dict') return undefined;
    return { module: member.owner.module, node: member.definition.node };
  }
  const [target, ...others] = program.pythonCode.resolve({ module, node });
  return target?.kind === 'value' && others.length === 0 && target.at.node.type === 'Dict'
    ? { module: target.at.module, node: target.at.node }
    : undefined;
}

function entryFor(node: Extract<Expression, { type: 'Dict' }>, key: string): Expression | undefined {
  for (const [i, one] of node.keys.entries()) {
    const words = one?.type === 'Tuple' ? one.elts : [one];
    if (words.some((word) => word?.type === 'Constant' && word.value === key)) return node.values[i];
  }
  return undefined;
}
