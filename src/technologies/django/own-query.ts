import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, Name } from '../../parse/python/ast.js';
import { anewAt, type Ask } from './ask.js';
import type { QuerySet } from './held.js';
import { ASKS, isQuerySetMethod } from './queryset-methods.js';
import { heldBy } from './querysets.js';

/** Methods of rows and of queries that change rows. */
const WRITES =
  /^a?(?:save|delete|create|update|update_or_create|bulk_create|bulk_update|create_user|create_superuser)$/;
/** What a call of a library writes: notifications are one row each. https://github.com/django-notifications/django-notifications */
const LIBRARY_WRITES = /^notifications\.signals\.notify\.send$/;
const LIBRARY_ASKS =
  /^(?:get_(?:user_|group_|user_roles_)?perms|get_(?:users|groups)_with_perms|get_objects_for_\w+|assign_perm|remove_perm)$/;
const LOCKS = /^\s*(?:SELECT\s+pg_(?:try_)?advisory_|LOCK\b|SET\b|NOTIFY\b)/i;
/** Objects of the project whose `save()` writes what was sent to them. */
const SAVED = /(?:^|\.)\w*(?:ModelForm|Serializer)$/;

/** What a call itself asks: `Sale.objects.filter(...).count()`, `book.save()`, `cursor.execute(...)`, and what is made a list of. */
export function ownQuery(program: Program, { module, node }: PythonPlace<Call>): Ask | undefined {
  const { func } = node;
  const place = { module, node };
  if (func.type === 'Attribute' && (ASKS.test(func.attr) || WRITES.test(func.attr))) {
    const base = heldBy(program, { module, node: func.value });
    if (base?.kind === 'queryset') {
      if (base.inMemory === true) return undefined;
      // Relations of a row that is handed over are told as such.
      return base.ofRow?.parameter !== undefined ? undefined : anewAt(place, WRITES.test(func.attr));
    }
    if (base?.kind === 'values') return base.ofRow === undefined ? anewAt(place) : undefined;
    if (isOwnManager(program, { module, node: func.value }) || isOfSomeModel(func.value))
      return anewAt(place, WRITES.test(func.attr));
  }
  if (func.type === 'Attribute' && /^a?(?:save|delete)$/.test(func.attr)) {
    const isSuper = func.value.type === 'Call' && func.value.func.type === 'Name' && func.value.func.id === 'super';
    if (isSuper || heldBy(program, { module, node: func.value })?.kind === 'row') return anewAt(place, true);
  }
  if (isLibraryAsk(program, place) || isSerialised(program, place)) return anewAt(place);
  if (isSavedForm(program, place) || isRawQuery(program, place) || isLibraryWrite(program, place))
    return anewAt(place, !isRawQuery(program, place));
  const [first] = node.args;
  if (
    func.type !== 'Name' ||
    first === undefined ||
    !/^(?:list|len|set|sorted|tuple|bool|get_object_or_404)$/.test(func.id)
  )
    return undefined;
  if (first.type === 'Name' && func.id !== 'get_object_or_404' && !isMadeQuery(program, { module, node: first }))
    return undefined;
  const held = func.id === 'get_object_or_404' ? heldBy(program, place) : heldBy(program, { module, node: first });
  const asks =
    held === undefined
      ? isOfSomeModel(first)
      : held.kind === 'row' ||
        (held.kind === 'values' && held.ofRow === undefined) ||
        (held.kind === 'queryset' && held.ofRow === undefined && held.handed !== true && !mayHaveCome(held, first));
  return asks ? anewAt(place) : undefined;
}

/** `len(book.line_set.all())` of a row that is not known: it may have come with the row. */
function mayHaveCome({ relation }: QuerySet, node: Expression): boolean {
  const isAll = node.type === 'Call' && node.func.type === 'Attribute' && node.func.attr === 'all';
  return relation !== undefined && isAll;
}

/** Whether a name is given a query, and nothing that holds its rows already. */
export function isMadeQuery(program: Program, place: PythonPlace<Name>): boolean {
  const made = program.pythonCode.bindingOf(place)?.definitions ?? [];
  return (
    made.length > 0 &&
    made.every(
      (one) =>
        one.kind === 'value' &&
        one.node.type === 'Call' &&
        one.node.func.type === 'Attribute' &&
        isQuerySetMethod(one.node.func.attr),
    )
  );
}

