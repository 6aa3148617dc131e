import type { Location } from '../../location.js';
import { insideRepository } from './files.js';
import { touch } from './journal.js';
import type { Interpreter } from './interpreter.js';
import { directoryOf } from './path-text.js';
import { dependingOn, derived, strValue, unite } from './values.js';
import { REPOSITORY, type Origin, type Value } from '../value.js';

/** What a variable of the environment holds; undefined where nothing sets it. */
export function readVariable(py: Interpreter, name: string): Value | undefined {
  const environ: Value = py.environ;
  // Variables were set whose names are not known: this may be one of them.
  const found = environ.kind === 'dict' ? environ.entries.get(`s${name}`)?.value : environ;
  return found === undefined ? undefined : dependingOn(found, [name]);
}

/** Sets a variable, as reading a file of variables does. */
export function setVariable(py: Interpreter, name: string, value: Value): void {
  touch(py, py.environ);
  py.environ.entries.set(`s${name}`, { key: strValue(name), value });
}

/** Of a value that depends on a variable, whether that is set or not. */
export function originOfVariable(name: string, at: Location, ...from: readonly Value[]): Origin {
  const origin = derived(at, ...from);
  return { locations: origin.locations, variables: unite(origin.variables, [name]) };
}

/** The folder of the file whose code runs, as the program sees it. */
export function callerFolder(py: Interpreter): string {
  return `${REPOSITORY}/${directoryOf(py.frame?.module.path ?? '')}`.replace(/\/$/, '');
}

/** The first file of a name in the caller's folder or one above it, below the repository. */
export function searchUpwards(py: Interpreter, names: readonly string[], from = callerFolder(py)): string | undefined {
  for (let folder = from; folder.startsWith(REPOSITORY); folder = directoryOf(folder)) {
    for (const name of names) {
      const path = `${folder}/${name}`;
      const inner = insideRepository(py, path);
      if (inner !== undefined && py.inventory.has(inner)) return path;
    }
    if (folder === REPOSITORY) break;
  }
  return undefined;
}

/** The place of a line in a file of variables. */
export function lineOf(py: Interpreter, path: string, line: number): Location {
  const uri = insideRepository(py, path) ?? path;
  return { uri, region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 } };
}
