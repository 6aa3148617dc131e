import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { Model } from './models.js';

/** A field that a serialiser shows. */
export interface SerializerField {
  readonly name: string;
  /** How it is declared; undefined where it is only named, and made of the model. */
  readonly call: PythonPlace<Call> | undefined;
  /** Where it is declared or named. */
  readonly place: PythonPlace;
}

export interface SerializerFields {
  readonly fields: readonly SerializerField[];
  /** What shows a row in place of its fields, or before and after them. */
  readonly representation: PythonPlace<FunctionDef> | undefined;
  /** `Meta.depth`. */
  readonly depth: number;
  /** `Meta.extra_kwargs`: what each field is given. */
  readonly extra: ReadonlyMap<string, ReadonlyMap<string, Expression>>;
}

const DEEPEST = 6;

export function isSerializer(program: Program, of: PythonPlace<ClassDef>): boolean {
  return program.pythonCode.ancestry(of).libraries.some((one) => one.endsWith('Serializer'));
}

/** What a serialiser shows of each row: its declared fields and those that `Meta` names. */
export function serializerFields(program: Program, serializer: PythonPlace<ClassDef>, model: Model): SerializerFields {
  const { pythonCode } = program;
  const { own } = pythonCode.ancestry(serializer);
  const method = pythonCode.member(serializer, 'to_representation');
  const representation =
    method?.definition.kind === 'function' ? { module: method.owner.module, node: method.definition.node } : undefined;
  const hasFields = representation === undefined || callsAbove(representation.node);
  const meta = pythonCode.member(serializer, 'Meta');
  const of = meta?.definition.kind === 'class' ? { module: meta.owner.module, node: meta.definition.node } : undefined;
  const wanted = of === undefined ? undefined : namedBy(program, of);
  const left = new Set(droppedBy(own));
  const fields: SerializerField[] = [];
  const declared = new Set<string>();
  for (const owner of own)
    for (const statement of owner.node.body) {
      const target = statement.type === 'Assign' ? statement.targets[0] : undefined;
      if (statement.type !== 'Assign' || target?.type !== 'Name' || declared.has(target.id)) continue;
      declared.add(target.id);
      const { value } = statement;
      // `author = None` takes back what a class above declares.
      if (value.type !== 'Call' || left.has(target.id)) continue;
      const isWanted = wanted === undefined || wanted.all || wanted.open || wanted.names.has(target.id);
      if (isWanted && wanted?.excluded.has(target.id) !== true)
        fields.push({
          name: target.id,
          call: { module: owner.module, node: value },
          place: { module: owner.module, node: value },
        });
    }
  if (wanted !== undefined) {
    const named = wanted.all
      ? [...model.relations.values()]
          .filter(({ name, loose }) => loose !== true && isDeclared(program, model, name) && !wanted.excluded.has(name))
          .map(({ name }) => name)
      : [...wanted.names];
    for (const name of named)
      if (!declared.has(name) && !left.has(name)) fields.push({ name, call: undefined, place: wanted.place });
  }
  const depth = of === undefined ? undefined : valueOf(program, of, 'depth');
  return {
    fields: hasFields ? fields : [],
    representation,
    depth: depth?.type === 'Constant' && typeof depth.value === 'number' ? depth.value : 0,
    extra: of === undefined ? new Map() : extraOf(program, of),
  };
}

/** Whether a method calls the one that it stands in place of. */
function callsAbove(fn: FunctionDef): boolean {
  let found = false;
  walkPython(fn, (node) => {
    if (node.type === 'Name' && node.id === 'super') found = true;
    if (node.type === 'Attribute' && node.attr === '_readable_fields') found = true;
  });
  return found;
}

/** Fields that are taken away by name while the serialiser is made. */
function droppedBy(own: readonly PythonPlace<ClassDef>[]): string[] {
  return own.flatMap(({ node: { body } }) =>
    body.flatMap((part) => {
      const names: string[] = [];
      if (part.type !== 'FunctionDef' || !/^(?:__init__|get_fields)$/.test(part.name)) return names;
      walkPython(part, (node) => {
        const key =
          node.type === 'Call' && node.func.type === 'Attribute' && node.func.attr === 'pop'
            ? node.args[0]
            : node.type === 'Delete' && node.targets[0]?.type === 'Subscript'
              ? node.targets[0].slice
              : undefined;
        if (key?.type === 'Constant' && key.kind === 'str') names.push(key.value);
      });
      return names;
    }),
  );
}

