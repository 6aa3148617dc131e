import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';
import { isUnknown } from '../../location.js';
import type { Call, Expression } from '../../parse/python/ast.js';
import { runsWith } from './conditions.js';
import { chosenBy } from './doubt.js';
import { routesOf, type Route } from './routes.js';
import type { DjangoSettings } from './settings.js';
import { defaultStorage } from './storages.js';

const OFF: Value = { kind: 'bool', value: false, origin: { locations: [], variables: [] } };

/**
 * Folders that a view of Django sends file by file: `re_path(r"^media/(?P<path>.*)$", serve, {"document_root": ...})`. What
 * `static()` of a list of routes gives is empty while DEBUG is off.
 * https://docs.djangoproject.com/en/5.2/ref/views/#serving-files-in-development
 */
export function* servedFiles(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const withoutDebug = { ...settings, get: (name: string) => (name === 'DEBUG' ? OFF : settings.get(name)) };
  for (const route of routesOf(program)) {
    if (route.registered || !isServe(program, route)) continue;
    // What is there while DEBUG is on only is for development, and that DEBUG is on is told elsewhere.
    if (runsWith(program, withoutDebug, route.call) !== true) continue;
    const root = folderOf(route.call.node);
    const content = contentOf(route.path, root);
    if (content === undefined || !/\(\?P<path>|<path:path>/.test(route.path)) continue;
    // Nothing is left on the disk where files are stored elsewhere.
    if (content === 'media' && isElsewhere(program, settings)) continue;
    const where = `/${route.path.replace(/^\^/, '').replace(/\(\?P<path>.*|<path:path>.*/, '')}`;
    yield state(
      httpCache,
      program.pythonCode.locate(route.call),
      {
        ...{ content, layer: 'application', where, cacheable: false, maximumAge: 0, development: true },
        remedy: `location ${where} { alias ${content === 'media' ? 'MEDIA_ROOT' : 'STATIC_ROOT'}/; expires ${content === 'media' ? '7d' : '30d'}; } in nginx`,
      },
      chosenBy(settings),
    );
  }
}

function isServe(program: Program, route: Route): boolean {
  return program.pythonCode
    .resolve(route.view)
    .some(
      ({ kind, ...one }) =>
        kind === 'library' &&
        'name' in one &&
        /^django\.(?:views\.static|contrib\.staticfiles\.views)\.serve$/.test(one.name),
    );
}

/** The folder that the view is given, as it is written. */
function folderOf(call: Call): string {
  const given = call.args[2] ?? call.keywords.find(({ name }) => name === 'kwargs')?.value;
  if (given?.type === 'Dict') {
    const at = given.keys.findIndex((key) => key?.type === 'Constant' && key.value === 'document_root');
    return named(given.values[at]);
  }
  if (given?.type === 'Call') return named(given.keywords.find(({ name }) => name === 'document_root')?.value);
  return '';
}

function named(node: Expression | undefined): string {
  if (node?.type === 'Attribute') return node.attr;
  if (node?.type === 'Name') return node.id;
  if (node?.type === 'Constant' && node.kind === 'str') return node.value;
  return '';
}

function contentOf(path: string, root: string): 'static' | 'media' | undefined {
  const words = `${root} ${path}`;
  if (/media|upload|avatar|attachment/i.test(words)) return 'media';
  return /static|assets/i.test(words) ? 'static' : undefined;
}

function isElsewhere(program: Program, settings: DjangoSettings): boolean {
  const { store } = defaultStorage(program, settings);
  return isUnknown(store) || store !== 'local disk';
}
