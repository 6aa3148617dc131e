import picomatch from 'picomatch';
import type { Inventory } from '../discover/inventory.js';
import type { Fact, Stated } from '../facts/fact.js';
import { startOf, type Notification } from '../location.js';
import type { Program } from '../link/program.js';
import type { Document } from '../parse/document.js';
import type { DocumentStore } from '../parse/documents.js';
import type { LoadedTechnology } from './load.js';
import { loadTechnology } from './load.js';
import type { Assembly, Extractor, Read, Technology } from './technology.js';

/** What extractors stated, and those that failed to: their kinds count as not known, never as absent. */
export interface Extraction {
  readonly facts: Fact[];
  /** Kinds of which something may be missing, with the reason. */
  readonly crashed: Map<string, string>;
  readonly notifications: Notification[];
}

interface Reader {
  readonly technology: Technology;
  readonly read: Read;
  readonly matches: (path: string) => boolean;
}

interface Assembling {
  readonly language: string;
  readonly assembly: Assembly;
}

/**
 * Runs every technology over the files that it reads. A technology is loaded when a file of its kind mentions it, a
 * language when a document of it is needed. Returns the technologies that saw a file of theirs.
 */
export async function extractDocuments(
  inventory: Inventory,
  documents: DocumentStore,
  technologies: readonly Technology[],
): Promise<{ extraction: Extraction; seen: LoadedTechnology[] }> {
  const extraction: Extraction = { facts: [], crashed: new Map(), notifications: [] };
  const readers = technologies.flatMap((technology) =>
    technology.reads.map((read): Reader => ({ technology, read, matches: matcherOf(read) })),
  );
  const loaded = new Map<Technology, LoadedTechnology>();
  const together = new Map<LoadedTechnology, Document[]>();
  const load = async (reader: Reader): Promise<LoadedTechnology> => {
    await documents.load([reader.read.language]);
    let technology = loaded.get(reader.technology);
    if (technology === undefined) loaded.set(reader.technology, (technology = await loadTechnology(reader.technology)));
    return technology;
  };

  /** Lets everyone read a file, or a document that was put together of several. */
  const readBy = async (among: readonly Reader[], path: string, assembled?: Document): Promise<void> => {
    const done = new Set<Technology>();
    for (const reader of among) {
      if (done.has(reader.technology) || !reader.matches(path)) continue;
      // Once a technology is loaded, its extractors tell what more it needs: of Django's files hardly any is opened.
      const known = loaded.get(reader.technology);
      if (known !== undefined && !mayWant(known, path)) continue;
      const text = assembled?.text ?? inventory.read(path);
      if (text === undefined || reader.read.mentions?.test(text) === false) continue;
      const technology = await load(reader);
      done.add(reader.technology);
      if (technology.embedded === undefined && wanted(technology, path, text).length === 0) continue;
      const document = assembled ?? documents.get(path, reader.read.language);
      if (document === undefined) continue;
      run(extraction, technology, document, undefined);
      const before = together.get(technology);
      if (before === undefined) together.set(technology, [document]);
      else before.push(document);
      for (const inner of technology.embedded?.(document) ?? []) {
        for (const other of readers) {
          if (other.technology === reader.technology || !other.matches(inner.name)) continue;
          if (other.read.mentions?.test(inner.text) === false) continue;
          const reading = await load(other);
          run(extraction, reading, documents.embedded(inner.path ?? path, inner.text, other.read.language), inner.name);
        }
      }
    }
  };

  const assemblies: Assembling[] = [];
  for (const technology of technologies) {
    // The first of its readers tells of the files that say how others are put together, the rest of what else it opens.
    const reader = readers.find((one) => one.technology === technology);
    if (technology.assembles !== true || reader === undefined) continue;
    if (!inventory.files.some(({ path }) => reader.matches(path))) continue;
    await documents.load(technology.reads.map(({ language }) => language));
    const { assemble } = await load(reader);
    const assembly = assemble?.(inventory, documents);
    if (assembly === undefined) continue;
    assemblies.push({ language: reader.read.language, assembly });
    extraction.notifications.push(...assembly.notifications);
  }
  const own = readers.filter(({ technology }) => technology.assembles !== true);
  const isReplaced = (path: string, language: string): boolean =>
    assemblies.some((one) => one.language === language && one.assembly.replaced.has(path));
  for (const { path } of inventory.files) {
    const part = assemblies.some(({ assembly }) => assembly.replaced.has(path));
    await readBy(part ? own.filter(({ read }) => !isReplaced(path, read.language)) : own, path);
  }
  for (const { language, assembly } of assemblies) {
    const among = own.filter(({ read }) => read.language === language);
    for (const document of assembly.documents) await readBy(among, document.path, document);
  }
  for (const [technology, all] of together) runTogether(extraction, technology, all, inventory);
  return { extraction, seen: [...loaded.values()] };
}

