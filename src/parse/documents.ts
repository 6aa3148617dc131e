import type { Inventory } from '../discover/inventory.js';
import { lineStarts, regionAt, type Notification } from '../location.js';
import { load, members } from '../members.js';
import type { Document, Documents, Language } from './document.js';

export interface DocumentStore extends Documents {
  /** A document of a text that stands inside another file; its offsets are those of that file. */
  embedded(path: string, text: string, language: string): Document;
  /** Starts the parsers of these languages; must be awaited before their documents are asked for. */
  load(languages: Iterable<string>): Promise<void>;
  readonly notifications: Notification[];
}

/** Parses on demand, each file at most once per language; trouble becomes one notification per file. */
export function documentStore(inventory: Inventory): DocumentStore {
  const known = new Set(members('parse').folders);
  const languages = new Map<string, Language>();
  const documents = new Map<string, Document | undefined>();
  const notifications: Notification[] = [];

  function parse(path: string, text: string, id: string): Document {
    const language = languages.get(id);
    if (language === undefined) throw new Error(`language ${id} is not loaded`);
    const lines = lineStarts(text);
    const { tree, trouble, comments } = language.parse(text, path);
    const first = trouble[0];
    if (first !== undefined) {
      const more = trouble.length > 1 ? ` (and ${trouble.length - 1} more)` : '';
      const region = regionAt(lines, first.offset, first.offset);
      notifications.push({
        level: 'warning',
        message: `${language.title}: ${first.message}${more}`,
        location: { uri: path, region },
      });
    }
    return { path, language: id, text, lines, tree, comments };
  }

  return {
    notifications,
    get<Tree>(path: string, language: string) {
      const key = `${language}\0${path}`;
      if (!documents.has(key)) {
        const text = inventory.read(path);
        documents.set(key, text === undefined ? undefined : parse(path, text, language));
      }
      // The caller names the language, and with it the shape of its tree.
      return documents.get(key) as Document<Tree> | undefined;
    },
    embedded: parse,
    async load(ids) {
      for (const id of ids) {
        if (languages.has(id)) continue;
        if (!known.has(id)) throw new Error(`no language ${id} in parse/`);
        const module = (await load(`parse/${id}/index`)) as { language: Language };
        languages.set(id, module.language);
      }
    },
  };
}
