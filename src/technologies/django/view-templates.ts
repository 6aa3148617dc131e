import type { Evidence } from '../../location.js';
import { lineStarts, positionAt } from '../../location.js';
import type { Program } from '../../link/program.js';
import { templatesOf } from './sources.js';

/** What templates do with who asks. */
export interface TemplateDeeds {
  readonly personal: Evidence | undefined;
  /** Parts of it are kept: `{% cache %}`. */
  readonly keeps: boolean;
  readonly open: string | undefined;
  /** Where it goes through a list. */
  readonly loops: Evidence | undefined;
}

const MOST = 40;

/** Inside of a tag or variable: what is surely different for each visitor. */
const PERSONAL =
  /(?<![\w.])(?:request\.(?:user|session|COOKIES)\b|user\.(?:is_authenticated|is_anonymous|is_staff|is_superuser|get_username)\b|csrf_token\b|csrf_input\b|perms\.\w)/;
/** What is that as well, unless the view gives it another meaning. */
const DOUBTFUL = /(?<![\w.'"/-])(?:user|messages|perms|session|profile|account|member|cart|basket)\b(?!['"/=-])/;
/** Libraries of tags that look at nothing but what they are given. */
const PLAIN =
  /^(?:static|staticfiles|i18n|l10n|tz|humanize|cache|thumbnail|sorl|sorl_thumbnail|easy_thumbnails|django_bootstrap5|bootstrap[345]|bootstrap_icons|widget_tweaks|markdownify|markdown_deux_tags|compress|pipeline|webpack_loader|django_vite|sass_tags|mathfilters|svg|truncate|mptt_tags|humanize_tags|rest_framework|meta|sitetree|taggit_templatetags2_tags|el_pagination_tags|fontawesome_5|fontawesomefree|render_table|django_tables2|heroicons|django_simple_bulma|bulma_tags|hosts|hosts_override|tailwind_tags|tailwind_cli|cotton|partials|svg_icons|wagtailimages_tags|wagtailembeds_tags|imagekit|embed_video_tags|leaflet_tags|sekizai_tags|markup|markdown_extras|markdown_filter|typogrify_tags|social_share|disqus_tags|highlight|pygmentify|crispy_forms_filters|vite|json_script_tags|get_item)$/;

/** A template with what it extends and includes, as far as all of them stand in the repository. */
export function templateDeeds(program: Program, names: readonly string[]): TemplateDeeds {
  const waiting = [...names];
  const seen = new Set<string>();
  let keeps = false;
  let open: string | undefined;
  let loops: Evidence | undefined;
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (seen.size > MOST) {
      open ??= 'there are too many templates';
      break;
    }
    const path = templateNamed(program, name);
    const text = path === undefined ? undefined : program.inventory.read(path);
    if (path === undefined || text === undefined) {
      open ??= `the template ${name} is not in the repository`;
      continue;
    }
    // Comments can be long, and hold what is not run.
    const live = text.replace(/\{#[^\n]*?#\}/g, (part) => ' '.repeat(part.length));
    for (const tag of live.matchAll(/\{[{%]([^%}\n]{0,400})/g)) {
      const inside = tag[1] ?? '';
      if (PERSONAL.test(inside))
        return { personal: shown(name, path, text, tag.index, inside.length), keeps, open, loops };
      const word = DOUBTFUL.exec(inside)?.[0];
      if (word !== undefined && !/^\s*(?:url|static|trans|translate|blocktrans\w*|load|block|endblock)\b/.test(inside))
        open ??= `${name} shows ${word}, which may be that of the visitor`;
    }
    if (/\{%-?\s*cache\s/.test(live)) keeps = true;
    const loop = /\{%-?\s*for\s[^%\n]{1,200}%\}/.exec(live);
    // What a page extends or includes goes through menus.
    if (loop !== null && names.includes(name))
      loops ??= placed(`${name} goes through a list`, path, text, loop.index, loop[0].length);
    for (const [, quoted, variable] of live.matchAll(
      /\{%-?\s*(?:extends|include)\s+(?:["']([^"'\n]+)["']|([^\s%]+))/g,
    )) {
      if (quoted !== undefined) waiting.push(quoted);
      else open ??= `${name} includes what ${variable ?? 'a variable'} names`;
    }
    for (const [, list] of live.matchAll(/\{%-?\s*load\s+([^%\n]+?)\s*-?%\}/g))
      open ??= strangeLibrary(program, list ?? '');
  }
  return { personal: undefined, keeps, open, loops };
}

function shown(name: string, uri: string, text: string, start: number, length: number): Evidence {
  return placed(`${name} shows what is different for each visitor`, uri, text, start, length + 2);
}

function placed(message: string, uri: string, text: string, start: number, length: number): Evidence {
  const { line, column } = positionAt(lineStarts(text), start);
  return {
    message,
    location: { uri, region: { startLine: line, startColumn: column, endLine: line, endColumn: column + length } },
  };
}

/** The path of a template by its name. */
export function templateNamed(program: Program, name: string): string | undefined {
  return byEnding(program).get(name);
}

/** Templates by what follows each folder that could be a root of templates: the first in the order of paths. */
function byEnding(program: Program): ReadonlyMap<string, string> {
  return program.memo('django:templates-by-name', () => {
    const found = new Map<string, string>();
    for (const path of templatesOf(program)) {
      for (const match of path.matchAll(/(?:^|\/)(?:templates|jinja2|\w*_templates|theme|themes\/[^/]+)\//g)) {
        const name = path.slice(match.index + match[0].length);
        if (!found.has(name)) found.set(name, path);
      }
    }
    // What DIRS names may be a folder further in: the one that stands highest of those that are called like it.
    const inner = new Map<string, { readonly depth: number; readonly path: string | undefined }>();
    for (const [name, path] of found) {
      const steps = name.split('/');
      const last = steps.at(-1) ?? '';
      const before = inner.get(last)?.depth ?? Infinity;
      if (steps.length <= before)
        inner.set(last, { depth: steps.length, path: steps.length < before ? path : undefined });
    }
    for (const [name, { path }] of inner) if (path !== undefined && !found.has(name)) found.set(name, path);
    return found;
  });
}

/** Of a `{% load %}` the first library that may look at the request. */
function strangeLibrary(program: Program, list: string): string | undefined {
  const words = list.split(/\s+/);
  const from = words.indexOf('from');
  const libraries = from >= 0 ? words.slice(from + 1) : words;
  for (const library of libraries) {
    if (library === '' || PLAIN.test(library)) continue;
    const path = program.pythonCode.paths.find((one) =>
      one.endsWith(`/templatetags/${library.replaceAll('.', '/')}.py`),
    );
    // What a docstring says of requests is no code.
    const text =
      path === undefined
        ? undefined
        : program.inventory
            .read(path)
            ?.split('"""')
            .filter((_, index) => index % 2 === 0)
            .join('');
    if (text === undefined) return `the tags of ${library} are not in the repository`;
    if (
      /takes_context|\brequest\s*[.,)[:]|\buser\s*[.,)[:]|["'](?:request|user)["']|\bsession\b|template\.Node\b|\bNode\)/.test(
        text,
      )
    )
      return `the tags of ${library} are given the request`;
  }
  return undefined;
}
