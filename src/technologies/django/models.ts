import type { PythonCode, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression } from '../../parse/python/ast.js';
import { libraryModules } from './library-models.js';
import { rowMemo, userModelName } from './row-memo.js';

/** A class of the repository, or of a library that is known here, whose objects are rows. */
export interface Model {
  readonly place: PythonPlace<ClassDef>;
  readonly name: string;
  /** Where a library brings it: its dotted name. */
  readonly library: string | undefined;
  /** By the name of the attribute: declared ones, and those that other models bring. */
  readonly relations: ReadonlyMap<string, Relation>;
}

export interface Relation {
  readonly name: string;
  /** One object or many; of `generic` the model is decided by each row. */
  readonly to: 'one' | 'many' | 'generic';
  readonly target: Model | undefined;
  /** The relation of the target that leads back, where there is one. */
  readonly back: string | undefined;
  /** Reached by a kind and a number, and no column of either. */
  readonly loose?: boolean;
  /** Not every row has one: select_related() without names leaves it out. */
  readonly optional?: boolean;
}

const FIELD =
  /(?:^|\.)(?:(ForeignKey|OneToOneField|TreeForeignKey|ParentalKey|AutoOneToOneField)|(ManyToManyField|ParentalManyToManyField|SortedManyToManyField|TaggableManager|GenericRelation)|(GenericForeignKey))(?:\[\])?$/;

/** What a class inherits from to be a model, by the last word of its dotted name. */
const MODEL =
  /(?:^|\.)models\.Model$|^django\.contrib\.[\w.]*\.(?:Abstract\w+|User|Group|Permission|Site)$|^(?:model_utils|mptt|polymorphic|wagtail|treebeard|django_extensions|parler|safedelete|simple_history|modelcluster)\b.*(?:Model|Page|MP_Node|Snippet)$/;

interface Growing extends Model {
  readonly relations: Map<string, Relation>;
}

