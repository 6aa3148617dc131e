import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { inDatabase } from './given-rows.js';
import { namesIn, quoted, type Given, type Within } from './given.js';
import { eachOf, either, elementOf, put } from './joined-givens.js';
import { flowThrough, nameOf, type Names } from './method-flow.js';
import { listOf } from './querysets.js';

type SeesCall = (call: PythonPlace<Call>, names: Names<Given>, within: Within) => void;

const DEEPEST = 4;
/** Entries of one list that is written out. */
const LONGEST_LIST = 20;

/** What a function may return, in the order of its statements; each call on the way is seen with what names hold there. */
export function valuesOf(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  within: Within,
  names: Names<Given> = new Map(),
  sees?: SeesCall,
  depth = 0,
): readonly (Given | undefined)[] {
  const { module } = fn;
  return flowThrough<Given>(
    fn,
    undefined,
    {
      evaluate: (node, known) => valueOf(program, { module, node }, within, known, depth),
      join: either,
      element: elementOf,
      assign: (target, value, known) => {
        // `page.object_list = with_authors(page.object_list)`
        if (target.type === 'Attribute' && target.attr === 'object_list') {
          const name = nameOf(target.value);
          if (name !== undefined && known.get(name)?.kind === 'rows') known.set(name, value);
        }
        if (target.type !== 'Subscript') return;
        const key = quoted(target.slice);
        if (key !== undefined) put(contextIn(target.value, known), key, value);
      },
      visit: (expression, known) => {
        walkPython(expression, (node) => {
          if (node.type === 'Lambda') return false;
          if (node.type !== 'Call') return true;
          changed(node, known);
          sees?.({ module, node }, known, within);
          return true;
        });
      },
    },
    names,
  );

  /** `context.update(books=...)`, `context.update({"books": ...})` */
  function changed({ func, args, keywords }: Call, known: Names<Given>): void {
    if (func.type !== 'Attribute' || !/^(?:update|setdefault|append)$/.test(func.attr)) return;
    const [first, second] = args;
    const of = nameOf(func.value);
    if (func.attr === 'append') {
      const list = of === undefined ? undefined : known.get(of);
      const entry = first === undefined ? undefined : valueOf(program, { module, node: first }, within, known, depth);
      if (list?.kind === 'each' && entry?.kind === 'names')
        for (const [name, value] of entry.names) put(list.names, name, value);
      return;
    }
    if (of === undefined || (known.has(of) && known.get(of)?.kind !== 'names')) return;
    const at = (node: Expression): Given | undefined => valueOf(program, { module, node }, within, known, depth);
    const context = contextIn(func.value, known);
    if (func.attr === 'setdefault') {
      const key = quoted(first);
      if (key !== undefined && second !== undefined) put(context, key, at(second));
      return;
    }
    const given = first === undefined ? undefined : at(first);
    if (given?.kind === 'names') for (const [name, value] of given.names) put(context, name, value);
    for (const { name, value } of keywords) if (name !== null) put(context, name, at(value));
  }
}

/** The dictionary that a variable holds; one that is not followed is looked at from here on. */
function contextIn(node: Expression, known: Names<Given>): Map<string, Given> {
  const name = nameOf(node);
  const held = name === undefined ? undefined : known.get(name);
  if (held?.kind === 'names') return held.names;
  const names = new Map<string, Given>();
  if (name !== undefined) known.set(name, { kind: 'names', names });
  return names;
}

export function valueOf(
  program: Program,
  place: PythonPlace<Expression>,
  within: Within,
  names: Names<Given>,
  depth = 0,
): Given | undefined {
  const { module, node } = place;
  const at = (part: Expression): Given | undefined => valueOf(program, { module, node: part }, within, names, depth);
  const name = nameOf(node);
  if (name !== undefined && names.has(name)) return names.get(name);
  switch (node.type) {
    case 'Constant':
      return node.kind === 'str' ? { kind: 'texts', texts: [node.value] } : undefined;
    case 'Dict': {
      const found = new Map<string, Given>();
      for (const [i, key] of node.keys.entries()) {
        const value = node.values[i];
        if (value === undefined) continue;
        const given = at(value);
        if (key !== null) put(found, quoted(key) ?? '', given);
        else if (given?.kind === 'names') for (const [inner, one] of given.names) found.set(inner, one);
      }
      return { kind: 'names', names: found };
    }
    case 'BinOp': {
      const [one, other] = [at(node.left), at(node.right)];
      if (one?.kind !== 'names' && other?.kind !== 'names') break;
      return { kind: 'names', names: new Map([...namesIn(one), ...namesIn(other)]) };
    }
    case 'IfExp': {
      const [one, other] = [at(node.body), at(node.orelse)];
      return one === undefined || other === undefined ? undefined : either(one, other);
    }
    case 'List':
    case 'Tuple': {
      const entries = node.elts.length <= LONGEST_LIST && node.elts.every(({ type }) => type === 'Dict');
      if (entries && node.type === 'List') return eachOf(node.elts.map(at));
      const texts = node.elts.map((part) => quoted(part));
      return texts.length > 0 && texts.every((one) => one !== undefined)
        ? { kind: 'texts', texts: texts.slice(0, 1) }
        : undefined;
    }
    case 'Comprehension': {
      // `[{"shelf": shelf, "books": shelf.books.all()} for shelf in shelves]`
      const [clause, ...others] = node.clauses;
      if (clause?.target.type !== 'Name' || others.length > 0 || node.value !== null || node.element.type !== 'Dict')
        break;
      const inner = new Map(names).set(clause.target.id, elementOf(at(clause.iter), clause.iter));
      return eachOf([valueOf(program, { module, node: node.element }, within, inner, depth)]);
    }
    case 'Subscript': {
      const key = quoted(node.slice);
      const of = key === undefined ? undefined : at(node.value);
      if (of?.kind === 'names') return of.names.get(key ?? '');
      break;
    }
    case 'Attribute': {
      const of = /^(?:qs|object_list)$/.test(node.attr) ? at(node.value) : undefined;
      if (of?.kind === 'holder') return of.list;
      if (of?.kind === 'rows' && node.attr === 'object_list') return of;
      if (node.attr === 'object_list' && isSelf(node.value)) return within.list;
      break;
    }
    case 'Call': {
      const given = ofCall(program, { module, node }, within, names, depth);
      if (given !== undefined) return given;
      break;
    }
    case 'Await':
      return at(node.value);
    default:
  }
  return inDatabase(program, place, within, names);
}

