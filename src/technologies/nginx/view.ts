import type { Program } from '../../link/program.js';
import { deploys } from '../deploys.js';
import { locate } from '../../parse/document.js';
import type { Location } from '../../location.js';
import { besideIt } from './beside-it.js';
import { launched } from './launched.js';
import { scopeOf, type Entry, type Found, type NginxDocument, type Scope } from './scope.js';

/**
 * A configuration as one extractor run sees it: a file alone, or all files that a component runs nginx with. What a
 * file says alone is stated of the file; only what other files decide is stated of the component, so nothing is said twice.
 */
export interface View {
  readonly root: Scope;
  /** Undefined for a file alone. */
  readonly program: Program | undefined;
  /** Whether what it includes stands elsewhere in the repository, and is put in its place. */
  readonly beside?: true;
}

export function* viewOf(document: NginxDocument): Generator<View> {
  if (!deploys(document.path)) return;
  yield { root: scopeOf(document, () => []), program: undefined };
}

/** Files whose includes are found elsewhere in the repository: they say what none of them says alone. */
export function* viewsBeside(documents: readonly NginxDocument[]): Generator<View> {
  const resolve = besideIt(documents);
  for (const document of documents)
    if (deploys(document.path) && document.text.includes('include'))
      yield { root: scopeOf(document, resolve), program: undefined, beside: true };
}

export function* viewsOf(program: Program): Generator<View> {
  const root = launched(program);
  if (root !== undefined) yield { root, program };
}

/**
 * Whether this view is the one to state what these searches found. `leaving` says that a file alone may take it that
 * those who include it say nothing.
 */
export function states(view: View, subject: NginxDocument, searches: readonly Found[], leaving: boolean): boolean {
  const alone = searches.every(
    ({ reach, entries }) =>
      reach === 'file' || (reach === 'left' && leaving && (view.program === undefined || entries.length === 0)),
  );
  if (view.beside === true)
    return (
      leaving &&
      !alone &&
      subject === view.root.document &&
      searches.every(({ reach, missing }) => reach !== 'included' || missing === undefined)
    );
  return view.program === undefined ? alone : !alone || !deploys(subject.path);
}

export function place({ directive, document }: Entry): Location {
  return locate(document, { start: directive.start, end: directive.headEnd });
}
