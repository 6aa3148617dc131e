import { state, type Stated } from '../../facts/fact.js';
import { listing } from '../../facts/listing.js';
import { unknown, type Maybe } from '../../location.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { entry } from '../../link/value.js';
import type { ClassDef } from '../../parse/python/ast.js';
import { pythonRequestPath } from '../python-request-path.js';
import { addedByRequests } from './added-rows.js';
import { listViewsOf, type ListView } from './list-views.js';
import { wholeAnswers } from './listing-calls.js';
import { growsWithUse } from './grows-with-use.js';
import { isLookupTable } from './lookup-table.js';
import { written } from './repeated-in-loop.js';
import { templateRelations } from './template-relations.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** Views that list rows, in pages or all at once. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  const told = new Set<string>();
  for (const view of listViewsOf(program)) {
    told.add(placeOf(view.written));
    if (view.rows.limited) continue;
    const paged = isPaged(program, settings, view);
    if (paged !== true && !growsWithUse(program, view.rows.model)) continue;
    yield state(listing, program.pythonCode.locate(view.written), {
      view: view.name,
      rows: written(view.written),
      paged,
      narrowed: view.rows.filtered || view.rows.opaque || isNarrowed(program, view) ? 'part' : 'everything',
      remedy: view.serialises
        ? 'pagination_class = PageNumberPagination with a page_size, or DEFAULT_PAGINATION_CLASS and PAGE_SIZE in REST_FRAMEWORK'
        : 'paginate_by = 50',
    });
  }
  yield* shownAtOnce(program, told);
  for (const { place, name, rows, remedy } of wholeAnswers(program)) {
    if (rows !== undefined && !growsWithUse(program, rows.model)) continue;
    yield state(listing, program.pythonCode.locate(place), {
      view: name,
      rows: written(place),
      paged: false,
      narrowed: rows?.opaque === true ? 'part' : 'everything',
      remedy,
    });
  }
}

/** Whole tables that a template shows, besides what views are for. */
function* shownAtOnce(program: Program, told: Set<string>): Iterable<Stated> {
  for (const { list, rendering, shown } of templateRelations(program)) {
    const { rows, written: at } = list;
    if (!shown || at === undefined || rows.limited || rows.filtered || rows.opaque || rows.ofRow !== undefined)
      continue;
    const { module, node } = at;
    if (told.has(placeOf(at)) || isLookupTable(program, rows.model)) continue;
    // What a template shows is mostly a table that somebody fills by hand, and filtered by a state a part of one.
    const grows = addedByRequests(program, rows.model);
    if (grows === undefined || module.document.text.slice(node.start, node.end).includes('.filter(')) continue;
    const path = rendering.call === undefined ? undefined : pythonRequestPath(program, rendering.call);
    if (rendering.call !== undefined && (path === undefined || path.kind === 'task')) continue;
    told.add(placeOf(at));
    yield state(
      listing,
      program.pythonCode.locate({ module, node }),
      {
        view: rendering.handler,
        rows: list.text,
        paged: false,
        narrowed: 'everything',
        remedy: 'Paginator(rows, 50).get_page(request.GET.get("page"))',
      },
      [{ message: 'requests add rows here', location: program.pythonCode.locate(grows) }],
    );
  }
}

function placeOf({ module, node }: PythonPlace): string {
  return `${module.path} ${String(node.start)}`;
}

/** `filter_queryset` of the view, or of a backend of its own, that leaves only what belongs to somebody or something. */
function isNarrowed({ pythonCode }: Program, { place }: ListView): boolean {
  const narrows = (of: PythonPlace<ClassDef>): boolean => {
    const member = pythonCode.member(of, 'filter_queryset');
    if (member?.definition.kind !== 'function') return false;
    const text = member.owner.module.document.text.slice(member.definition.node.start, member.definition.node.end);
    return (
      text.includes('.filter(') &&
      /\bkwargs\b|\brequest\.(?:user|tenant|team|organi[sz]ation|site|account)\b/.test(text)
    );
  };
  const backends = pythonCode.member(place, 'filter_backends');
  const { owner, definition } = backends ?? {};
  const named =
    owner !== undefined && definition?.kind === 'value' && 'elts' in definition.node
      ? definition.node.elts.flatMap((node) => pythonCode.resolve({ module: owner.module, node }))
      : [];
  return narrows(place) || named.some((one) => one.kind === 'class' && narrows(one.at));
}

/** Tables of django-tables2 have pages of 25. https://django-tables2.readthedocs.io/en/latest/pages/pagination.html */
function isTable({ pythonCode }: Program, { place }: ListView): boolean {
  const asked = pythonCode.member(place, 'table_pagination')?.definition;
  const off = asked?.kind === 'value' && asked.node.type === 'Constant' && asked.node.value === false;
  return (
    !off && pythonCode.ancestry(place).libraries.some((one) => /^django_tables2\..*(?:Single|Multi)Table\w+$/.test(one))
  );
}

function isPaged(program: Program, settings: DjangoSettings, view: ListView): Maybe<boolean> {
  const { pythonCode } = program;
  if (!view.serialises)
    return (
      isTable(program, view) ||
      ['paginate_by', 'get_paginate_by', 'paginate_queryset'].some(
        (name) => pythonCode.member(view.place, name) !== undefined,
      )
    );
  if (
    ['paginate_queryset', 'list', 'paginator'].some(
      (name) => pythonCode.member(view.place, name)?.definition.kind === 'function',
    )
  )
    return unknown<boolean>('the view makes its answer itself');
  const own = pythonCode.member(view.place, 'pagination_class');
  if (own !== undefined)
    return !(
      own.definition.kind === 'value' &&
      own.definition.node.type === 'Constant' &&
      own.definition.node.kind === 'none'
    );
  const framework = settings.get('REST_FRAMEWORK');
  if (framework?.kind === 'unknown') return unknown<boolean>(framework.reason);
  const style = entry(framework, 'DEFAULT_PAGINATION_CLASS');
  if (style?.kind === 'unknown') return unknown<boolean>(style.reason);
  if (style === undefined || style.kind === 'none') return false;
  // Pages of no size are none. https://www.django-rest-framework.org/api-guide/pagination/#setting-the-pagination-style
  const size = entry(framework, 'PAGE_SIZE');
  const standard = style.kind === 'str' && style.value.startsWith('rest_framework.pagination.PageNumber');
  return !(standard && (size === undefined || size.kind === 'none'));
}
