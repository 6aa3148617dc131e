import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { ofMember, type SerializedRelation } from './asked-of-row.js';
import { metaModel, shownModels } from './handed.js';
import type { Model } from './models.js';
import { isSerializer, serializerFields, type SerializerField, type SerializerFields } from './serializer-fields.js';
import { rowMemo } from './row-memo.js';
import { readsWholeRow, shownByField, shownByMethod, under } from './shown-by-method.js';

/** Fields that need no more than the key, which the row has. https://www.django-rest-framework.org/api-guide/relations/ */
const BY_KEY = /(?:PrimaryKeyRelatedField|HyperlinkedRelatedField)$/;
/** Relations on the way to one; nested serialisers beyond are not followed. */
const LONGEST = 5;
const MOST = 60;

/** What one object of a serialiser needs, nested ones among it. */
export function serializedRelations(
  program: Program,
  serializer: PythonPlace<ClassDef>,
  model: Model,
): readonly SerializedRelation[] {
  const known = rowMemo(
    program,
    'django:serialized',
    () => new Map<ClassDef, Map<Model, readonly SerializedRelation[]>>(),
  );
  const byModel = known.get(serializer.node) ?? new Map<Model, readonly SerializedRelation[]>();
  known.set(serializer.node, byModel);
  const before = byModel.get(model);
  if (before !== undefined) return before;
  // One that nests itself is told once.
  byModel.set(model, []);
  if (metaModel(program, serializer) === undefined) {
    const shown = shownModels(program);
    for (const { node } of program.pythonCode.ancestry(serializer).own) if (!shown.has(node)) shown.set(node, model);
  }
  const found = new Map<string, SerializedRelation>();
  const add = (one: SerializedRelation): void => {
    const key = one.anew ? `${one.path} ${String(one.place.node.start)}` : one.path;
    if (!found.has(key) && found.size < MOST && one.path.split('__').length <= LONGEST) found.set(key, one);
  };
  const shown = serializerFields(program, serializer, model);
  for (const field of shown.fields)
    for (const one of field.call === undefined
      ? ofName(program, serializer, field, model, shown)
      : ofDeclared(program, serializer, field, field.call, model))
      add(one);
  if (shown.representation !== undefined)
    for (const one of ofMethod(program, shown.representation, model, serializer)) add(one);
  const all = [...found.values()];
  byModel.set(model, all);
  return all;
}

/** What a method of a serialiser shows of a row. */
function ofMethod(
  program: Program,
  fn: PythonPlace<FunctionDef>,
  model: Model,
  within: PythonPlace<ClassDef>,
): SerializedRelation[] {
  return shownByMethod(program, fn, { model, within, nested: (one, of) => serializedRelations(program, one, of) });
}

/** What is only named: a relation becomes its key or keys, a property what it computes. */
function ofName(
  program: Program,
  serializer: PythonPlace<ClassDef>,
  { name, place }: SerializerField,
  model: Model,
  { depth, extra }: SerializerFields,
): SerializedRelation[] {
  const relation = model.relations.get(name);
  const isHidden = extra.get(name)?.get('write_only');
  if (isHidden?.type === 'Constant' && isHidden.value === true) return [];
  if (relation === undefined) return ofMember(program, model, name);
  if (relation.to === 'generic') return [];
  const own = { path: name, many: relation.to === 'many', anew: false, place };
  if (depth > 0) return [own];
  if (relation.to === 'many') return [own];
  // The address of a row by another column than its key. https://www.django-rest-framework.org/api-guide/serializers/#hyperlinkedmodelserializer
  const column = extra.get(name)?.get('lookup_field');
  const isAddress = program.pythonCode
    .ancestry(serializer)
    .libraries.some((one) => one.endsWith('HyperlinkedModelSerializer'));
  return isAddress && column?.type === 'Constant' && column.kind === 'str' && column.value !== 'pk' ? [own] : [];
}

