import picomatch from 'picomatch';
import type { Program } from '../../link/program.js';
import { lineStarts } from '../../location.js';
import type { Configuration, Directive } from '../../parse/nginx/configuration.js';
import { folderOf, isInside } from '../../repository-path.js';
import { scopeOf, type NginxDocument, type Resolve, type Scope } from './scope.js';

/** Where the packages keep their configuration: nginx.org and distributions, source builds, OpenResty, Bitnami. */
const HOMES = [
  '/etc/nginx',
  '/usr/local/nginx/conf',
  '/usr/local/openresty/nginx/conf',
  '/opt/bitnami/nginx/conf',
  '/etc/openresty',
];

/** What the `nginx.conf` of the packages includes: `conf.d` everywhere, `sites-enabled` on Debian, `http.d` on Alpine. */
const STOCK_INCLUDES = ['conf.d/*.conf', 'sites-enabled/*', 'http.d/*.conf', 'server_blocks/*.conf'];

/** What nginx's own patterns know: `*`, `?` and `[ ]`. */
const GLOB = { dot: true, noextglob: true, nobrace: true };

/** The configuration that a component runs nginx with, its includes resolved; undefined where none of it is in the repository. */
export function launched(program: Program): Scope | undefined {
  return program.memo('nginx configuration', () => find(program));
}

function find(program: Program): Scope | undefined {
  const files = configurationFiles(program);
  if (files.size === 0) return undefined;
  const at = (containerPath: string): NginxDocument | undefined => {
    const path = files.get(containerPath);
    return path === undefined ? undefined : program.documents.get<Configuration>(path, 'nginx');
  };
  const named = configurationOption(program);
  const mains = named === undefined ? HOMES.map((home) => `${home}/nginx.conf`) : [named];
  const main = mains.map((path) => ({ path, document: at(path) })).find(({ document }) => document !== undefined);
  const home = HOMES.find((one) => [...files.keys()].some((path) => path.startsWith(`${one}/`))) ?? HOMES[0];
  const folder = main === undefined ? home : folderOf(main.path);
  const resolve: Resolve = (pattern) => {
    const matches = picomatch(pattern.startsWith('/') ? pattern : `${folder}/${pattern}`, GLOB);
    return [...files.keys()].filter((path) => matches(path)).flatMap((path) => at(path) ?? []);
  };
  const debian = [...files.keys()].some((path) => path.startsWith('/etc/nginx/sites-'));
  return scopeOf(main?.document ?? stock(debian), resolve);
}

/** Container path to repository path, of everything below the folders of nginx and the file that the command names. */
function configurationFiles(program: Program): Map<string, string> {
  const { launch, inventory } = program;
  const named = configurationOption(program);
  const homes = named === undefined ? HOMES : [...HOMES, folderOf(named)];
  const files = new Map<string, string>();
  for (const mount of launch.mounts) {
    const target = mount.containerPath.replace(/\/+$/, '');
    if (!homes.some((home) => isInside(target, home) || isInside(home, target))) continue;
    for (const { path } of inventory.files) {
      const relative =
        mount.path === ''
          ? `/${path}`
          : path.startsWith(`${mount.path}/`)
            ? path.slice(mount.path.length)
            : path === mount.path
              ? mount.containerPath.endsWith('/') || isFolder(target)
                ? path.slice(path.lastIndexOf('/'))
                : ''
              : undefined;
      if (relative === undefined) continue;
      const effective = rendered(target + relative);
      if (!homes.some((home) => isInside(effective, home))) continue;
      if (!files.has(effective)) files.set(effective, path);
    }
  }
  return files;
}

/** A file that is copied to a folder which the image holds stands in it: `COPY shop.conf /etc/nginx/conf.d`. */
function isFolder(target: string): boolean {
  return HOMES.includes(target) || /\/(?:conf\.d|http\.d|sites-(?:enabled|available)|templates|snippets)$/.test(target);
}

/** The official image renders `templates/default.conf.template` to `conf.d/default.conf` when it starts; start scripts of others do so beside it. */
function rendered(containerPath: string): string {
  return containerPath
    .replace(/\/templates\/(.+)\.template$/, '/conf.d/$1')
    .replace(/(\/(?:conf|http)\.d\/[^/]+\.conf)\.(?:template|tmpl|tpl)$/, '$1');
}

function configurationOption(program: Program): string | undefined {
  for (const { words } of program.launch.commands) {
    const at = words.findIndex((word) => /(?:^|\/)(?:nginx|openresty|angie)$/.test(word));
    const option = at < 0 ? -1 : words.indexOf('-c', at);
    if (option >= 0) return words[option + 1];
  }
  return undefined;
}

/**
 * The `nginx.conf` of the packages, as far as it matters; Debian's turns gzip on and leaves the types out. Nothing is
 * ever reported in it: it has no file here.
 */
function stock(debian: boolean): NginxDocument {
  const at = { start: 0, headEnd: 0, end: 0 };
  const simple = (name: string, word: string): Directive => ({ name, args: [{ text: word, start: 0, end: 0 }], ...at });
  const block = STOCK_INCLUDES.map((path) => simple('include', path));
  if (debian) block.push(simple('gzip', 'on'));
  return {
    path: '',
    language: 'nginx',
    text: '',
    lines: lineStarts(''),
    tree: { directives: [{ name: 'http', args: [], block, ...at }], templated: false },
    comments: [],
  };
}
