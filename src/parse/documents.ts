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

interface Remembered {
  readonly document: Document;
  readonly notification: Notification | undefined;
}

/** Documents that outlive an audit: the same text at the same path has the same tree, which nobody changes. */
export interface DocumentMemory {
  find(path: string, language: string, text: string): Remembered | undefined;
  keep(remembered: Remembered): void;
  /** Forgets what was not asked for since the last time. */
  forget(): void;
}

export function documentMemory(): DocumentMemory {
  let old = new Map<string, Remembered[]>();
  let current = new Map<string, Remembered[]>();
  const keep = (remembered: Remembered): void => {
    const { path, language } = remembered.document;
    const key = `${language}\0${path}`;
    const there = current.get(key);
    if (there === undefined) current.set(key, [remembered]);
    else there.push(remembered);
  };
  return {
    keep,
    find(path, language, text) {
      const key = `${language}\0${path}`;
      // Several texts may stand embedded at one path.
      const isSame = ({ document }: Remembered): boolean => document.text === text;
      const known = current.get(key)?.find(isSame);
      if (known !== undefined) return known;
      const before = old.get(key)?.find(isSame);
      if (before !== undefined) keep(before);
      return before;
    },
    forget() {
      old = current;
      current = new Map();
    },
  };
}

/** Parses on demand, each file at most once per language; trouble becomes one notification per file. */
export function documentStore(inventory: Inventory, memory?: DocumentMemory): DocumentStore {
  const known = new Set(members('parse').folders);
  const languages = new Map<string, Language>();
  const documents = new Map<string, Document | undefined>();
  const notifications: Notification[] = [];

  function parse(path: string, text: string, id: string): Document {
    const language = languages.get(id);
    if (language === undefined) throw new Error(`language ${id} is not loaded`);
    const known = memory?.find(path, id, text);
    if (known !== undefined) {
      if (known.notification !== undefined) notifications.push(known.notification);
      return known.document;
    }
    const lines = lineStarts(text);
    const { tree, trouble, comments } = language.parse(text, path);
    const first = trouble[0];
    let notification: Notification | undefined;
    if (first !== undefined) {
      const more = trouble.length > 1 ? ` (and ${trouble.length - 1} more)` : '';
      const region = regionAt(lines, first.offset, first.offset);
      notification = {
        level: 'warning',
        message: `${language.title}: ${first.message}${more}`,
        location: { uri: path, region },
      };
      notifications.push(notification);
    }
    const document = { path, language: id, text, lines, tree, comments };
    memory?.keep({ document, notification });
    return document;
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