interface Named {
  readonly all: boolean;
  readonly names: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
  /** A part of the names is not followed. */
  readonly open: boolean;
  readonly place: PythonPlace;
}

/** What `Meta` names. */
function namedBy(program: Program, meta: PythonPlace<ClassDef>): Named | undefined {
  const fields = program.pythonCode.member(meta, 'fields');
  const exclude = program.pythonCode.member(meta, 'exclude');
  const none: ReadonlySet<string> = new Set();
  if (fields?.definition.kind === 'value') {
    const place = { module: fields.owner.module, node: fields.definition.node };
    if (place.node.type === 'Constant')
      return place.node.value === '__all__'
        ? { all: true, names: none, excluded: none, open: false, place }
        : undefined;
    const words = wordsIn(program, place, 0);
    return { all: false, names: new Set(words.words), excluded: none, open: words.open, place };
  }
  if (exclude?.definition.kind !== 'value') return undefined;
  const place = { module: exclude.owner.module, node: exclude.definition.node };
  const words = wordsIn(program, place, 0);
  // What else is left out may be any of them.
  return words.open
    ? { all: false, names: none, excluded: new Set(words.words), open: true, place }
    : { all: true, names: none, excluded: new Set(words.words), open: false, place };
}

/** The texts of a list that is written, added to or named. */
function wordsIn(
  program: Program,
  { module, node }: PythonPlace<Expression>,
  depth: number,
): { readonly words: readonly string[]; readonly open: boolean } {
  if (depth > DEEPEST) return { words: [], open: true };
  const all = (parts: readonly Expression[]): { readonly words: readonly string[]; readonly open: boolean } => {
    const found = parts.map((part) => wordsIn(program, { module, node: part }, depth + 1));
    return { words: found.flatMap(({ words }) => words), open: found.some(({ open }) => open) };
  };
  if (node.type === 'Constant')
    return node.kind === 'str' ? { words: [node.value], open: false } : { words: [], open: true };
  if (node.type === 'List' || node.type === 'Tuple' || node.type === 'Set') return all(node.elts);
  if (node.type === 'BinOp' && node.op === '+') return all([node.left, node.right]);
  if (node.type === 'Starred') return wordsIn(program, { module, node: node.value }, depth + 1);
  if (node.type === 'Call' && node.func.type === 'Name' && /^(?:list|tuple|set|sorted)$/.test(node.func.id))
    return all(node.args);
  const [target, ...others] = program.pythonCode.resolve({ module, node });
  return target?.kind === 'value' && others.length === 0 && target.at.node !== node
    ? wordsIn(program, target.at, depth + 1)
    : { words: [], open: true };
}

/** `__all__` has the relations that a model declares, not those that lead to it. */
function isDeclared(program: Program, model: Model, name: string): boolean {
  return program.pythonCode
    .ancestry(model.place)
    .own.some(({ node: { body } }) =>
      body.some(
        (one) => one.type === 'Assign' && one.targets.some((target) => target.type === 'Name' && target.id === name),
      ),
    );
}

function valueOf(program: Program, meta: PythonPlace<ClassDef>, name: string): Expression | undefined {
  const member = program.pythonCode.member(meta, name);
  return member?.definition.kind === 'value' ? member.definition.node : undefined;
}

function extraOf(program: Program, meta: PythonPlace<ClassDef>): ReadonlyMap<string, ReadonlyMap<string, Expression>> {
  const found = new Map<string, ReadonlyMap<string, Expression>>();
  const extra = valueOf(program, meta, 'extra_kwargs');
  if (extra?.type !== 'Dict') return found;
  for (const [i, key] of extra.keys.entries()) {
    const given = extra.values[i];
    if (key?.type !== 'Constant' || key.kind !== 'str' || given?.type !== 'Dict') continue;
    found.set(
      key.value,
      new Map(
        given.keys.flatMap((one, at) => {
          const value = given.values[at];
          return one?.type === 'Constant' && one.kind === 'str' && value !== undefined ? [[one.value, value]] : [];
        }),
      ),
    );
  }
  return found;
}
