import type { Evidence, Location } from '../../location.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { DjangoSettings } from './settings.js';
import { classAccess, guards } from './view-access.js';
import { deedsOf } from './view-code.js';
import { templateDeeds } from './view-templates.js';
import { decoratedView, nameOf, viewsOf, type View, type Wrapper } from './views.js';

/** A view whose answers are kept: by the application, or by whatever stands before it. */
export interface CachedView {
  readonly view: View;
  readonly location: Location;
  readonly by: 'application' | 'shared-caches';
  /** Something that differs for each visitor and gets into what is kept; absent where nothing is known to. */
  readonly personal?: { readonly reason: string; readonly evidence: Evidence };
  readonly remedy: string;
}

export function cachedViews(program: Program, settings: DjangoSettings): readonly CachedView[] {
  const seen = new Set<unknown>();
  return [...viewsOf(program), ...decorated(program)].flatMap((view) => {
    const key = view.fn?.node ?? view.of?.node ?? view.route;
    return view.wrappers.flatMap((one, index) => {
      const by = keptBy(one);
      if (by === undefined || seen.has(one.at.node)) return [];
      seen.add(one.at.node).add(key);
      const personal = variesFor(program, view, one) ? undefined : personalIn(program, settings, view, index);
      return [
        {
          ...{ view, by, location: program.pythonCode.locate(one.at) },
          ...(personal === undefined ? {} : { personal }),
          remedy: by === 'application' ? varying(one) : '@cache_control(private=True, max_age=...)',
        },
      ];
    });
  });
}

/** Views that no route is seen to lead to, and whose decorators say enough. */
function decorated(program: Program): readonly View[] {
  const found: View[] = [];
  for (const module of program.pythonCode.modulesWith(/\bcache_page\b|\bcache_control\b/)) {
    walkPython(module.document.tree, (node) => {
      if (
        node.type === 'FunctionDef' &&
        program.pythonCode.ownerOf({ module, node }) === undefined &&
        node.decorators.length > 0
      )
        found.push(decoratedView(program, { module, node }));
      else if (node.type === 'ClassDef') found.push(decoratedView(program, { module, node }));
      return node.type !== 'FunctionDef';
    });
  }
  return found;
}

const CACHE_PAGE = 'django.views.decorators.cache.cache_page';
const CACHE_CONTROL = 'django.views.decorators.cache.cache_control';

function keptBy({ name, call }: Wrapper): CachedView['by'] | undefined {
  if (name === undefined) return undefined;
  if (name === CACHE_PAGE) return isZero(call) ? undefined : 'application';
  return name === CACHE_CONTROL && isPublic(call) ? 'shared-caches' : undefined;
}

function isZero(call: Call | undefined): boolean {
  const [first] = call?.args ?? [];
  return first?.type === 'Constant' && first.value === 0;
}

function isPublic(call: Call | undefined): boolean {
  return (call?.keywords ?? []).some(({ name, value }) => {
    if (name === 'public') return value.type === 'Constant' && value.value === true;
    return name === 's_maxage' && !(value.type === 'Constant' && value.value === 0);
  });
}

/** What is kept is kept for each cookie, or for nobody else, on purpose. */
function variesFor(program: Program, view: View, cache: Wrapper): boolean {
  const said = view.wrappers.some(({ name = '', call, at }) => {
    if (at.node === cache.at.node) return false;
    if (name.endsWith('.vary_on_cookie') || name.endsWith('.never_cache')) return true;
    const written = call === undefined ? '' : at.module.document.text.slice(call.start, call.end);
    if (name.endsWith('.vary_on_headers')) return /cookie|authorization/i.test(written);
    return name === CACHE_CONTROL && /\b(?:private|no_store)\s*=\s*True/.test(written);
  });
  if (said) return true;
  const at = view.fn ?? view.of;
  const text = at?.module.document.text.slice(at.node.start, at.node.end) ?? '';
  return /patch_vary_headers|vary_on_(?:cookie|headers)|\[["']Vary["']\]|private=True/.test(text);
}

function personalIn(program: Program, settings: DjangoSettings, view: View, index: number): CachedView['personal'] {
  const cache = view.wrappers[index];
  if (cache === undefined) return undefined;
  const { pythonCode } = program;
  const inside = view.wrappers
    .slice(index + 1)
    .filter(
      ({ method }) =>
        method === cache.method || method === 'dispatch' || cache.method === undefined || cache.method === 'dispatch',
    );
  const guard = inside.find((one) => isHandler(one.method) && guards(program, one) === true);
  if (guard !== undefined) {
    const evidence = { message: 'only some are let in here', location: pythonCode.locate(guard.at) };
    return { reason: `${guard.spelled} is asked only where nothing is kept yet`, evidence };
  }
  const whole = cache.method === undefined || cache.method === 'dispatch';
  if (whole && view.of !== undefined && classAccess(program, settings, view.of) === 'some') {
    const location = nameOf(view.of);
    return {
      reason: `only the class behind it turns others away`,
      evidence: { message: 'only some are let in here', location },
    };
  }
  const method = whole ? undefined : cache.method;
  const roots = rootsOf(program, view, method);
  const deeds = deedsOf(program, roots, method === undefined ? undefined : otherHandlers(method));
  if (deeds.personal !== undefined) return { reason: 'the view looks at who asks', evidence: deeds.personal };
  const given = view.keywords.find(({ name }) => name === 'template_name')?.value;
  const templates = given?.type === 'Constant' && given.kind === 'str' ? [given.value] : deeds.templates;
  const shown = templateDeeds(program, templates).personal;
  return shown === undefined
    ? undefined
    : { reason: 'its template shows what is different for each visitor', evidence: shown };
}

function isHandler(method: string | undefined): boolean {
  return method === undefined || /^(?:dispatch|get|list|retrieve)$/.test(method);
}

function rootsOf(
  program: Program,
  view: View,
  method: string | undefined,
): readonly PythonPlace<FunctionDef | ClassDef>[] {
  if (view.fn !== undefined) return [view.fn];
  if (view.of === undefined) return [];
  const member = method === undefined ? undefined : program.pythonCode.member(view.of, method);
  // An action of its own runs nothing else of the class.
  if (member?.definition.kind === 'function' && !isHandler(method))
    return [{ module: member.owner.module, node: member.definition.node }];
  return [view.of];
}

/** What answers other requests than the method that is kept. */
function otherHandlers(method: string): RegExp {
  const others = ['get', 'list', 'retrieve'].filter((name) => name !== method);
  return new RegExp(`^(?:${others.join('|')})$`);
}

/** What is kept apart for each cookie: the decorator stands behind the one that keeps. */
function varying({ method, at }: Wrapper): string {
  const source = at.module.document.text.slice(at.node.start, at.node.end);
  const written = source.replace(/\s+/g, ' ').replace(/\( /g, '(');
  if (method === undefined) return `${written} around vary_on_cookie`;
  return `@method_decorator(vary_on_cookie${method === 'dispatch' ? ', name="dispatch"' : ''}) below it`;
}