function ofCall(
  program: Program,
  { module, node }: PythonPlace<Call>,
  within: Within,
  names: Names<Given>,
  depth: number,
): Given | undefined {
  const { func, args, keywords } = node;
  const at = (part: Expression): Given | undefined => valueOf(program, { module, node: part }, within, names, depth);
  const given = (): Map<string, Given> => {
    const found = new Map<string, Given>();
    for (const { name, value } of keywords) {
      const one = at(value);
      if (name === null) for (const [inner, each] of namesIn(one)) found.set(inner, each);
      else put(found, name, one);
    }
    return found;
  };
  if (func.type === 'Attribute' && func.attr === 'get_context_data') {
    const isSuper = func.value.type === 'Call' && func.value.func.type === 'Name' && func.value.func.id === 'super';
    if (isSuper && within.above !== undefined)
      return { kind: 'names', names: new Map([...within.above(), ...given()]) };
    if (isSelf(func.value) && within.whole !== undefined)
      return { kind: 'names', names: new Map([...within.whole(), ...given()]) };
    return undefined;
  }
  if (func.type === 'Attribute' && func.attr === 'get_queryset' && isSelf(func.value)) return within.list;
  if (func.type === 'Attribute' && func.attr === 'get_object' && isSelf(func.value) && within.view !== undefined) {
    const model = listOf(program, within.view)?.model;
    return model === undefined ? undefined : { kind: 'row', row: { kind: 'row', model, from: undefined, path: [] } };
  }
  if (func.type === 'Name' && func.id === 'dict') {
    const [first] = args;
    return { kind: 'names', names: new Map([...namesIn(first === undefined ? undefined : at(first)), ...given()]) };
  }
  const called = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  if (/^[A-Z]\w*Filter(?:Set)?$/.test(called)) {
    const list = at(keywords.find(({ name }) => name === 'queryset')?.value ?? args[1] ?? node.func);
    return list?.kind === 'rows' ? { kind: 'holder', list } : undefined;
  }
  if (depth >= DEEPEST || (func.type === 'Attribute' && nameOf(func) === undefined && !isModule(program, module, func)))
    return undefined;
  // A function or method of the project that makes a context, or chooses a template.
  const [target, ...others] = program.pythonCode.resolve({ module, node: func });
  if (others.length > 0 || target?.kind !== 'function' || target.at.node.type !== 'FunctionDef') return undefined;
  const { text } = target.at.module.document;
  const body = text.slice(target.at.node.start, target.at.node.end);
  if (!/\{|\bdict\(|["']\w[\w/-]*\.(?:html|jinja)/.test(body)) return undefined;
  const inner = target.owner === undefined ? { view: undefined } : { view: within.view ?? target.owner };
  const all = valuesOf(
    program,
    { module: target.at.module, node: target.at.node },
    inner,
    new Map(),
    undefined,
    depth + 1,
  );
  const [first, ...rest] = all.filter((one) => one?.kind === 'names' || one?.kind === 'texts');
  return rest.reduce<Given | undefined>(
    (one, other) => (one === undefined || other === undefined ? one : either(one, other)),
    first,
  );
}

function isSelf(node: Expression): boolean {
  return node.type === 'Name' && node.id === 'self';
}

function isModule(program: Program, module: PythonPlace['module'], { value }: { readonly value: Expression }): boolean {
  return value.type === 'Name' && program.pythonCode.resolve({ module, node: value })[0]?.kind === 'module';
}