function ofDeclared(
  program: Program,
  serializer: PythonPlace<ClassDef>,
  { name }: SerializerField,
  place: PythonPlace<Call>,
  model: Model,
): SerializedRelation[] {
  const { pythonCode } = program;
  const keyword = (wanted: string): Expression | undefined =>
    place.node.keywords.find((one) => one.name === wanted)?.value;
  const hidden = keyword('write_only');
  if (hidden?.type === 'Constant' && hidden.value === true) return [];
  const [target] = pythonCode.resolve({ module: place.module, node: place.node.func });
  const libraries =
    target?.kind === 'library'
      ? [target.name]
      : target?.kind === 'class'
        ? pythonCode.ancestry(target.at).libraries
        : [];
  if (libraries.length === 0) return [];

  if (libraries.some((one) => one.endsWith('SerializerMethodField'))) {
    const given = keyword('method_name') ?? place.node.args[0];
    const method = given?.type === 'Constant' && given.kind === 'str' ? given.value : `get_${name}`;
    const member = pythonCode.member(serializer, method);
    return member?.definition.kind === 'function'
      ? ofMethod(program, { module: member.owner.module, node: member.definition.node }, model, serializer)
      : [];
  }
  // It is made of the row itself, whatever its name. https://www.django-rest-framework.org/api-guide/relations/#hyperlinkedidentityfield
  if (libraries.some((one) => one.endsWith('HyperlinkedIdentityField'))) return [];
  if (target?.kind === 'class' && pythonCode.member(target.at, 'get_attribute') !== undefined) return [];
  const source = keyword('source');
  if (source !== undefined && !(source.type === 'Constant' && source.kind === 'str')) return [];
  const nested = target?.kind === 'class' && isSerializer(program, target.at) ? target.at : undefined;
  const own = target?.kind === 'class' && nested === undefined ? target.at : undefined;
  const shows = (row: Model): SerializedRelation[] =>
    own === undefined
      ? []
      : shownByField(program, own, { model: row, nested: (one, of) => serializedRelations(program, one, of) });
  if (source?.value === '*')
    return nested === undefined ? shows(model) : [...serializedRelations(program, nested, model)];
  const isRelated = libraries.some((one) => one.endsWith('RelatedField'));
  const column = keyword('lookup_field');
  const byKey =
    libraries.some((one) => BY_KEY.test(one)) &&
    !(column?.type === 'Constant' && column.kind === 'str' && !/^(?:pk|id)$/.test(column.value)) &&
    !(own !== undefined && readsWholeRow(program, own));
  return alongPath(program, (source?.value ?? name).split('.'), model, place, {
    nested,
    isRelated,
    byKey,
    isText: libraries.some((one) => one.endsWith('StringRelatedField')),
    shows,
  });
}

interface Shown {
  readonly nested: PythonPlace<ClassDef> | undefined;
  readonly isRelated: boolean;
  /** Shows no more than a key. */
  readonly byKey: boolean;
  /** Shows a row as `__str__` gives it. */
  readonly isText: boolean;
  /** What a field of the project reads of the row that it is given. */
  readonly shows: (row: Model) => readonly SerializedRelation[];
}

/** What a `source` reads: `author.country.name`. */
function alongPath(
  program: Program,
  steps: readonly string[],
  row: Model,
  place: PythonPlace,
  { nested, isRelated, byKey, isText, shows }: Shown,
): SerializedRelation[] {
  const found: SerializedRelation[] = [];
  const path: string[] = [];
  let model: Model | undefined = row;
  for (const [i, step] of steps.entries()) {
    if (model === undefined) return found;
    const isLast = i === steps.length - 1;
    const relation = model.relations.get(step);
    if (relation === undefined) return [...found, ...under(path, ofMember(program, model, step))];
    if (relation.to === 'generic') return found;
    path.push(step);
    const many = relation.to === 'many';
    const own = { path: path.join('__'), many, anew: false, place };
    if (!isLast) found.push(own);
    else if (nested !== undefined) {
      found.push(own);
      if (relation.target !== undefined)
        found.push(...under(path, serializedRelations(program, nested, relation.target)));
    } else if (isRelated && (many || !byKey)) {
      found.push(own);
      if (isText && relation.target !== undefined)
        found.push(...under(path, ofMember(program, relation.target, '__str__')));
      if (relation.target !== undefined) found.push(...under(path, shows(relation.target)));
    } else if (!isRelated && relation.target !== undefined && shows(relation.target).length > 0) {
      found.push(own, ...under(path, shows(relation.target)));
    }
    if (many) return found;
    ({ target: model } = relation);
  }
  return found;
}