/** The models of the program by their classes. */
export function modelsOf(program: Program): ReadonlyMap<ClassDef, Model> {
  return rowMemo(program, 'django:models', () => {
    const { pythonCode } = program;
    const models = new Map<ClassDef, Growing>();
    for (const module of libraryModules(program))
      for (const node of module.document.tree.body) {
        if (node.type !== 'ClassDef') continue;
        const library = `${module.name}.${node.name}`;
        models.set(node, { place: { module, node }, name: node.name, library, relations: new Map() });
      }
    for (const module of pythonCode.modulesWith(/^class\s+\w+\(/m)) {
      if (!/\b(?:models?|Model|Page|MP_Node|Abstract\w+)\b/.test(module.document.text)) continue;
      for (const node of module.document.tree.body) {
        if (node.type !== 'ClassDef' || node.bases.length === 0) continue;
        const place = { module, node };
        if (!hasColumns(node) && !pythonCode.ancestry(place).libraries.some((one) => MODEL.test(one))) continue;
        models.set(node, { place, name: node.name, library: undefined, relations: new Map() });
      }
    }
    const names = namesOf(models, userModelName(program));
    for (const model of models.values()) relate(program, model, names);
    return models;
  });
}

/** `name = models.TextField()`: nothing else has columns, whatever library its bases come from. */
function hasColumns({ body }: ClassDef): boolean {
  return body.some(
    (statement) =>
      statement.type === 'Assign' &&
      statement.value.type === 'Call' &&
      statement.value.func.type === 'Attribute' &&
      statement.value.func.value.type === 'Name' &&
      statement.value.func.value.id === 'models' &&
      /(?:Field|^ForeignKey)$/.test(statement.value.func.attr),
  );
}

/** A model of a library by its dotted name. */
export function libraryModel(program: Program, dotted: string): Model | undefined {
  if (!dotted.includes('.models.')) return undefined;
  return rowMemo(
    program,
    'django:models-of-libraries',
    () => new Map([...modelsOf(program).values()].map((model) => [model.library, model])),
  ).get(dotted);
}

/** Who logs in. */
export function userModel(program: Program): Model | undefined {
  return rowMemo(program, 'django:user-model', () => {
    const wanted = userModelName(program);
    return namesOf(modelsOf(program), wanted).named('');
  });
}

interface Names<M> {
  /** The model that a text names, seen from a module; with an empty text the one of users. */
  named(name: string, near?: PythonPlace): M | undefined;
  ofClass(node: ClassDef): M | undefined;
  ofLibrary(dotted: string): M | undefined;
}

function namesOf<M extends Model>(models: ReadonlyMap<ClassDef, M>, user: string): Names<M> {
  const byName = new Map<string, M[]>();
  const byLibrary = new Map<string, M>();
  for (const model of models.values()) {
    if (model.library !== undefined) byLibrary.set(model.library, model);
    else byName.set(model.name, [...(byName.get(model.name) ?? []), model]);
  }
  const named = (given: string, near?: PythonPlace): M | undefined => {
    const name = given === '' ? user : given;
    const last = name.split('.').at(-1) ?? '';
    const app = name.includes('.') ? name.split('.')[0] : undefined;
    const found = byName.get(last) ?? [];
    const [only] = found;
    if (only === undefined || (app === 'auth' && !only.place.module.path.split('/').includes('auth')))
      return app === undefined ? only : (byLibrary.get(`django.contrib.${app}.models.${last}`) ?? only);
    return found.length === 1
      ? only
      : (found.find(({ place }) => place.module === near?.module) ??
          found.find(({ place }) => app !== undefined && place.module.path.split('/').includes(app)));
  };
  return { named, ofClass: (node) => models.get(node), ofLibrary: (dotted) => byLibrary.get(dotted) };
}

/** Gives a model the relations that its class declares, and those that lead back to their targets. */
function relate(program: Program, model: Growing, names: Names<Growing>): void {
  const { pythonCode } = program;
  const { own, libraries } = pythonCode.ancestry(model.place);
  for (const owner of own) {
    for (const statement of owner.node.body) {
      const target =
        statement.type === 'Assign' && statement.targets.length === 1
          ? statement.targets[0]
          : statement.type === 'AnnAssign'
            ? statement.target
            : undefined;
      const value = statement.type === 'Assign' || statement.type === 'AnnAssign' ? statement.value : null;
      if (target?.type !== 'Name' || value?.type !== 'Call' || model.relations.has(target.id)) continue;
      const place = { module: owner.module, node: value };
      const kind = kindOf(pythonCode, place);
      if (kind === undefined) continue;
      const related = kind === 'generic' ? undefined : relatedModel(program, place, names, model);
      const to = kind === 'many' ? 'many' : kind === 'generic' ? 'generic' : 'one';
      const back = related === undefined ? undefined : backName(value, model, kind);
      const optional = value.keywords.some(({ name, value: set }) => name === 'null' && isTrue(set));
      const loose = nameOfCall(value).endsWith('GenericRelation');
      model.relations.set(target.id, {
        ...{ name: target.id, to, target: related, back },
        ...(optional ? { optional } : {}),
        ...(loose ? { loose } : {}),
      });
      // Models of libraries lead to each other by other names than those of the repository.
      if (related !== undefined && back !== undefined && !related.relations.has(back))
        related.relations.set(back, {
          name: back,
          to: kind === 'only' ? 'one' : 'many',
          target: model,
          ...(kind === 'only' ? { optional: true } : {}),
          back: kind === 'many' ? undefined : target.id,
        });
    }
  }
  for (const library of libraries) {
    const above = names.ofLibrary(library);
    if (above === undefined || above === model) continue;
    relate(program, above, names);
    for (const [name, relation] of above.relations)
      if (!model.relations.has(name) && isDeclaredBy(above, name)) model.relations.set(name, relation);
  }
}

function isDeclaredBy(model: Model, name: string): boolean {
  const bodies = model.place.module.document.tree.body;
  return bodies.some(
    (one) =>
      one.type === 'ClassDef' &&
      one.body.some(
        (part) => part.type === 'Assign' && part.targets.some((target) => target.type === 'Name' && target.id === name),
      ),
  );
}

function nameOfCall({ func }: Call): string {
  return func.type === 'Attribute' ? func.attr : func.type === 'Name' ? func.id : '';
}

function isTrue(node: Expression): boolean {
  return node.type === 'Constant' && node.value === true;
}

type Kind = 'one' | 'only' | 'many' | 'generic';

function kindOf(code: PythonCode, { module, node }: PythonPlace<Call>): Kind | undefined {
  const written = node.func.type === 'Attribute' ? node.func.attr : node.func.type === 'Name' ? node.func.id : '';
  if (!FIELD.test(written)) {
    // A field class of the project keeps the name of its kind more often than not.
    const own = code.resolve({ module, node: node.func }).find((one) => one.kind === 'class');
    const base = own === undefined ? undefined : code.ancestry(own.at).libraries.find((one) => FIELD.test(one));
    return base === undefined ? undefined : kindOfName(base);
  }
  return kindOfName(written);
}

function kindOfName(name: string): Kind | undefined {
  const [, one, many, generic] = FIELD.exec(name) ?? [];
  if (one !== undefined) return one.includes('OneToOne') ? 'only' : 'one';
  return many !== undefined ? 'many' : generic !== undefined ? 'generic' : undefined;
}

function relatedModel(
  program: Program,
  { module, node }: PythonPlace<Call>,
  names: Names<Growing>,
  own: Growing,
): Growing | undefined {
  if (node.func.type === 'Name' && node.func.id === 'TaggableManager' && node.args.length === 0)
    return names.ofLibrary('taggit.models.Tag');
  const to = node.args[0] ?? node.keywords.find(({ name }) => name === 'to')?.value;
  if (to === undefined) return undefined;
  if (to.type === 'Constant')
    return to.kind === 'str' ? (to.value === 'self' ? own : names.named(to.value, own.place)) : undefined;
  if (isUserModel(to)) return names.named('', own.place);
  const targets = program.pythonCode.resolve({ module, node: to });
  const target = targets.find((one) => one.kind === 'class') ?? targets[0];
  if (target?.kind === 'class') return names.ofClass(target.at.node);
  if (target?.kind !== 'library') return undefined;
  return /(?:^|\.)get_user_model\(\)$/.test(target.name) ? names.named('', own.place) : names.ofLibrary(target.name);
}

/** `settings.AUTH_USER_MODEL`, `get_user_model()`. */
function isUserModel(node: Expression): boolean {
  if (node.type === 'Attribute') return node.attr === 'AUTH_USER_MODEL';
  return node.type === 'Call' && node.func.type === 'Name' && node.func.id === 'get_user_model';
}

/** https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey.related_name */
function backName(call: Call, model: Model, kind: Kind): string | undefined {
  const given = call.keywords.find(({ name }) => name === 'related_name')?.value;
  if (given === undefined) return kind === 'only' ? model.name.toLowerCase() : `${model.name.toLowerCase()}_set`;
  if (given.type !== 'Constant' || given.kind !== 'str') return undefined;
  // An abstract class has one name for each of its children.
  const name = given.value.replaceAll('%(class)s', model.name.toLowerCase());
  // What ends in "+" or is made of "%(app_label)s" is no attribute of that name, nor is what no name can be.
  return /^\w+$/.test(name) ? name : undefined;
}
