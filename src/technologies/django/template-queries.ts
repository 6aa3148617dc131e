import { state, type Stated } from '../../facts/fact.js';
import { repeatedQuery } from '../../facts/repeated-query.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import { pythonRequestPath } from '../python-request-path.js';
import { isLookupTable } from './lookup-table.js';
import type { Rendering } from './rendered-lists.js';
import { isForStaff } from './staff-only.js';
import type { ShownList } from './template-names.js';
import { templateRelations, type TemplateRelation } from './template-relations.js';

/** Places that are shown of one list. */
const SHOWN = 8;

interface Group {
  readonly rendering: Rendering;
  readonly lists: { readonly list: ShownList; readonly fresh: readonly TemplateRelation[] }[];
}

/** Views whose template reads relations that the rows they hand to it did not bring, or asks rows for more. */
export function* templateQueries(program: Program): Iterable<Stated> {
  const told = new Set<string>();
  const groups = new Map<string, Group>();
  const again: { list: ShownList; rendering: Rendering; one: TemplateRelation }[] = [];
  for (const { list, rendering, missing } of templateRelations(program)) {
    const { call, template, handler } = rendering;
    const path = call === undefined ? undefined : pythonRequestPath(program, call);
    if (call !== undefined && (path === undefined || path.kind === 'task')) continue;
    const id = spotOf(list.at);
    const fresh: TemplateRelation[] = [];
    for (const one of missing.values()) {
      const key = one.anew ? `${spotOf(one.location)} ${one.text}` : `${id} ${one.path}`;
      if (told.has(key)) continue;
      told.add(key);
      if (one.anew) again.push({ list, rendering, one });
      else fresh.push(one);
    }
    if (fresh.length === 0) continue;
    // What one row brings with it is brought by one query.
    const key = list.written === undefined ? `${template} ${handler} ${list.at.uri}` : id;
    const group = groups.get(key) ?? { rendering, lists: [] };
    groups.set(key, group);
    group.lists.push({ list, fresh });
  }
  for (const group of groups.values()) yield notBrought(group);
  for (const { list, rendering, one } of again)
    yield state(
      repeatedQuery,
      one.location,
      {
        kind: 'relation',
        entries: 'many',
        query: one.text,
        over: list.text,
        handler: rendering.handler,
        serves: servesOf(program, list, rendering),
        remedy: `annotate() or prefetch_related() with to_attr in the query of ${rendering.handler}, and what it brings shown here`,
      },
      [{ message: 'the rows come from here', location: list.at }, ...asksThere(program, one)],
    );

  function notBrought({ rendering, lists }: Group): Stated {
    const { handler } = rendering;
    const [first] = lists;
    const all = lists.flatMap(({ fresh }) => fresh);
    const names = [...new Set(all.map(({ text }) => text))];
    const rest = names.length > 3 ? ` and ${String(names.length - 3)} more` : '';
    const overs = [...new Set(lists.map(({ list }) => list.text))];
    const more = overs.length > 1 ? ` and ${String(overs.length - 1)} more such lists` : '';
    const inTemplate = first?.list.written === undefined;
    return state(
      repeatedQuery,
      first?.list.at ?? { uri: '', region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } },
      {
        kind: 'relation',
        entries: 'many',
        query: `${names.slice(0, 3).join(', ')}${rest}`,
        over: `${overs[0] ?? ''}${more}`,
        handler,
        serves: commonOf(lists.map(({ list }) => servesOf(program, list, rendering))),
        remedy: inTemplate
          ? `${lists.map(belowRow).join('')} in the query of ${handler}`
          : `${broughtBy(all)} in the query of ${handler}`,
      },
      all
        .slice(0, SHOWN)
        .flatMap((one) => [
          { message: `${one.text} is read of each row here`, location: one.location },
          ...asksThere(program, one),
        ]),
    );
  }
}

type Serves = 'list' | 'object' | 'administration' | 'setup';

function servesOf(program: Program, { rows: { ofRow, limited, model } }: ShownList, { call, view }: Rendering): Serves {
  const at = call ?? view;
  if (at !== undefined && isForStaff(program, at, view)) return 'administration';
  // Pages of what belongs to one row are made because there is much of it.
  if (ofRow !== undefined && !limited) return 'object';
  return isLookupTable(program, model) ? 'setup' : 'list';
}

function commonOf(all: readonly Serves[]): Serves {
  const [first] = all;
  return first !== undefined && !all.includes('list') ? first : 'list';
}

/** The line of a method or property that the template calls. */
function asksThere(program: Program, { inside }: TemplateRelation): Evidence[] {
  return inside === undefined
    ? []
    : [{ message: 'it asks the database here', location: program.pythonCode.locate(inside) }];
}

function spotOf({ uri, region }: Evidence['location']): string {
  return `${uri} ${String(region.startLine)} ${String(region.startColumn)}`;
}

/** `.prefetch_related("lines__product")` of the row whose lines a template goes over. */
function belowRow({ list, fresh }: Group['lists'][number]): string {
  const { ofRow, relation } = list.rows;
  if (ofRow === undefined || relation === undefined) return broughtBy(fresh);
  const paths = fresh.map(({ path }) => [...ofRow.path, relation, path].join('__'));
  return called('prefetch_related', paths);
}

function called(method: string, paths: readonly string[]): string {
  const longest = [...new Set(paths)].filter((path) => !paths.some((other) => other.startsWith(`${path}__`)));
  return longest.length === 0 ? '' : `.${method}(${longest.map((path) => `"${path}"`).join(', ')})`;
}

/** What brings the relations that a template reads. */
function broughtBy(all: readonly TemplateRelation[]): string {
  const pathsOf = (some: readonly TemplateRelation[]): string[] => some.map(({ path }) => path);
  const counted = all.filter((one) => one.counted);
  // Rows that nobody reads need not be fetched to be counted.
  const counts = counted.map(({ path }) => `Count("${path.replace(/_set$/, '')}", distinct=True)`).join(', ');
  return [
    called('select_related', pathsOf(all.filter((one) => !one.many))),
    called('prefetch_related', pathsOf(all.filter((one) => one.many && !one.counted))),
    counts === '' ? '' : `.annotate(${counts}), for the template to show in place of .count,`,
  ].join('');
}
