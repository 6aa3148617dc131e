import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { databasesOf } from '../stated-clients.js';
import { CLIENTS } from './clients.js';

export function* fromProgram(program: Program): Iterable<Stated> {
  for (const kind of CLIENTS) yield* databasesOf(program, kind);
}
