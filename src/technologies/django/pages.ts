import type { Evidence } from '../../location.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { entry, items, text } from '../../link/value.js';
import type { ClassDef, FunctionDef } from '../../parse/python/ast.js';
import { chainSays, type Chain } from './page-chain.js';
import type { DjangoSettings } from './settings.js';
import { accessOf } from './view-access.js';
import { deedsOf, type Deeds } from './view-code.js';
import { templateDeeds } from './view-templates.js';
import { viewsOf, type RoutedView } from './views.js';

/** A page, or a list or entry of an API, that is computed for anyone who asks and the same for everyone. */
export interface PublicPage {
  readonly view: RoutedView;
  readonly content: 'page' | 'api';
  /** Whether anything says how long it may be kept. */
  readonly said: boolean;
  /** Why that, or whether it is the same for everyone, is not told; absent where both are. */
  readonly open?: string;
  readonly work: Evidence;
  /** Shows more than one row: one that is found by its key costs little. */
  readonly many: boolean;
  /** Each answer is drawn or compiled, which is worth keeping alone. */
  readonly draws: boolean;
  /** There is one answer of it, whatever the address holds. */
  readonly one: boolean;
}

/** Classes of libraries that answer by what the repository gives them. */
const READING =
  /^(?:django\.views\.(?:generic\.(?:\w+\.)*(?:View|TemplateView|ListView|DetailView|ArchiveIndexView|YearArchiveView|MonthArchiveView|DayArchiveView|DateDetailView)|View)|django\.contrib\.syndication\.views\.Feed|rest_framework\.(?:views\.APIView|generics\.(?:GenericAPIView|ListAPIView|RetrieveAPIView)|viewsets\.(?:ReadOnlyModelViewSet|GenericViewSet|ViewSet)|mixins\.(?:ListModelMixin|RetrieveModelMixin))|builtins\.object|rest_framework_extensions\.mixins\.(?:NestedViewSetMixin|DetailSerializerMixin)|rest_flex_fields\.(?:\w+\.)*FlexFieldsMixin|drf_queryfields\.(?:\w+\.)*QueryFieldsMixin|drf_multiple_model\.(?:\w+\.)*(?:Object|Flat)Multiple\w+|django_filters\.views\.(?:FilterView|FilterMixin)|rest_framework_gis\.\w+\.\w+Mixin|munigeo\.api\.GeoModelAPIView)$/;
const LISTING =
  /\.(?:ListView|DetailView|ArchiveIndexView|YearArchiveView|MonthArchiveView|DayArchiveView|DateDetailView)$/;

/** What is asked by machines, or differs with each word that is typed. */
const ASIDE =
  /health|alive|ready|readiness|\bping\b|metrics|webhook|callback|hook|schema|swagger|redoc|docs\b|debug|admin|search|autocomplete|login|logout|signup|register|password|token|oauth|callback|robots|favicon|export|download|status/i;

export function publicPages(program: Program, settings: DjangoSettings): readonly PublicPage[] {
  return program.memo('django:public-pages', () => {
    const chain = chainSays(program, settings);
    if (chain.forSomeone) return [];
    const rendered = renderingIsPersonal(program, settings);
    return viewsOf(program).flatMap((view) => pageOf(program, settings, view, chain, rendered) ?? []);
  });
}

function pageOf(
  program: Program,
  settings: DjangoSettings,
  view: RoutedView,
  chain: Chain,
  rendered: boolean | undefined,
): PublicPage | undefined {
  if (ASIDE.test(view.route.path) || ASIDE.test(view.name.split('.').at(-1) ?? '')) return undefined;
  const root: PythonPlace<FunctionDef | ClassDef> | undefined = view.fn ?? view.of;
  if (root === undefined) return undefined;
  const libraries = view.of === undefined ? [] : program.pythonCode.ancestry(view.of).libraries;
  if (view.of !== undefined && (libraries.length === 0 || libraries.some((one) => !READING.test(one))))
    return undefined;
  if (view.of !== undefined && !answersGet(program, view.of, libraries)) return undefined;
  if (accessOf(program, settings, view) !== 'anyone') return undefined;
  const deeds = deedsOf(program, [root]);
  if (deeds.personal !== undefined || deeds.acts !== undefined) return undefined;
  const isApi =
    libraries.some((one) => one.startsWith('rest_framework.')) ||
    view.wrappers.some(({ name }) => name?.startsWith('rest_framework.') === true);
  const templates = templatesOfView(view, deeds, libraries);
  const looks = templates.length > 0 ? templateDeeds(program, templates) : undefined;
  if (looks?.personal !== undefined || (templates.length > 0 && rendered === true)) return undefined;
  const work = deeds.work ?? looks?.loops;
  // What it keeps itself is no word to others, but the work is spared.
  if (work === undefined || (deeds.says === undefined && (deeds.keeps !== undefined || looks?.keeps === true)))
    return undefined;
  const own = view.wrappers.some(({ own: fn }) => fn !== undefined && deedsOf(program, [fn]).says !== undefined);
  const said =
    chain.policy ||
    deeds.says !== undefined ||
    own ||
    view.wrappers.some(({ name, spelled }) =>
      /\.decorators\.(?:cache|http\.(?:condition|etag|last_modified))|cache/.test(name ?? spelled),
    );
  const missing =
    templates.length === 0 && deeds.open === undefined && libraries.some((one) => LISTING.test(one))
      ? 'which template it renders is not told'
      : undefined;
  const open =
    chain.open ??
    deeds.open ??
    looks?.open ??
    missing ??
    (templates.length > 0 && rendered === undefined ? 'what the context processors add is not known' : undefined);
  return {
    ...{ view, content: isApi ? 'api' : 'page', said, work },
    // One answer for everyone, as of settings or counts, is asked for by every visit.
    many:
      isList(deeds, libraries) || deeds.work === undefined || (isApi && !view.route.registered && isOne(deeds, view)),
    // A list of an API takes filters, and is asked for without any by every visit.
    draws: deeds.draws,
    one: isOne(deeds, view) || (isApi && !/[<…]/.test(view.route.path)),
    ...(open === undefined || said ? {} : { open }),
  };
}

