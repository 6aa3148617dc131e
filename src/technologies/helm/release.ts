import type { Inventory } from '../../discover/inventory.js';
import type { DocumentStore } from '../../parse/documents.js';
import type { Chart } from './charts.js';
import type { Holes } from './render.js';
import { flag, NIL, numeral, text, unread, withoutMarks, type Dict, type Value } from './value.js';

/** A chart as somebody installs it. */
export interface Release {
  readonly name: string;
  /** Folder of the chart. */
  readonly chart: string;
  readonly namespace: string | undefined;
  /** What lies over the chart's own values, the one that wins last. */
  readonly layers: readonly Dict[];
  /** Paths of the files among those. */
  readonly files: readonly string[];
  /** The file that says so, and what it calls the place it is for. */
  readonly path: string;
  /** Whether it is said to be for production, for something else, or nobody says. */
  readonly production: boolean | undefined;
  /** False where it is said not to be installed. */
  readonly installed: boolean;
}

/** What all who look for releases are given. */
export interface Reading {
  readonly inventory: Inventory;
  readonly documents: DocumentStore;
  readonly charts: ReadonlyMap<string, Chart>;
  /** What is not known in values that templates make. */
  readonly holes: Holes;
}

/** `--set image.tag=x` as values: https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set. */
export function valueOnPath(path: string, value: Value): Dict | undefined {
  const keys = path.split(/(?<!\\)\./).map((key) => withoutMarks(key.replaceAll('\\.', '.')));
  // Entries of lists would lie over lists that only the chart has.
  if (keys.length > 50 || keys.some((key) => key === '' || key.includes('['))) return undefined;
  return keys.reduceRight<Value>(
    (inner, key) => ({ kind: 'dict', entries: new Map([[key, inner]]), places: new Map() }),
    value,
  ) as Dict;
}

/** A value as a command line writes it. */
export function writtenValue(written: string): Value {
  if (/[$`]|\{\{/.test(written)) return unread('a variable of whoever installs it');
  if (written === 'true' || written === 'false') return flag(written === 'true');
  if (written === 'null') return NIL;
  return /^-?\d{1,15}$/.test(written) ? numeral(Number(written)) : text(withoutMarks(written));
}

const OTHER =
  /^(?:stag(?:e|ing)?|stg|uat|qa|preprod|preview|pr|review|sandbox|scratch|test|tests|testing|e2e|ci|kind|minikube|k3d|dev|devel|develop|development|local|localhost|demo|example|examples|integration|nonprod)$/;

/** What words say of what they are for; among several the last that says anything. */
export function isForProduction(written: string): boolean | undefined {
  let says: boolean | undefined;
  for (const word of written
    .toLowerCase()
    .replace(/(?:pre|non)[-_ ]?prod/g, 'nonprod')
    .split(/[^a-z0-9]+/)) {
    if (/^(?:prod|production|prd|live)$/.test(word)) says = true;
    else if (OTHER.test(word)) says = false;
  }
  return says;
}
