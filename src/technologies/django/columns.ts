import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression } from '../../parse/python/ast.js';
import { libraryModel, type Model } from './models.js';
import { rowMemo } from './row-memo.js';

export interface Column {
  readonly place: PythonPlace<Call>;
  /** Whether its values tell rows apart; switches and choices do not, so that an index of them would be of little use. */
  readonly selective: boolean;
  /** Whether an index starts with it; undefined where that cannot be told. */
  readonly indexed: boolean | undefined;
}

/** Fields of one value each, which have no index unless they say so. https://docs.djangoproject.com/en/5.2/ref/models/fields/ */
const PLAIN =
  /^(?:(?:Null)?Boolean|Char|Text|Email|URL|UUID|(?:Positive|Small|Big|PositiveSmall|PositiveBig)?Integer|GenericIPAddress)Field$/;

/** The columns of a model that hold texts, numbers, identifiers and switches, by name. */
export function columnsOf(program: Program, model: Model): ReadonlyMap<string, Column> {
  const known = rowMemo(program, 'django:columns', () => new Map<Model, ReadonlyMap<string, Column>>());
  const before = known.get(model);
  if (before !== undefined) return before;
  const columns = new Map<string, Column>();
  known.set(model, columns);
  const { own, libraries, partial } = program.pythonCode.ancestry(model.place);
  const leading = leadingOf(own);
  const above = libraries.flatMap((one) => libraryModel(program, one)?.place ?? []);
  const declared = new Set<string>();
  for (const { module, node } of [...own, ...above])
    for (const statement of node.body) {
      const [target] = statement.type === 'Assign' ? statement.targets : [];
      if (statement.type !== 'Assign' || target?.type !== 'Name' || declared.has(target.id)) continue;
      declared.add(target.id);
      const { value } = statement;
      const written = value.type === 'Call' && value.func.type === 'Attribute' ? value.func.attr : '';
      if (value.type !== 'Call' || !PLAIN.test(written)) continue;
      const indexed = hasIndex(value) ?? (leading === undefined || partial ? undefined : leading.has(target.id));
      const selective = !written.endsWith('BooleanField') && !value.keywords.some(({ name }) => name === 'choices');
      columns.set(target.id, { place: { module, node: value }, selective, indexed });
    }
  return columns;
}

/** The fields that a model and its ancestors of the repository declare, by name: how the class of each is called. */
export function fieldsOf(program: Program, model: Model): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const { node } of program.pythonCode.ancestry(model.place).own)
    for (const statement of node.body) {
      const [target] = statement.type === 'Assign' ? statement.targets : [];
      if (statement.type !== 'Assign' || target?.type !== 'Name' || fields.has(target.id)) continue;
      const { value } = statement;
      if (value.type !== 'Call') continue;
      const { func } = value;
      const kind = func.type === 'Attribute' ? func.attr : func.type === 'Name' ? func.id : '';
      if (/Field$|^ForeignKey$/.test(kind)) fields.set(target.id, kind);
    }
  return fields;
}

/** What the field itself says: true, undefined where it says nothing. */
function hasIndex({ keywords }: Call): true | undefined {
  return keywords.some(
    ({ name, value }) =>
      name === null ||
      (/^(?:primary_key|unique|db_index)$/.test(name) && !(value.type === 'Constant' && value.value === false)),
  )
    ? true
    : undefined;
}

const LISTS = /^(?:indexes|constraints|unique_together|index_together)$/;

/** The columns that the indexes of `Meta` start with; undefined where it is made of what is not written there. */
function leadingOf(classes: readonly PythonPlace<ClassDef>[]): ReadonlySet<string> | undefined {
  const leading = new Set<string>();
  for (const { node } of classes) {
    const meta = node.body.find((one): one is ClassDef => one.type === 'ClassDef' && one.name === 'Meta');
    for (const statement of meta?.body ?? []) {
      const [target] = statement.type === 'Assign' ? statement.targets : [];
      if (statement.type !== 'Assign' || target?.type !== 'Name' || !LISTS.test(target.id)) continue;
      const names = target.id.endsWith('together') ? ofTogether(statement.value) : ofIndexes(statement.value);
      if (names === undefined) return undefined;
      for (const name of names) leading.add(name.replace(/^-/, ''));
    }
  }
  return leading;
}

/** `("a", "b")` and `[("a", "b"), ("c", "d")]`: https://docs.djangoproject.com/en/5.2/ref/models/options/#unique-together */
function ofTogether(node: Expression): string[] | undefined {
  const items = itemsOf(node);
  const [first] = items ?? [];
  if (items === undefined || first === undefined) return items === undefined ? undefined : [];
  if (textOf(first) !== undefined) return [textOf(first) ?? ''];
  const names = items.map((one) => textOf(itemsOf(one)?.[0]));
  return names.every((one) => one !== undefined) ? names : undefined;
}

/** `[models.Index(fields=["a", "-b"]), models.UniqueConstraint(fields=["a"], name="once")]`; those of expressions may start with any. */
function ofIndexes(node: Expression): string[] | undefined {
  const names: string[] = [];
  for (const item of itemsOf(node) ?? [undefined]) {
    if (item?.type !== 'Call') return undefined;
    const what = item.func.type === 'Attribute' ? item.func.attr : item.func.type === 'Name' ? item.func.id : '';
    // An index of some rows finds only those.
    if (/Check|Exclusion/.test(what) || item.keywords.some((one) => one.name === 'condition')) continue;
    const name = textOf(itemsOf(item.keywords.find((one) => one.name === 'fields')?.value)?.[0]);
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}

function itemsOf(node: Expression | undefined): readonly Expression[] | undefined {
  if (node?.type === 'List' || node?.type === 'Tuple' || node?.type === 'Set') return node.elts;
  // `frozenset({...})`, `set(...)`: written by hand now and then.
  const [first] = node?.type === 'Call' && node.func.type === 'Name' ? node.args : [];
  return first === undefined ? undefined : itemsOf(first);
}

function textOf(node: Expression | undefined): string | undefined {
  return node?.type === 'Constant' && node.kind === 'str' ? node.value : undefined;
}
