import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { audit } from '../audit.js';
import type { Configuration } from '../configuration.js';
import { readConfiguration } from '../configuration/read.js';
import { documentMemory } from '../parse/documents.js';
import { openDisk, stampOf } from './disk.js';
import { FILE_LANGUAGES, OTHER_FILES } from './languages.js';
import type { Answer, Question, Told } from './question.js';
import { shippedRules } from './shipped-rules.js';
import { told } from './told.js';

/** One root, and what is remembered of it between two questions. */
export interface Project {
  results(question: Extract<Question, { ask: 'results' }>): Promise<Pick<Answer, 'results' | 'table'>>;
  /** Changes when the results in the files of a language do. */
  digest(language: string): Promise<string>;
  /** Folders inside that are projects of their own. */
  nested(): string[];
}

const NESTED = /\/scalecard\.ya?ml$/;
const CONFIGURATION = ['scalecard.yaml', 'scalecard.yml'];

/**
 * Audits a folder as the command line does, and again only when something has changed that the audit looked at: the list
 * of files, the text of one that it read, its configuration.
 */
export function openProject(root: string): Project {
  const disk = openDisk(root);
  const documents = documentMemory();
  const shipped = new Set(shippedRules().map(({ id }) => id));
  let configured: { readonly stamp: string; readonly configuration: Outcome<Configuration> } | undefined;
  let lastPath: string | undefined;
  let last: Outcome<ReadonlyMap<string, readonly Told[]>> | undefined;

  const configure = async (once: boolean): Promise<Configuration> => {
    if (once && configured !== undefined) return valueOf(configured.configuration);
    const stamp = CONFIGURATION.map((name) => stampOf(join(root, name))).join(' ');
    if (configured?.stamp !== stamp) {
      last = undefined;
      configured = { stamp, configuration: await outcomeOf(readConfiguration(root)) };
    }
    return valueOf(configured.configuration);
  };

  const all = async (once: boolean, lay?: () => boolean): Promise<ReadonlyMap<string, readonly Told[]>> => {
    const configuration = await configure(once);
    const isChanged = disk.refresh(configuration, once);
    const isLaid = lay?.() === true;
    if (last === undefined || isChanged || isLaid) last = await outcomeOf(run(configuration));
    return valueOf(last);
  };

  const run = async (configuration: Configuration): Promise<ReadonlyMap<string, readonly Told[]>> => {
    const inventory = disk.inventory();
    const since = performance.now();
    const folders = configuration.ruleFolders.map((folder) => `${relative(root, folder).split(sep).join('/')}/`);
    try {
      return told(await audit({ root, configuration, documents }, inventory), shipped);
    } finally {
      documents.forget();
      const isPolicy = (path: string): boolean => folders.some((folder) => path.startsWith(folder));
      disk.watch(inventory.files.map(({ path }) => path).filter(isPolicy));
      // For those who wonder what their editor waits for.
      if (process.env.SCALECARD_DEBUG === '1')
        writeSync(2, `scalecard: audited ${root} in ${Math.round(performance.now() - since)} ms\n`);
    }
  };

  return {
    async results({ path, text, once }) {
      const before = last;
      const found = await all(once, () => disk.lay(path, text));
      const results = found.get(path) ?? [];
      // Nothing has changed, and yet somebody asks for another file: it will not be the last.
      const isTour = last === before && path !== lastPath;
      lastPath = path;
      if (!isTour) return { results };
      return { results, table: { results: found, texts: disk.digests(), until: disk.nextLook(once) } };
    },
    async digest(language) {
      const speaks = filterOf(language);
      const files = [...(await all(false))].filter(([path]) => speaks(path));
      return createHash('sha256').update(JSON.stringify(files)).digest('base64url');
    },
    nested() {
      const configurations = [...disk.paths()].filter((path) => NESTED.test(path));
      return [...new Set(configurations.map((path) => dirname(path)))];
    },
  };
}

function filterOf(language: string): (path: string) => boolean {
  const matches = (files: readonly string[]) => picomatch([...files], { dot: true });
  if (language === OTHER_FILES) {
    const others = matches(FILE_LANGUAGES.flatMap(({ files }) => files));
    return (path) => !others(path);
  }
  return matches(FILE_LANGUAGES.find(({ id }) => id === language)?.files ?? []);
}

/** What failed once fails again, until something changes. */
type Outcome<T> = { readonly value: T } | { readonly failure: unknown };

async function outcomeOf<T>(promise: Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await promise };
  } catch (failure) {
    return { failure };
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if ('value' in outcome) return outcome.value;
  throw outcome.failure;
}
