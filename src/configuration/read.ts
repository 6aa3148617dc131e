import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { DEFAULT_CONFIGURATION, type ComponentConfiguration, type Configuration } from '../configuration.js';
import { readText } from '../discover/walk.js';
import { harmless } from '../harmless.js';
import type { Region } from '../location.js';
import { UsageError } from '../usage-error.js';

const NAMES = ['scalecard.yaml', 'scalecard.yml'];
/** Nobody writes a longer one by hand. */
const LARGEST = 256 * 1024;

/** The configuration of a folder, or of the file that was asked for; what is wrong with it is thrown all at once. */
export async function readConfiguration(root: string, asked?: string): Promise<Configuration> {
  const name = asked ?? find(root);
  if (name === undefined) return DEFAULT_CONFIGURATION;
  // A file that was named is the caller's own; one that was found belongs to the repository and may be a link to anywhere.
  const file = asked === undefined ? resolve(root, name) : resolve(asked);
  const text = asked === undefined ? readText(file, LARGEST) : readNamed(file, name);
  if (typeof text !== 'string') throw new UsageError(`${harmless(name)}: cannot be read: ${text.reason}`);
  const uri = relative(root, file).split(sep).join('/');
  return await parse(text, name, uri, root);
}

function find(root: string): string | undefined {
  const found = NAMES.filter((name) => lstatSync(resolve(root, name), { throwIfNoEntry: false }) !== undefined);
  if (found.length > 1) throw new UsageError(`${found.join(' and ')} both exist; keep one`);
  return found[0];
}

function readNamed(file: string, name: string): string | { reason: string } {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) throw new UsageError(`${harmless(name)}: no such file`);
  if (!status.isFile()) throw new UsageError(`${harmless(name)}: not a file`);
  if (status.size > LARGEST) return { reason: `larger than ${LARGEST / 1024} KiB` };
  return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
}

async function parse(text: string, name: string, uri: string, root: string): Promise<Configuration> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const misfit = ({ startLine, startColumn }: Region, message: string) =>
    harmless(`${name}:${startLine}:${startColumn}: ${message}`);
  const [{ positions, regionOf }, { misfits }] = await Promise.all([import('./positions.js'), import('./shape.js')]);
  const parsed = guarded(() => {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const wrong = [...document.errors, ...document.warnings];
    if (wrong.length > 0) {
      throw new UsageError(...wrong.map(({ pos, message }) => misfit(regionOf(lines, pos[0], pos[1]), message)));
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { value, places: positions(document, lines, uri) };
  }, name);
  const wrong = misfits(parsed.value).map(({ pointer, message }) => ({
    region: placeOf(parsed.places, pointer).region,
    message,
  }));
  wrong.sort((a, b) => a.region.startLine - b.region.startLine || a.region.startColumn - b.region.startColumn);
  if (wrong.length > 0) throw new UsageError(...wrong.map(({ region, message }) => misfit(region, message)));
  const written = filled(parsed.value as Written | null);
  const ruleFolders = written.ruleFolders.map((folder, index) => {
    const found = folderInside(root, folder);
    if (found !== undefined) return found;
    const { region } = placeOf(parsed.places, `/rule-folders/${index}`);
    throw new UsageError(misfit(region, `"${folder}" is no folder of the repository`));
  });
  return { ...written, ruleFolders, places: parsed.places };
}

/** The absolute path of a folder, unless it or a link on the way to it leads out of the root. */
function folderInside(root: string, folder: string): string | undefined {
  try {
    const found = realpathSync(resolve(root, folder));
    return found.startsWith(realpathSync(root) + sep) && statSync(found).isDirectory() ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The YAML library throws on aliases that multiply, and runs out of stack on brackets without end. */
function guarded<T>(read: () => T, name: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason =
      error instanceof RangeError ? 'nested too deeply' : error instanceof Error ? error.message : 'no YAML';
    throw new UsageError(harmless(`${name}:1:1: ${reason}`));
  }
}

/** The place of a key, or of the nearest one around it: what an alias brings in has no place of its own. */
function placeOf<T>(places: ReadonlyMap<string, T>, pointer: string): T {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = places.get(at);
    if (place !== undefined) return place;
    if (at === '') throw new Error('no place for the document itself');
  }
}

/** What the schema lets through: an empty section is null. */
interface Written {
  readonly target?: Configuration['target'];
  readonly include?: readonly string[] | null;
  readonly exclude?: readonly string[] | null;
  readonly rules?: Configuration['rules'] | null;
  readonly 'rule-folders'?: readonly string[] | null;
  readonly components?: Readonly<
    Record<string, (Omit<ComponentConfiguration, 'rules'> & { rules?: Configuration['rules'] | null }) | null>
  > | null;
}

function filled(written: Written | null): Configuration {
  const components = Object.entries(written?.components ?? {}).map(([name, component]) => {
    const { rules, ...rest } = component ?? {};
    return [name, rules == null ? rest : { ...rest, rules }] as const;
  });
  return {
    target: written?.target ?? DEFAULT_CONFIGURATION.target,
    include: written?.include ?? [],
    exclude: written?.exclude ?? [],
    rules: written?.rules ?? {},
    ruleFolders: written?.['rule-folders'] ?? [],
    components: Object.fromEntries(components),
  };
}