function isOne(deeds: Deeds, view: RoutedView): boolean {
  return !deeds.asked && !/[<…]/.test(view.route.path);
}

function isList(deeds: Deeds, libraries: readonly string[]): boolean {
  if (libraries.some((one) => /(?:List|Archive)\w*View$|ReadOnlyModelViewSet$|ListModelMixin$|\.Feed$/.test(one)))
    return true;
  return deeds.many && !libraries.some((one) => /(?:Detail|Retrieve)\w*$/.test(one));
}

/** A class that only takes what is posted is no page. */
function answersGet(program: Program, of: PythonPlace<ClassDef>, libraries: readonly string[]): boolean {
  if (
    libraries.some((one) =>
      /(?:List|Detail|Archive|Template|Retrieve|DateDetail)\w*View$|ReadOnlyModelViewSet$|(?:List|Retrieve)ModelMixin$|\.Feed$/.test(
        one,
      ),
    )
  )
    return true;
  return ['get', 'list', 'retrieve'].some(
    (name) => program.pythonCode.member(of, name)?.definition.kind === 'function',
  );
}

function templatesOfView(view: RoutedView, deeds: Deeds, libraries: readonly string[]): readonly string[] {
  const given = view.keywords.find(({ name }) => name === 'template_name')?.value;
  if (given?.type === 'Constant' && given.kind === 'str') return [given.value];
  if (deeds.templates.length > 0) return deeds.templates;
  const [model] = libraries.some((one) => LISTING.test(one)) && view.of !== undefined ? [modelNamed(view.of)] : [];
  if (model === undefined) return [];
  const app =
    view.name
      .split('.')
      .slice(0, -1)
      .findLast((part) => !/^(?:views|api|public|pages)$/.test(part)) ?? '';
  const suffix = libraries.some((one) => one.endsWith('.DetailView')) ? 'detail' : 'list';
  return [`${app}/${model.toLowerCase()}_${suffix}.html`];
}

/** `model = Book`, `queryset = Book.objects.all()`. */
function modelNamed({ module, node }: PythonPlace<ClassDef>): string | undefined {
  for (const part of node.body) {
    if (part.type !== 'Assign') continue;
    const [target] = part.targets;
    if (target?.type !== 'Name' || !/^(?:model|queryset)$/.test(target.id)) continue;
    return /^(?:\w+\.)*?([A-Z]\w*)/.exec(module.document.text.slice(part.value.start, part.value.end))?.[1];
  }
  return undefined;
}

/** Whether context processors of the project look at who asks, for every template; undefined where they are not known. */
function renderingIsPersonal(program: Program, settings: DjangoSettings): boolean | undefined {
  const engines = items(settings.get('TEMPLATES')) ?? [];
  for (const engine of engines) {
    const list = entry(entry(engine, 'OPTIONS'), 'context_processors');
    const names = list === undefined ? [] : (items(list)?.map((one) => text(one)) ?? [undefined]);
    for (const name of names) {
      if (name === undefined) return undefined;
      if (/^django\.(?:contrib\.(?:auth|messages|admin)|template|core)\./.test(name)) continue;
      const [target] = program.pythonCode.resolveText(name);
      if (target?.kind !== 'function' || target.at.node.type !== 'FunctionDef') {
        if (
          /^(?:django_settings_export|constance|sekizai|wagtail\.contrib\.settings|wagtailmenus|django_htmx|allauth|zinnia|cms)\b/.test(
            name,
          )
        )
          continue;
        return undefined;
      }
      const deeds = deedsOf(program, [{ module: target.at.module, node: target.at.node }]);
      if (deeds.personal !== undefined || deeds.acts !== undefined) return true;
      if (deeds.open !== undefined) return undefined;
    }
  }
  return false;
}
