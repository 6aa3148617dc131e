import { application } from '../../facts/application.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { words as split } from '../../parse/shell/words.js';
import { program as peel } from '../../parse/shell/program.js';
import { audienceOfPath } from '../audience.js';
import { packageJsonOf, type PackageJson } from '../package-json.js';
import { SERVER_PACKAGES } from './server-packages.js';
import { servingOf } from './serving.js';

/**
 * A package that depends on something that serves requests, and says how it is started. A library has no such start, a
 * page for browsers no such dependency, and of a monorepo's root neither.
 */
export function* fromDocument(document: Document): Iterable<Stated> {
  const audience = audienceOfPath(document.path);
  if (audience === 'test' || audience === 'example' || document.path.includes('{{')) return;
  const manifest = packageJsonOf(document as Document<YamlTree>);
  if (manifest === undefined || manifest.isLibrary) return;
  const serves = [...manifest.dependencies].some((name) => SERVER_PACKAGES.has(name));
  // A build may bring all of it along; then what it made is started.
  const isBundled = !serves && [...manifest.bundled].some((name) => SERVER_PACKAGES.has(name));
  if (!(serves || isBundled) || !isStarted(manifest, isBundled)) return;
  const name = manifest.name?.replace(/^@[^/]*\//, '') ?? '';
  const folder = manifest.directory.replace(/^.*\//, '');
  yield state(application, manifest.place, {
    name: name === '' ? folder || 'application' : name,
    told: 'by-administration',
    directory: manifest.directory,
  });
}

/** Scripts that start what production runs, or what a developer tries. */
const STARTS = /^(?:start|serve|server|prod|production|dev|develop|watch)(?:[:\-_].*)?$/;

const MADE = /\b(?:dist|build|out|output|lib|bundle|\.output|\.next)\b[/\w.-]*/;

function isStarted(manifest: PackageJson, isMade: boolean): boolean {
  const starts = [...manifest.scripts].filter(([name, { text }]) => STARTS.test(name) && (!isMade || MADE.test(text)));
  const runs = starts.filter(([, { text }]) => isServer(manifest, text, 0));
  // Watching alone is how libraries are worked on.
  return runs.some(([name]) => /^(?:start|serve|server|prod|production)/.test(name));
}

/** Whether a script starts something that goes on running on a server. */
function isServer(manifest: PackageJson, text: string, depth: number): boolean {
  return text.split(/&&|\|\||[;&|]/).some((part) => {
    const { name, args, environment } = peel(split(part.trim()));
    const [first, second] = args;
    const asked =
      /^(?:npm|yarn|pnpm|bun)$/.test(name) &&
      (first === 'run' || first === 'start' || manifest.scripts.has(first ?? ''))
        ? first === 'run'
          ? second
          : first
        : undefined;
    const script = asked === undefined ? undefined : manifest.scripts.get(asked);
    if (script !== undefined) return depth < 4 && isServer(manifest, script.text, depth + 1);
    if (/^(?:pm2|pm2-runtime|concurrently|dotenv|env-cmd|run-s|run-p|npm-run-all)$/.test(name))
      return !/playground|example/.test(part);
    const serving = servingOf({ name, args, environment, location: manifest.place, evidence: [], directory: '' });
    return serving !== undefined && serving.files !== true && !isAside(serving.script) && !isPage(serving.server);
  });
}

/** Tools that show pages to whoever writes them. */
function isPage(server: string): boolean {
  return /^(?:vite|react-scripts|vue-cli-service|ng serve|gatsby|webpack|astro|json-server)/.test(server);
}

function isAside(script: string | undefined): boolean {
  return (
    script !== undefined &&
    /(?:^|\/)(?:examples?|demos?|tests?|spec|fixtures?|scripts|docs|playground|benchmarks?)(?:[/.]|$)/i.test(script)
  );
}
