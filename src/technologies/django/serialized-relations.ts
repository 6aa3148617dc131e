import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { asksOf } from './asks-database.js';
import { modelsOf, type Model } from './models.js';

/** A relation that a serialiser reads of each row. */
export interface SerializedRelation {
  /** From the row on: `author__country`. */
  readonly path: string;
  readonly many: boolean;
  readonly place: PythonPlace;
  /** Where it is asked anew for each row, whatever came with that: by this function. */
  readonly anew?: PythonPlace<FunctionDef>;
}

/** Fields that need no more than the key, which the row has. https://www.django-rest-framework.org/api-guide/relations/ */
const BY_KEY = /(?:PrimaryKeyRelatedField|HyperlinkedRelatedField)$/;
const RELATED = /(?:StringRelatedField|SlugRelatedField|ManyRelatedField|HyperlinkedIdentityField)$/;
const DEEPEST = 4;

/** Relations that one object of a serialiser needs, those of nested ones among them; undefined where a part of it is not followed. */
export function serializedRelations(
  program: Program,
  serializer: PythonPlace<ClassDef>,
  rows: Model,
): readonly SerializedRelation[] {
  return relationsOf(program, serializer, rows, '', 0);
}

function relationsOf(
  program: Program,
  serializer: PythonPlace<ClassDef>,
  model: Model,
  prefix: string,
  depth: number,
): SerializedRelation[] {
  if (depth > DEEPEST) return [];
  const { pythonCode } = program;
  const wanted = fieldsOf(program, serializer);
  const found: SerializedRelation[] = [];
  const own = pythonCode.member(serializer, 'to_representation');
  if (own?.definition.kind === 'function') {
    const fn = { module: own.owner.module, node: own.definition.node };
    found.push(...askedBy(program, fn, prefix));
    // What it does not leave to the class above has no use for fields.
    if (!/\bsuper\(/.test(fn.module.document.text.slice(fn.node.start, fn.node.end))) return found;
  }
  const declared = new Set<string>();
  for (const owner of pythonCode.ancestry(serializer).own) {
    for (const statement of owner.node.body) {
      if (statement.type !== 'Assign' || statement.value.type !== 'Call') continue;
      const [target] = statement.targets;
      if (target?.type !== 'Name' || declared.has(target.id)) continue;
      declared.add(target.id);
      if (wanted !== 'all' && wanted !== undefined && !wanted.names.has(target.id)) continue;
      found.push(
        ...ofField(
          program,
          { module: owner.module, node: statement.value },
          target.id,
          serializer,
          model,
          prefix,
          depth,
        ),
      );
    }
  }
  // What is only named becomes keys: of one row its own column, of many rows a query.
  const named =
    wanted === undefined
      ? []
      : wanted === 'all'
        ? [...model.relations.values()]
            .filter(({ name, to }) => to === 'many' && isDeclared(model, name))
            .map(({ name }) => name)
        : [...wanted.names];
  for (const name of named) {
    const relation = model.relations.get(name);
    if (declared.has(name) || relation?.to !== 'many' || wanted === undefined) continue;
    found.push({ path: prefix + name, many: true, place: wanted === 'all' ? serializer : wanted.place });
  }
  return found;
}

/** `__all__` has the relations that a model declares, not those that lead to it. */
function isDeclared(model: Model, name: string): boolean {
  return model.place.node.body.some(
    (one) => one.type === 'Assign' && one.targets.some((target) => target.type === 'Name' && target.id === name),
  );
}

/** What `Meta.fields` names. */
function fieldsOf(
  program: Program,
  serializer: PythonPlace<ClassDef>,
): 'all' | { readonly names: ReadonlySet<string>; readonly place: PythonPlace } | undefined {
  const meta = program.pythonCode.member(serializer, 'Meta');
  if (meta?.definition.kind !== 'class') return undefined;
  const of = { module: meta.owner.module, node: meta.definition.node };
  const fields = program.pythonCode.member(of, 'fields');
  if (fields?.definition.kind !== 'value') return undefined;
  const { node } = fields.definition;
  if (node.type === 'Constant') return node.value === '__all__' ? 'all' : undefined;
  if (node.type !== 'List' && node.type !== 'Tuple') return undefined;
  const names = node.elts.flatMap((one) => (one.type === 'Constant' && one.kind === 'str' ? [one.value] : []));
  return { names: new Set(names), place: { module: fields.owner.module, node } };
}

function ofField(
  program: Program,
  place: PythonPlace<Call>,
  name: string,
  serializer: PythonPlace<ClassDef>,
  model: Model,
  prefix: string,
  depth: number,
): SerializedRelation[] {
  const { pythonCode } = program;
  const keyword = (wanted: string): Expression | undefined =>
    place.node.keywords.find((one) => one.name === wanted)?.value;
  const isTrue = (node: Expression | undefined): boolean => node?.type === 'Constant' && node.value === true;
  if (isTrue(keyword('write_only'))) return [];
  const source = keyword('source');
  const path = source?.type === 'Constant' && source.kind === 'str' ? source.value : name;
  const [target] = pythonCode.resolve({ module: place.module, node: place.node.func });
  const [first = '', ...rest] = path.split('.');
  const relation = model.relations.get(first);

  if (target?.kind === 'library' && target.name.endsWith('SerializerMethodField')) {
    const given = keyword('method_name') ?? place.node.args[0];
    const method = given?.type === 'Constant' && given.kind === 'str' ? given.value : `get_${name}`;
    const member = pythonCode.member(serializer, method);
    return member?.definition.kind === 'function'
      ? ofMethod(program, { module: member.owner.module, node: member.definition.node }, model, prefix)
      : [];
  }
  if (relation === undefined || relation.to === 'generic') return [];
  const many = relation.to === 'many';
  const own: SerializedRelation = { path: prefix + first, many, place };
  if (target?.kind === 'class') {
    const nested =
      relation.target === undefined
        ? []
        : relationsOf(program, target.at, relation.target, `${prefix}${first}__`, depth + 1);
    const isField = program.pythonCode.ancestry(target.at).libraries.some((one) => RELATED.test(one));
    if (isSerializer(program, target.at)) return [own, ...nested];
    return isField ? [own, ...asText(program, relation.target, `${prefix}${first}__`)] : [];
  }
  if (rest.length > 0 && rest[0] !== 'id' && rest[0] !== 'pk') return [own];
  if (target?.kind !== 'library') return [];
  if (BY_KEY.test(target.name)) return many ? [own] : [];
  if (target.name.endsWith('StringRelatedField'))
    return [own, ...asText(program, relation.target, `${prefix}${first}__`)];
  return RELATED.test(target.name) ? [own] : [];
}

/** What `__str__` of a row reads of others. */
function asText(program: Program, model: Model | undefined, prefix: string): SerializedRelation[] {
  const member = model === undefined ? undefined : program.pythonCode.member(model.place, '__str__');
  if (member?.definition.kind !== 'function') return [];
  const fn = { module: member.owner.module, node: member.definition.node };
  return asksOf(program, fn)
    .filter(({ of, anew }) => of !== undefined && !anew)
    .map(({ path, many, place }) => ({ path: prefix + path.join('__'), many, place }));
}

function isSerializer(program: Program, of: PythonPlace<ClassDef>): boolean {
  return program.pythonCode.ancestry(of).libraries.some((one) => one.endsWith('Serializer'));
}

/** `def get_country(self, book): return book.author.country` */
function ofMethod(program: Program, fn: PythonPlace<FunctionDef>, model: Model, prefix: string): SerializedRelation[] {
  const row = fn.node.params.list[1];
  if (row === undefined) return [];
  const found = new Map<string, SerializedRelation>();
  for (const statement of fn.node.body)
    walkPython(statement, (node, parents) => {
      if (node.type !== 'Attribute' || node.value.type !== 'Name' || node.value.id !== row.name) return;
      const relation = model.relations.get(node.attr);
      if (relation === undefined || relation.to === 'generic' || found.has(node.attr)) return;
      const parent = parents.at(-1);
      // A filter asks again in any case; that is told where it stands, not here.
      if (relation.to === 'many' && !(parent?.type === 'Attribute' && /^(?:all|count)$/.test(parent.attr))) return;
      found.set(node.attr, {
        path: prefix + node.attr,
        many: relation.to === 'many',
        place: { module: fn.module, node },
      });
    });
  const others = askedBy(program, fn, prefix).filter(({ path, anew }) => anew !== undefined || !found.has(path));
  return [...found.values(), ...others];
}

/** What a function of a serialiser asks of the row that it is handed, and besides. */
function askedBy(program: Program, fn: PythonPlace<FunctionDef>, prefix: string): SerializedRelation[] {
  const row = fn.node.params.list[1];
  return asksOf(program, fn).flatMap(({ of, path, many, anew, writes, place }): SerializedRelation[] => {
    if (writes || (of !== undefined && of !== row) || (of === undefined && !anew)) return [];
    const one = { path: prefix + path.join('__'), many, place };
    return [anew ? { ...one, anew: fn } : one];
  });
}

/** The serialiser of a view, where it has one for all actions. */
export function serializerOf(program: Program, view: PythonPlace<ClassDef>): PythonPlace<ClassDef> | undefined {
  const { pythonCode } = program;
  if (pythonCode.member(view, 'get_serializer_class') !== undefined || modelsOf(program).size === 0) return undefined;
  const member = pythonCode.member(view, 'serializer_class');
  if (member?.definition.kind !== 'value') return undefined;
  const [target] = pythonCode.resolve({ module: member.owner.module, node: member.definition.node });
  return target?.kind === 'class' ? target.at : undefined;
}
