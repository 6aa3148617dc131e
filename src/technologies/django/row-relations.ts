import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Held, QuerySet, Row } from './held.js';
import { modelsOf, type Model, type Relation } from './models.js';
import { ANYTHING } from './queryset-methods.js';

/** What an attribute of a row leads to. */
export function related(row: Row, name: string): Held | undefined {
  const relation = row.model.relations.get(name);
  if (relation?.target === undefined) return undefined;
  if (relation.to === 'one') return { ...row, model: relation.target, path: [...row.path, name] };
  if (relation.to !== 'many') return undefined;
  return {
    kind: 'queryset',
    model: relation.target,
    brought: broughtBelow(row, relation),
    limited: false,
    filtered: true,
    opaque: row.from?.queryset.opaque ?? false,
    ofRow: row,
    relation: name,
  };
}

/** What rows of a relation bring: their owner, which they know, and what came with it: "person" of `prefetch_related("faces__person")`. */
function broughtBelow({ from, path }: Row, { name, back }: Relation): ReadonlySet<string> {
  const brought = new Set(back === undefined ? [] : [back]);
  const above = [...path, name, ''].join('__');
  for (const one of from?.queryset.brought ?? []) {
    if (one.startsWith(above)) brought.add(one.slice(above.length));
    if (one === ANYTHING) brought.add(ANYTHING);
  }
  return brought;
}

/** `order.line_set` of whatever has one: only rows of that model are reached so. */
export function reversed(program: Program, place: PythonPlace, name: string): QuerySet | undefined {
  const { module } = place;
  const wanted = /^(\w+)_set$/.exec(name)?.[1];
  if (wanted === undefined) return byRelation(program, place, name);
  const all = [...modelsOf(program).values()].filter((one) => one.name.toLowerCase() === wanted);
  // Of several by that name the one of the same app.
  const app = module.path.slice(0, module.path.lastIndexOf('/') + 1);
  const found = all.length > 1 ? all.filter(({ place }) => app !== '' && place.module.path.startsWith(app)) : all;
  const [model] = found;
  return model === undefined || found.length > 1 ? undefined : ofSomeRow(model, new Set(), name);
}

/** `form.instances.filter(...)`: a relation by a name that leads to one model only, and that is asked as queries are. */
function byRelation(program: Program, place: PythonPlace, name: string): QuerySet | undefined {
  const [asked] = program.pythonCode.above(place);
  if (
    asked?.type !== 'Attribute' ||
    !/^(?:all|filter|exclude|order_by|select_related|prefetch_related)$/.test(asked.attr)
  )
    return undefined;
  const found = relationsByName(program).get(name);
  return found === undefined
    ? undefined
    : ofSomeRow(found.target, new Set(found.back === undefined ? [] : [found.back]), name);
}

/** What belongs to a row that nobody knows. */
function ofSomeRow(model: Model, brought: ReadonlySet<string>, relation: string): QuerySet {
  return {
    kind: 'queryset',
    model,
    brought,
    limited: false,
    filtered: true,
    opaque: false,
    ofRow: undefined,
    relation,
  };
}

interface ByName {
  readonly target: Model;
  readonly back: string | undefined;
}

/** Relations to many rows by their names, where all of that name lead to the same model. */
function relationsByName(program: Program): ReadonlyMap<string, ByName | undefined> {
  return program.memo('django:relations-by-name', () => {
    const found = new Map<string, ByName | undefined>();
    for (const { relations } of modelsOf(program).values())
      for (const { name, to, target, back } of relations.values()) {
        const before = found.get(name);
        const same = !found.has(name) || before?.target === target;
        found.set(name, to === 'many' && target !== undefined && same ? { target, back } : undefined);
      }
    return found;
  });
}
