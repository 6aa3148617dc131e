import type { Binding, PythonModule, PythonPlace, PythonTarget } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { stateTexts } from './state-texts.js';

/** Something that lives as long as the process and can be changed. */
export interface HeldState {
  /** `ONLINE`, `Chat.rooms`, `tracker.visits`. */
  readonly name: string;
  /** `container` is changed in place; `plain` (a number, None, a text) only by assigning to it. */
  readonly kind: 'container' | 'counter' | 'plain';
  /** Where it is declared; the node is what it is known by. */
  readonly place: PythonPlace;
  /** The class it belongs to: what holds several such things is told once. */
  readonly owner?: Node;
}

/** Calls that make a container; what expires, is weak, or belongs to a thread or a context is left out. */
const CONTAINERS =
  /^(?:builtins\.(?:dict|list|set)|collections\.(?:defaultdict|OrderedDict|deque|Counter)|cachetools\.(?:LRUCache|LFUCache|Cache))\(\)$/;

/** The state that a name or attribute in the code stands for. */
export function stateOf(program: Program, { module, node }: PythonPlace<Expression>): HeldState | undefined {
  const code = program.pythonCode;
  if (node.type === 'Name') {
    const binding = code.bindingOf({ module, node });
    if (binding?.scope.type !== 'Module') return undefined;
    if (binding.definitions.some(({ kind }) => kind === 'import'))
      return firstOf(code.resolve({ module, node }), (target) => declaredAt(program, target));
    return ofBinding(program, module, binding);
  }
  if (node.type !== 'Attribute') return undefined;
  const base = classesNamed(program, { module, node: node.value });
  for (const { of, instance } of base) {
    const found = instance
      ? (ofClass(program, of, node.attr, true) ?? ofSingle(program, of, node.attr))
      : ofClass(program, of, node.attr, false);
    if (found !== undefined) return found;
  }
  if (base.length > 0 || node.value.type !== 'Name') return undefined;
  return firstOf(code.resolve({ module, node: node.value }), (target) => {
    if (target.kind !== 'module') return undefined;
    const binding = code.bindings(target.module).find(({ name }) => name === node.attr);
    return binding === undefined ? undefined : ofBinding(program, target.module, binding);
  });
}

/** `self`, `cls`, `Chat`, `type(self)`, `self.__class__` and objects of modules. */
function classesNamed(
  program: Program,
  { module, node }: PythonPlace<Expression>,
): { of: PythonPlace<ClassDef>; instance: boolean }[] {
  const inner =
    node.type === 'Attribute' && node.attr === '__class__'
      ? node.value
      : node.type === 'Call' && node.func.type === 'Name' && node.func.id === 'type'
        ? node.args[0]
        : undefined;
  const asked = inner ?? node;
  if (asked.type !== 'Name' && asked.type !== 'Attribute') return [];
  return program.pythonCode.resolve({ module, node: asked }).flatMap((target) => {
    if (target.kind === 'class') return [{ of: target.at, instance: false }];
    if (target.kind !== 'instance') return [];
    return [{ of: target.of, instance: inner === undefined }];
  });
}

function firstOf<T, F>(all: readonly T[], find: (one: T) => F | undefined): F | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A container that another module made and bound to a name. */
function declaredAt(program: Program, target: PythonTarget): HeldState | undefined {
  const at = target.kind === 'value' ? target.at : target.kind === 'library' ? target.call : undefined;
  if (at === undefined || program.pythonCode.functionsAround(at).length > 0) return undefined;
  const [holder] = program.pythonCode.above(at);
  const target_ =
    holder?.type === 'Assign' ? holder.targets[0] : holder?.type === 'AnnAssign' ? holder.target : undefined;
  if (target_?.type !== 'Name') return undefined;
  const binding = program.pythonCode.bindingOf({ module: at.module, node: target_ });
  return binding?.scope.type === 'Module' ? ofBinding(program, at.module, binding) : undefined;
}

function ofBinding(program: Program, module: PythonModule, binding: Binding): HeldState | undefined {
  const inFunctions = new Set(
    binding.references.flatMap(({ node, write, within }) => (write && within.length > 0 ? [node] : [])),
  );
  let found: HeldState | undefined;
  for (const definition of binding.definitions) {
    if (definition.kind !== 'value') {
      // What a loop or an import binds as well is no single thing.
      if (definition.kind === 'other' || definition.kind === 'element') continue;
      return undefined;
    }
    if (inFunctions.has(definition.target)) continue;
    const kind = kindOf(program, { module, node: definition.node });
    if (kind === undefined) return undefined;
    if (found === undefined || (found.kind === 'plain' && kind !== 'plain'))
      found = { name: binding.name, kind, place: { module, node: definition.target } };
  }
  return found;
}

/** A mutable attribute that a class shares among its objects, unless they are given one of their own. */
function ofClass(
  program: Program,
  of: PythonPlace<ClassDef>,
  attribute: string,
  throughObject: boolean,
): HeldState | undefined {
  const member = program.pythonCode.member(of, attribute);
  if (member?.definition.kind !== 'value' || member.definition.target.id !== attribute) return undefined;
  const { owner, definition } = member;
  const { own, libraries } = program.pythonCode.ancestry(of);
  if (libraries.some((one) => OWN_COPY.test(one))) return undefined;
  if (throughObject && (COPIED.has(attribute) || own.some(({ node }) => fieldsOf(node).has(attribute))))
    return undefined;
  const kind = kindOf(program, { module: owner.module, node: definition.node });
  if (kind === undefined || (throughObject && kind === 'plain')) return undefined;
  return {
    name: `${owner.node.name}.${attribute}`,
    kind,
    place: { module: owner.module, node: definition.target },
    owner: owner.node,
  };
}