/** Lets technologies speak of the code of one component. */
export function extractProgram(program: Program, technologies: readonly LoadedTechnology[]): Extraction {
  const extraction: Extraction = { facts: [], crashed: new Map(), notifications: [] };
  for (const technology of technologies) {
    for (const [kind, extractor] of technology.extractors) {
      if (extractor.fromProgram === undefined) continue;
      const { fromProgram } = extractor;
      collect(extraction, technology, kind, undefined, program.launch.directory, () => fromProgram(program));
    }
  }
  return extraction;
}

function run(
  extraction: Extraction,
  technology: LoadedTechnology,
  document: Document,
  embedded: string | undefined,
): void {
  for (const { kind, extractor } of wanted(technology, embedded ?? document.path, document.text)) {
    const { fromDocument } = extractor;
    if (fromDocument !== undefined)
      collect(extraction, technology, kind, embedded, document.path, () => fromDocument(document));
  }
}

/** What no document says alone: one includes, overlays or calls another. */
function runTogether(
  extraction: Extraction,
  technology: LoadedTechnology,
  documents: readonly Document[],
  inventory: Inventory,
): void {
  for (const [kind, { fromDocuments }] of technology.extractors) {
    if (fromDocuments === undefined) continue;
    collect(extraction, technology, kind, undefined, documents[0]?.path ?? '', () =>
      fromDocuments(documents, inventory),
    );
  }
}

/** The extractors of a technology that speak of documents, and of this one. */
function wanted(technology: LoadedTechnology, path: string, text: string): { kind: string; extractor: Extractor }[] {
  return [...technology.extractors].flatMap(([kind, extractor]) => {
    const { reads } = extractor;
    const speaks =
      reads === undefined || reads.some((read) => matcherOf(read)(path) && read.mentions?.test(text) !== false);
    return speaks && readsDocuments(extractor) ? [{ kind, extractor }] : [];
  });
}

function readsDocuments({ fromDocument, fromDocuments }: Extractor): boolean {
  return fromDocument !== undefined || fromDocuments !== undefined;
}

/** Whether, by its path alone, any extractor may speak of a document. */
function mayWant({ extractors, embedded }: LoadedTechnology, path: string): boolean {
  if (embedded !== undefined) return true;
  for (const extractor of extractors.values()) {
    const { reads } = extractor;
    if (readsDocuments(extractor) && (reads === undefined || reads.some((read) => matcherOf(read)(path)))) return true;
  }
  return false;
}

const matchers = new WeakMap<Read, (path: string) => boolean>();

function matcherOf(read: Read): (path: string) => boolean {
  let matches = matchers.get(read);
  if (matches === undefined) matchers.set(read, (matches = matcher(read)));
  return matches;
}

function collect(
  extraction: Extraction,
  { technology }: LoadedTechnology,
  kind: string,
  embedded: string | undefined,
  path: string,
  extract: () => ReturnType<NonNullable<Extractor['fromDocument']>>,
): void {
  try {
    for (const stated of extract()) extraction.facts.push(complete(stated, technology.id, embedded));
  } catch (error) {
    const reason = `${technology.title}: reading ${kind} failed: ${error instanceof Error ? error.message : String(error)}`;
    extraction.crashed.set(kind, reason);
    extraction.notifications.push({ level: 'error', message: reason, location: startOf(path) });
  }
}

function complete(stated: Stated, technology: string, embedded: string | undefined): Fact {
  return embedded === undefined ? { ...stated, technology } : { ...stated, technology, embedded };
}

/** Patterns without a slash are tried against the file's name, others against the whole path. */
function matcher({ paths, except }: Read): (path: string) => boolean {
  const whole = combined(paths.filter((pattern) => pattern.includes('/')));
  const names = combined(paths.filter((pattern) => !pattern.includes('/')));
  return (path) =>
    (names?.test(path.slice(path.lastIndexOf('/') + 1)) === true || whole?.test(path) === true) &&
    except?.test(path) !== true;
}

/** One expression for all patterns: picomatch tries them one by one, which took three times as long over a large repository. */
function combined(patterns: readonly string[]): RegExp | undefined {
  if (patterns.length === 0) return undefined;
  return new RegExp(patterns.map((pattern) => picomatch.makeRe(pattern, { dot: true }).source).join('|'));
}