/** `BookSerializer(Book.objects.filter(author=author), many=True)`: who makes it wants its data. */
function isSerialised(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const { func, args, keywords } = node;
  const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  if (!/Serializer$|^get_serializer$/.test(name) || !keywords.some((one) => one.name === 'many')) return false;
  const given = args[0] ?? keywords.find((one) => one.name === 'instance')?.value;
  const held = given === undefined ? undefined : heldBy(program, { module, node: given });
  return held?.kind === 'queryset' && held.ofRow === undefined && held.handed !== true;
}

/** `self.filter(...).first()` in a manager or a class of queries. */
function isOwnManager(program: Program, { module, node }: PythonPlace<Expression>): boolean {
  let root: Expression = node;
  while (root.type === 'Call' || root.type === 'Attribute') root = root.type === 'Call' ? root.func : root.value;
  if (root.type !== 'Name' || root.id !== 'self') return false;
  const [target] = program.pythonCode.resolve({ module, node: root });
  return (
    target?.kind === 'instance' &&
    program.pythonCode
      .ancestry(target.of)
      .libraries.some((one) => /(?:Manager|QuerySet)(?:\.from_queryset\(\))?(?:\(\))?$/.test(one))
  );
}

/** `model.objects.filter(...)` and `queryset.filter(...)` are queries, whatever model that is. */
export function isOfSomeModel(node: Expression): boolean {
  let at: Expression = node;
  for (let steps = 0; steps < 20; steps++) {
    if (at.type === 'Call') at = at.func;
    else if (at.type === 'Name') return steps > 0 && /(?:^|_)(?:qs|queryset|query_set)$/.test(at.id);
    else if (at.type !== 'Attribute') return false;
    else if (/^(?:objects|_default_manager|_base_manager)$/.test(at.attr)) return true;
    else at = at.value;
  }
  return false;
}

/** `form.save()` of a form that is made of a model, `serializer.save()`: it writes what is in it. */
function isSavedForm(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const { func, args, keywords } = node;
  if (func.type !== 'Attribute' || func.attr !== 'save') return false;
  const commit = keywords.find(({ name }) => name === 'commit')?.value ?? args[0];
  if (commit?.type === 'Constant' && commit.value === false) return false;
  return program.pythonCode
    .resolve({ module, node: func.value })
    .some(
      (one) =>
        one.kind === 'instance' && program.pythonCode.ancestry(one.of).libraries.some((base) => SAVED.test(base)),
    );
}

/** `cursor.execute("SELECT ...")` of Django's connection. */
function isRawQuery(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const { func } = node;
  if (func.type !== 'Attribute' || !/^(?:execute|callproc)$/.test(func.attr)) return false;
  const { value } = func;
  const [statement] = node.args;
  // Locks are taken one after another.
  if (statement?.type === 'Constant' && statement.kind === 'str' && LOCKS.test(statement.value)) return false;
  if (
    value.type !== 'Name' ||
    !/\bcursor\b/i.test(value.id) ||
    !/\bconnections?\b|\bcursor\b/.test(module.document.text)
  )
    return false;
  return program.pythonCode
    .resolve({ module, node: value })
    .every((one) => one.kind !== 'library' || one.name.startsWith('django.'));
}

/** Permissions of single objects are looked up one by one. https://django-guardian.readthedocs.io/en/stable/api/guardian.shortcuts.html */
function isLibraryAsk(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const name = node.func.type === 'Name' ? node.func.id : node.func.type === 'Attribute' ? node.func.attr : '';
  return (
    LIBRARY_ASKS.test(name) &&
    program.pythonCode
      .resolve({ module, node: node.func })
      .some((one) => one.kind === 'library' && one.name.startsWith('guardian.'))
  );
}

function isLibraryWrite(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const { func } = node;
  if (func.type !== 'Attribute' || func.attr !== 'send') return false;
  return program.pythonCode
    .resolve({ module, node: func })
    .some((one) => one.kind === 'library' && LIBRARY_WRITES.test(one.name));
}