/** Classes whose objects or members are no plain shared attributes. */
const OWN_COPY =
  /(?:^|\.)(?:local|_local|Local|ContextVar|Enum|IntEnum|StrEnum|TextChoices|IntegerChoices|TestCase|BaseModel|RootModel|SQLModel|BaseSettings|Schema|NamedTuple|TypedDict|Struct)$/;
/** Attributes that the classes of libraries copy to each object before anybody changes them. */
const COPIED: ReadonlySet<string> = new Set([
  'fields',
  'initial',
  'widgets',
  'headers',
  'errors',
  'files',
  'data',
  'base_fields',
]);

/** A field of the only object of a class: one that a module makes, or a middleware. */
function ofSingle(program: Program, of: PythonPlace<ClassDef>, attribute: string): HeldState | undefined {
  const { own, libraries } = program.pythonCode.ancestry(of);
  if (libraries.some((one) => OWN_COPY.test(one))) return undefined;
  const holder = own.find(({ node }) => fieldsOf(node).has(attribute));
  if (holder === undefined) return undefined;
  const given = fieldsOf(holder.node).get(attribute);
  if (given === undefined) return undefined;
  const kind = kindOf(program, { module: holder.module, node: given.value });
  if (kind === undefined) return undefined;
  const single = singleObject(program, of);
  if (single === undefined) return undefined;
  return {
    name: `${single}.${attribute}`,
    kind,
    place: { module: holder.module, node: given.target },
    owner: holder.node,
  };
}

interface Given {
  readonly target: Expression;
  readonly value: Expression;
}

const fields = new WeakMap<ClassDef, ReadonlyMap<string, Given>>();

/** What methods give to `self`; what `__init__` gives comes first. */
function fieldsOf(node: ClassDef): ReadonlyMap<string, Given> {
  const before = fields.get(node);
  if (before !== undefined) return before;
  const found = new Map<string, Given>();
  const methods = node.body.filter((one) => one.type === 'FunctionDef');
  for (const method of [...methods].sort((a, b) => Number(b.name === '__init__') - Number(a.name === '__init__'))) {
    const [self] = method.params.list;
    if (self === undefined) continue;
    walkPython(method, (part) => {
      if (part.type !== 'Assign' && part.type !== 'AnnAssign') return;
      if (part.value === null) return;
      for (const target of part.type === 'Assign' ? part.targets : [part.target])
        if (target.type === 'Attribute' && target.value.type === 'Name' && target.value.id === self.name)
          if (!found.has(target.attr)) found.set(target.attr, { target, value: part.value });
    });
  }
  fields.set(node, found);
  return found;
}

/** The name of the object that lives as long as the process, where a class has one. */
function singleObject(program: Program, of: PythonPlace<ClassDef>): string | undefined {
  const known = program.pythonCode.memo('python:single-objects', () => new Map<ClassDef, string | undefined>());
  if (known.has(of.node)) return known.get(of.node);
  known.set(of.node, undefined);
  const found = isMiddleware(of.node) ? of.node.name : madeByModule(program, of);
  known.set(of.node, found);
  return found;
}

/** Django makes one object of a middleware when the process starts. */
function isMiddleware(node: ClassDef): boolean {
  return node.body.some(
    (one) =>
      one.type === 'FunctionDef' &&
      one.name === '__init__' &&
      one.params.list.some(({ name }) => name === 'get_response'),
  );
}

function madeByModule(program: Program, of: PythonPlace<ClassDef>): string | undefined {
  const code = program.pythonCode;
  if (!stateTexts(program).single.has(of.node.name)) return undefined;
  for (const call of code.callsOf(of)) {
    const above = code.above(call);
    // Where a branch makes something else instead, the deployment chooses which of them there is.
    if (above.some((one) => one.type === 'IfExp' || (one.type === 'If' && one.orelse.length > 0))) continue;
    const [holder] = above;
    const target =
      holder?.type === 'Assign' ? holder.targets[0] : holder?.type === 'AnnAssign' ? holder.target : undefined;
    if (target?.type !== 'Name') continue;
    const binding = code.bindingOf({ module: call.module, node: target });
    // Bound by the module, or by a function that says `global`.
    if (binding?.scope.type === 'Module') return target.id;
  }
  return undefined;
}

function kindOf(program: Program, { module, node }: PythonPlace<Expression>): HeldState['kind'] | undefined {
  switch (node.type) {
    case 'Dict':
      // A table of functions and classes is a part of the program.
      return node.values.length > 0 && node.values.every((one) => one.type === 'Lambda') ? undefined : 'container';
    case 'List':
    case 'Set':
      return 'container';
    case 'Comprehension':
      return node.kind === 'generator' ? undefined : 'container';
    case 'Constant':
    case 'UnaryOp':
      return 'plain';
    case 'Call': {
      const name = program.pythonCode
        .resolve({ module, node })
        .map((target) => (target.kind === 'library' ? target.name : ''))
        .find((one) => CONTAINERS.test(one));
      if (name === undefined) return undefined;
      return name === 'collections.Counter()' ? 'counter' : 'container';
    }
    default:
      return undefined;
  }
}
