import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import { groupBy } from '../../group-by.js';
import type { Program } from '../../link/program.js';
import { unknown, type Location } from '../../location.js';
import { publicPages, type PublicPage } from './pages.js';
import type { DjangoSettings } from './settings.js';
import { nameOf, type RoutedView } from './views.js';

/** Pages of one file. */
const MOST = 6;
/** Files of views that are told of for themselves: each is a place to write it. */
const MOST_FILES = 4;

/** One fact for the pages of a file of views, and one for those of the API: what is not said of one is seldom said of the others. */
export function* pagesTogether(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const pages = publicPages(program, settings);
  for (const content of ['page', 'api'] as const) {
    // The lists first: a page of one row alone is not worth a word.
    const all = pages.filter((one) => one.content === content).sort((a, b) => Number(b.many) - Number(a.many));
    if (all[0]?.many !== true) continue;
    const known = all.filter(({ said, open }) => !said && open === undefined);
    const silent = known[0]?.many === true ? known : [];
    const open = all.filter((one) => !one.said && one.open !== undefined && one.many);
    const said = all.filter((one) => one.said);
    // Where some say it, somebody has weighed which pages are worth it.
    const [first, ...others] = said.length > 0 ? [...said, ...silent] : silent.length > 0 ? silent : open;
    if (first === undefined) continue;
    const place = placeOf(program, first.view);
    const common = {
      content,
      layer: 'application',
      where: told(first, others.length),
      remedy: remedyFor(first.view),
    } as const;
    if (said.length > 0)
      yield state(httpCache, place, {
        ...common,
        cacheable: unknown('each of them says it'),
        maximumAge: unknown('each of them says it'),
        policy: 'said',
      });
    else if (silent.length > 0) yield* silentPages(program, silent, content);
    else
      yield state(httpCache, place, {
        ...common,
        cacheable: unknown(first.open ?? ''),
        maximumAge: unknown(first.open ?? ''),
        policy: unknown(`whether ${first.view.name} is the same for everyone: ${first.open ?? ''}`, ['said', 'silent']),
      });
  }
}

/** One for each page, so that each can be looked at; what has one answer for all addresses before what has many. */
function* silentPages(
  program: Program,
  silent: readonly PublicPage[],
  content: PublicPage['content'],
): Iterable<Stated> {
  const lists = silent.filter(({ many }) => many);
  const single = lists.some(({ one }) => one) ? lists.filter(({ one, draws }) => one || draws) : lists;
  const files = [...groupBy(single, ({ view }) => placeOf(program, view).uri).values()];
  for (const pages of files.sort((a, b) => b.length - a.length).slice(0, MOST_FILES)) {
    for (const { view, work } of pages.slice(0, MOST))
      yield state(
        httpCache,
        placeOf(program, view),
        {
          content,
          layer: 'application',
          where: view.name,
          remedy: remedyFor(view),
          cacheable: false,
          maximumAge: 0,
          policy: 'silent',
        },
        [work],
      );
  }
}

function told(first: PublicPage, more: number): string {
  return more === 0 ? first.view.name : `${first.view.name} and ${more} more`;
}

function placeOf(program: Program, view: RoutedView): Location {
  const at = view.fn ?? view.of;
  return at === undefined ? program.pythonCode.locate(view.route.view) : nameOf(at);
}

/** https://docs.djangoproject.com/en/5.2/topics/cache/#the-per-view-cache */
function remedyFor(view: RoutedView): string {
  if (view.fn !== undefined) return '@cache_page(60)';
  // An object of a class, as feeds are.
  if (!view.route.registered && view.route.view.node.type === 'Call' && !isAsView(view))
    return 'cache_page(60)(...) around it in the list of routes';
  return `@method_decorator(cache_page(60), name="${view.route.registered ? 'list' : 'dispatch'}")`;
}

function isAsView(view: RoutedView): boolean {
  const { node } = view.route.view;
  return node.type === 'Call' && node.func.type === 'Attribute' && node.func.attr === 'as_view';
}
