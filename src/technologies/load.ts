import { load, members } from '../members.js';
import { kindNames } from '../facts/vocabulary.js';
import { joinModels, type PythonModels } from '../link/python/models.js';
import type { DocumentStore } from '../parse/documents.js';
import type { Assemble, Extractor, FindEmbedded, Technology } from './technology.js';

/** The extractors of one technology, by fact kind. */
export interface LoadedTechnology {
  readonly technology: Technology;
  readonly extractors: ReadonlyMap<string, Extractor>;
  readonly embedded: FindEmbedded | undefined;
  readonly assemble: Assemble | undefined;
}

/** The faces of all technologies: what they read and run, without their extractors. */
export async function technologies(): Promise<readonly Technology[]> {
  const { folders } = members('technologies');
  const found: Technology[] = [];
  for (const id of folders) {
    if (!members(`technologies/${id}`).modules.includes('index')) continue;
    const module = (await load(`technologies/${id}/index`)) as { technology: Technology };
    found.push(module.technology);
  }
  return found;
}

/** Loads the extractors of technologies, and the languages of files that they may open themselves. */
export async function loadTechnologies(
  known: readonly Technology[],
  ids: Iterable<string>,
  documents: DocumentStore,
): Promise<LoadedTechnology[]> {
  const wanted = new Set(ids);
  const loaded: LoadedTechnology[] = [];
  for (const technology of known) {
    if (!wanted.has(technology.id)) continue;
    await documents.load(technology.reads.map((read) => read.language));
    loaded.push(await loadTechnology(technology));
  }
  return loaded;
}

/** What all technologies know of libraries that settings call. */
export async function modelsOf(): Promise<PythonModels> {
  const { folders } = members('technologies');
  const all: Partial<PythonModels>[] = [];
  for (const id of folders) {
    if (!members(`technologies/${id}`).modules.includes('evaluation')) continue;
    all.push(((await load(`technologies/${id}/evaluation`)) as { models: Partial<PythonModels> }).models);
  }
  return joinModels(all);
}

/** Loads the extractors of a technology: its files that are named like fact kinds. */
export async function loadTechnology(technology: Technology): Promise<LoadedTechnology> {
  const folder = `technologies/${technology.id}`;
  const { modules } = members(folder);
  const kinds = new Set(kindNames());
  const extractors = new Map<string, Extractor>();
  for (const name of modules) if (kinds.has(name)) extractors.set(name, (await load(`${folder}/${name}`)) as Extractor);
  return {
    technology,
    extractors,
    embedded: modules.includes('embedded')
      ? ((await load(`${folder}/embedded`)) as { embedded: FindEmbedded }).embedded
      : undefined,
    assemble: modules.includes('assemble')
      ? ((await load(`${folder}/assemble`)) as { assemble: Assemble }).assemble
      : undefined,
  };
}
