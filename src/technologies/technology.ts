import type { Inventory } from '../discover/inventory.js';
import type { Stated } from '../facts/fact.js';
import type { Program } from '../link/program.js';
import type { Notification } from '../location.js';
import type { Document } from '../parse/document.js';
import type { DocumentStore } from '../parse/documents.js';

/** Which files a technology looks at. */
export interface Read {
  /** A folder of `parse/`. */
  readonly language: string;
  /** Globs against the path from the root (picomatch, dot files included); a pattern without `/` is tried against the file's name. */
  readonly paths: readonly string[];
  /** Paths that are left out although they match, before anybody opens the file. */
  readonly except?: RegExp;
  /** A cheap look at the text before it is parsed: no match, no parse. Must be linear. */
  readonly mentions?: RegExp;
}

/** How a workload is known to run this technology. */
export interface Runs {
  /** Against the image name without registry and tag: `library/nginx`. */
  readonly images?: RegExp;
  /** The same against images that may be the project's own, which count where something is mounted at one of these paths. */
  readonly configured?: { readonly images: RegExp; readonly at: RegExp };
  /** Against the base name of a command's program, the module after `python -m`, or the script after `python`. */
  readonly programs?: RegExp;
  /** Against the words after the program, joined by blanks: `worker` of `celery -A shop worker`. */
  readonly arguments?: RegExp;
  readonly role: Role;
}

export const ROLES = ['web', 'worker', 'scheduler', 'job', 'proxy', 'pooler', 'database', 'store'] as const;
/** What a component is there for. `store` keeps data and is no relational database: a cache, a broker. */
export type Role = (typeof ROLES)[number];

/**
 * One folder in `technologies/`, found by looking there. `index.ts` exports `technology`; every other file that is
 * named like a fact kind exports an extractor of that kind, `fromDocument`, `fromProgram` or both; `evaluation.ts`
 * exports `models` of a library's functions for the evaluator; `spec.md` is documentation and test.
 */
export interface Technology {
  readonly id: string;
  readonly title: string;
  readonly reads: readonly Read[];
  readonly runs?: readonly Runs[];
  /**
   * Ids of the technologies that can run its code. A component that is known to run something, and none of these, does
   * not run it, whatever lies in its folder. Absent where that cannot be told.
   */
  readonly runsOn?: readonly string[];
  /** It speaks of how anything is started, be its code here or not. */
  readonly everywhere?: true;
  /** Its files say how others of their language are put together; see `Assemble`. */
  readonly assembles?: true;
}

/** A file inside a file: an entry of a ConfigMap. A technology whose files hold such exports `embedded` from `embedded.ts`. */
export interface Embedded {
  /** The name it would have on disk: `nginx.conf`. */
  readonly name: string;
  /** The text of the whole outer file with everything outside the entry blanked, so that offsets need no translation. */
  readonly text: string;
  /** The path of the outer file, where that is not the document that was asked. */
  readonly path?: string;
}

export type FindEmbedded = (document: Document) => Iterable<Embedded>;

/** What somebody makes of several files before they are applied. */
export interface Assembly {
  /** Read by whoever reads such documents, in place of the files. */
  readonly documents: readonly Document[];
  /** Paths of files that count as part of these only, or of nothing that production runs. */
  readonly replaced: ReadonlySet<string>;
  readonly notifications: readonly Notification[];
}

/** A technology whose files say how others are put together exports `assemble` from `assemble.ts`. */
export type Assemble = (inventory: Inventory, documents: DocumentStore) => Assembly;

/** States what one document says; pure: the same text gives the same facts. */
export type FromDocument = (document: Document) => Iterable<Stated>;
/** States what all documents of a technology say together, where files lead to each other. Asked once, after all were parsed; `inventory` has what they include. */
export type FromDocuments = (documents: readonly Document[], inventory: Inventory) => Iterable<Stated>;
/** States what the code of one component says, across files. */
export type FromProgram = (program: Program) => Iterable<Stated>;

export interface Extractor {
  /** Where one kind needs fewer of the technology's documents than the others: only these are parsed for it. */
  readonly reads?: readonly Read[];
  readonly fromDocument?: FromDocument;
  readonly fromDocuments?: FromDocuments;
  readonly fromProgram?: FromProgram;
}
