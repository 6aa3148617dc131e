import type { Location } from '../../location.js';
import { insideRepository, kindOfPath, readText } from './files.js';
import { LIMITS, charge, exceptionClass, fail, isCaught, mayFail, type Interpreter } from './interpreter.js';
import { unknownValue } from './values.js';
import { REPOSITORY, type Origin, type Value } from '../value.js';

/** The text of a file that the program opens for reading, or what becomes of opening it. */
export function openFile(py: Interpreter, path: string, at: Location, origin: Origin): string | Value {
  const inner = insideRepository(py, path);
  const kind = kindOfPath(py, path);
  const shown = path.startsWith(`${REPOSITORY}/`) ? path.slice(REPOSITORY.length + 1) : path;
  if (kind === undefined) return unknownValue(`${shown} is up to the running system`, origin);
  const missing = `${shown} is read, and is not in the repository`;
  if (kind === 'absent' && inner === undefined && isCaught(py, exceptionClass(py, 'FileNotFoundError'))) {
    // Who is ready for its absence expects it somewhere: outside of the repository only the machine can tell.
    mayFail(py, 'FileNotFoundError', missing, at);
    return unknownValue(`${shown} is up to the running system`, origin);
  }
  if (kind === 'absent') return fail(py, 'FileNotFoundError', missing, at);
  if (kind === 'directory') return fail(py, 'IsADirectoryError', `${shown} is a folder`, at);
  const text = readText(py, path);
  if (text === undefined || text.length > LIMITS.characters)
    return unknownValue(`${shown} cannot be read or is too large`, origin);
  charge(py, text.length >> 6);
  if (inner !== undefined) py.sources.set(text, inner);
  return text;
}
