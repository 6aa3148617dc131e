import type { Location } from '../../location.js';
import type { Frame, Interpreter } from './interpreter.js';
import { forgetNames } from './scope.js';

/** Methods that change a list, set or dict. */
export const CHANGING: ReadonlySet<string> = new Set(
  'append extend insert remove pop clear sort reverse update setdefault popitem add discard'.split(' '),
);

/** A table that a library brought, by a name or with all its names, is changed through one: what it holds now is not known. */
export function loseExternal(py: Interpreter, frame: Frame, name: string | undefined, at: Location): void {
  if (name === undefined) return;
  for (const space of new Set([frame.locals, frame.module.namespace])) {
    const held = space.entries.get(`s${name}`)?.value;
    if (held === undefined) continue;
    if (held.kind === 'external') forgetNames(py, frame, [name], `${held.name} is of a library, and was changed`, at);
    return;
  }
  const star = frame.module.namespace.entries.get('s*')?.value;
  if (star?.kind !== 'unknown' || py.builtins.has(name)) return;
  // A table that came with a star import of a library: it is there, whatever else it holds.
  forgetNames(py, frame, [name], `${name} is of a star import, and was changed: ${star.reason}`, at);
}
