import type { Program } from '../../link/program.js';
import { sessionBackEnd } from './back-ends.js';
import { lineageOf, type Lineage } from './lineage.js';

/** SESSION_ENGINE names a module; one of the project is followed to the class that its SessionStore extends. */
export function sessionEngine(
  program: Program,
  module: string,
): Lineage<NonNullable<ReturnType<typeof sessionBackEnd>>> | undefined {
  return lineageOf(program, `${module}.SessionStore`, (name) =>
    name.endsWith('.SessionStore') ? sessionBackEnd(name.slice(0, -'.SessionStore'.length)) : undefined,
  );
}
