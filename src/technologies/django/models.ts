import type { PythonCode, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import type { Call, ClassDef, Expression } from '../../parse/python/ast.js';
import { settingsOf } from './settings.js';

/** A class of the repository whose objects are rows. */
export interface Model {
  readonly place: PythonPlace<ClassDef>;
  readonly name: string;
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
}

const FIELD =
  /(?:^|\.)(?:(ForeignKey|OneToOneField|TreeForeignKey|ParentalKey|AutoOneToOneField)|(ManyToManyField|ParentalManyToManyField|SortedManyToManyField)|(GenericForeignKey))(?:\[\])?$/;

/** What a class inherits from to be a model, by the last word of its dotted name. */
const MODEL =
  /(?:^|\.)models\.Model$|^django\.contrib\.[\w.]*\.(?:Abstract\w+|User|Group|Permission|Site)$|^(?:model_utils|mptt|polymorphic|wagtail|treebeard|django_extensions|parler|safedelete|simple_history|modelcluster)\b.*(?:Model|Page|MP_Node|Snippet)$/;

interface Growing extends Model {
  readonly relations: Map<string, Relation>;
}

/** The models of the program by their classes. */
export function modelsOf(program: Program): ReadonlyMap<ClassDef, Model> {
  return program.memo('django:models', () => {
    const { pythonCode } = program;
    const models = new Map<ClassDef, Growing>();
    const byName = new Map<string, Growing[]>();
    for (const module of pythonCode.modulesWith(/^class\s+\w+\(/m)) {
      if (!/\b(?:models?|Model|Page|MP_Node|Abstract\w+)\b/.test(module.document.text)) continue;
      for (const node of module.document.tree.body) {
        if (node.type !== 'ClassDef' || node.bases.length === 0) continue;
        const place = { module, node };
        if (!pythonCode.ancestry(place).libraries.some((one) => MODEL.test(one))) continue;
        const model: Growing = { place, name: node.name, relations: new Map() };
        models.set(node, model);
        byName.set(node.name, [...(byName.get(node.name) ?? []), model]);
      }
    }
    const user = text(settingsOf(program)?.get('AUTH_USER_MODEL'));
    const named = (name: string, near: PythonPlace): Growing | undefined => {
      const found = byName.get(name.split('.').at(-1) ?? '') ?? [];
      const app = name.includes('.') ? name.split('.')[0] : undefined;
      return found.length === 1
        ? found[0]
        : (found.find(({ place }) => place.module === near.module) ??
            found.find(({ place }) => app !== undefined && place.module.path.split('/').includes(app)));
    };
    for (const model of models.values()) {
      for (const owner of pythonCode.ancestry(model.place).own) {
        for (const statement of owner.node.body) {
          const target =
            statement.type === 'Assign' && statement.targets.length === 1
              ? statement.targets[0]
              : statement.type === 'AnnAssign'
                ? statement.target
                : undefined;
          const value = statement.type === 'Assign' || statement.type === 'AnnAssign' ? statement.value : null;
          if (target?.type !== 'Name' || value?.type !== 'Call' || model.relations.has(target.id)) continue;
          const kind = kindOf(pythonCode, { module: owner.module, node: value });
          if (kind === undefined) continue;
          const related =
            kind === 'generic'
              ? undefined
              : relatedModel(program, { module: owner.module, node: value }, models, named, user, model);
          const to = kind === 'many' ? 'many' : kind === 'generic' ? 'generic' : 'one';
          const back = related === undefined ? undefined : backName(value, model, kind);
          model.relations.set(target.id, { name: target.id, to, target: related, back });
          if (related !== undefined && back !== undefined && !related.relations.has(back))
            related.relations.set(back, {
              name: back,
              to: kind === 'only' ? 'one' : 'many',
              target: model,
              back: kind === 'many' ? undefined : target.id,
            });
        }
      }
    }
    return models;
  });
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
  models: ReadonlyMap<ClassDef, Growing>,
  named: (name: string, near: PythonPlace) => Growing | undefined,
  user: string | undefined,
  own: Growing,
): Growing | undefined {
  const to = node.args[0] ?? node.keywords.find(({ name }) => name === 'to')?.value;
  if (to === undefined) return undefined;
  if (to.type === 'Constant')
    return to.kind === 'str' ? (to.value === 'self' ? own : named(to.value, own.place)) : undefined;
  if (isUserModel(to)) return user === undefined ? undefined : named(user, own.place);
  const target = program.pythonCode.resolve({ module, node: to }).find((one) => one.kind === 'class');
  return target === undefined ? undefined : models.get(target.at.node);
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
  // What ends in "+" or is made of "%(class)s" is no attribute of that name, nor is what no name can be.
  return given.type === 'Constant' && given.kind === 'str' && /^\w+$/.test(given.value) ? given.value : undefined;
}
