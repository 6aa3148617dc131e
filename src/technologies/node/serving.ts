import type { ScriptedCommand } from '../package-scripts.js';

/** What a command is that serves. */
export interface Serving {
  /** As a person would call it. */
  readonly server: string;
  /** Whether its makers keep it for development: it watches files, or says so in its documentation. */
  readonly development: boolean;
  /** The file that it runs, where it runs one. */
  readonly script?: string;
  /** Whether it only hands out files or pages that were built before. */
  readonly files?: boolean;
}

/** Programs whose verb decides. The first pattern that fits the words counts. */
const VERBS: Readonly<Record<string, readonly [RegExp, Omit<Serving, 'script'>][]>> = {
  next: [
    [/^start\b/, { server: 'next start', development: false }],
    [/^(?:dev\b|-|$)/, { server: 'next dev', development: true }],
  ],
  nuxt: [
    [/^(?:dev|preview)\b/, { server: 'nuxt dev', development: true }],
    [/^start\b/, { server: 'nuxt start', development: false }],
  ],
  nuxi: [[/^(?:dev|preview)\b/, { server: 'nuxt dev', development: true }]],
  nest: [
    [/^start\b.*(?:--watch|-w|--debug|-d)\b/, { server: 'nest start --watch', development: true }],
    [/^start\b/, { server: 'nest start', development: false }],
  ],
  // https://vite.dev/guide/cli: "vite preview: locally preview the production build. Do not use this as a production server".
  vite: [
    [/^build\b/, { server: '', development: false }],
    [/^preview\b/, { server: 'vite preview', development: true }],
    [/^/, { server: 'vite', development: true }],
  ],
  astro: [[/^(?:dev|preview)\b/, { server: 'astro dev', development: true }]],
  'react-scripts': [[/^start\b/, { server: 'react-scripts start', development: true }]],
  'vue-cli-service': [[/^serve\b/, { server: 'vue-cli-service serve', development: true }]],
  ng: [[/^(?:serve|s)\b/, { server: 'ng serve', development: true }]],
  gatsby: [
    [/^develop\b/, { server: 'gatsby develop', development: true }],
    [/^serve\b/, { server: 'gatsby serve', development: true }],
  ],
  webpack: [[/^serve\b/, { server: 'webpack serve', development: true }]],
  // https://nx.dev/nx-api/js/executors/node: builds again whenever a file changes.
  nx: [[/^serve\b|^run \S+:serve\b/, { server: 'nx serve', development: true }]],
  'webpack-dev-server': [[/^/, { server: 'webpack-dev-server', development: true }]],
  remix: [[/^(?:dev|vite:dev)\b/, { server: 'remix dev', development: true }]],
  'react-router': [[/^dev\b/, { server: 'react-router dev', development: true }]],
  'remix-serve': [[/^/, { server: 'remix-serve', development: false }]],
  'react-router-serve': [[/^/, { server: 'react-router-serve', development: false }]],
  strapi: [
    [/^develop\b/, { server: 'strapi develop', development: true }],
    [/^start\b/, { server: 'strapi start', development: false }],
  ],
  medusa: [
    [/^develop\b/, { server: 'medusa develop', development: true }],
    [/^start\b/, { server: 'medusa start', development: false }],
  ],
  directus: [[/^start\b/, { server: 'directus start', development: false }]],
  n8n: [[/^(?:start\b|worker\b|webhook\b|$)/, { server: 'n8n', development: false }]],
  serve: [[/^/, { server: 'serve', development: false, files: true }]],
  'http-server': [[/^/, { server: 'http-server', development: false, files: true }]],
  'live-server': [[/^/, { server: 'live-server', development: true, files: true }]],
  'pm2-dev': [[/^/, { server: 'pm2-dev', development: true }]],
  'json-server': [[/^/, { server: 'json-server', development: true }]],
};

/** Programs that run a file again whenever it changes. */
const WATCHERS = /^(?:nodemon|ts-node-dev|tsnd|node-dev|node-supervisor|supervisor)$/;
const RUNTIMES = /^(?:node|nodejs|bun|deno|tsx|ts-node|ts-node-esm|babel-node|esno|sucrase-node|swc-node|forever)$/;

/** Options of runtimes that take the next word along. */
const VALUED = new Set([
  ...[
    '-r',
    '--require',
    '--import',
    '--loader',
    '--experimental-loader',
    '-C',
    '--conditions',
    '--env-file',
    '--title',
  ],
  ...['-P', '--project', '--tsconfig', '-O', '--compiler-options', '-w', '--watch', '-e', '--ext', '--exec', '-x'],
]);
/** Options by which a runtime runs no server: code on the command line, questions. */
const NO_FILE = /^(?:-e|--eval|-p|--print|-c|--check|-v|--version|-h|--help|--test|-i)$/;

/** What a command serves, or runs until it is stopped; undefined for builds, migrations and what is not known. */
export function servingOf({ name, args }: ScriptedCommand): Serving | undefined {
  if (Object.hasOwn(VERBS, name)) {
    const words = args.join(' ');
    const found = VERBS[name]?.find(([pattern]) => pattern.test(words))?.[1];
    return found === undefined || found.server === '' ? undefined : found;
  }
  if (WATCHERS.test(name)) {
    const script = scriptIn(args);
    return { server: name, development: true, ...(script === undefined ? {} : { script }) };
  }
  // A file that is run by its first line.
  if (/\.(?:[cm]?js|ts)$/.test(name))
    return isOnce(name) ? undefined : { server: 'Node.js', development: false, script: name };
  if (!RUNTIMES.test(name) || args.some((word) => NO_FILE.test(word))) return undefined;
  const words = /^(?:run|start|watch|serve)$/.test(args[0] ?? '') ? args.slice(1) : args;
  const watches =
    args[0] === 'watch' || args.some((word) => /^--(?:watch|hot|watch-path=.*)$/.test(word) && name !== 'forever');
  const script = scriptIn(watches ? words.filter((word) => word !== '--watch') : words);
  if (script === undefined || isOnce(script) || isBuild(script)) return undefined;
  const title =
    name === 'bun' ? 'Bun' : name === 'deno' ? 'Deno' : /^(?:node|nodejs|forever)$/.test(name) ? 'Node.js' : name;
  return watches
    ? { server: `${name} --watch`, development: true, script }
    : { server: title, development: false, script };
}

function scriptIn(args: readonly string[]): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (!word.startsWith('-')) return word;
    if (VALUED.has(word)) i++;
  }
  return undefined;
}

/** Files that do something and end, by their names: migrations, builds, tools that packages bring. */
function isOnce(script: string): boolean {
  return (
    /(?:^|\/)(?:node_modules\/|(?:scripts|tasks)\/(?!server\b)|bin\/(?:migrate|seed)\/)/.test(script) ||
    /(?:^|[/._-])(?:migrat\w*|seed\w*|setup|install|build|generate|check|wait|init|deploy|bundle|compile|test|lint|update|sync-db)(?:[._-][\w-]*)?(?:\.\w+)?$/i.test(
      script,
    )
  );
}

function isBuild(script: string): boolean {
  return /^(?:install|task|compile|build|test|cache|fmt|lint|add|x|ace)$/.test(script);
}
