import { state, type Stated } from '../../facts/fact.js';
import { middleware } from '../../facts/middleware.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { chainOf, type Step } from './chain.js';
import { PACKAGES } from './middleware-packages.js';
import { misplacementOf } from './middleware-order.js';
import { useOf } from './middleware-use.js';

/** What each application is given by `use` for all paths, as far as it comes from packages that are known. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (!program.javascript.imports('express')) return;
  for (const chain of chainOf(program)) {
    const before: Step[] = [];
    for (const step of chain) {
      const known = PACKAGES.get(step.name);
      if (known === undefined) continue;
      const { used, reason } = useOf(program, step, before);
      yield state(middleware, step.location, {
        name: `${step.name}()`,
        position: step.position ?? unknown('the order of the files that make the chain is not known'),
        purpose: known.purpose,
        used,
        reason,
        ...misplacementOf(step, before),
      });
      before.push(step);
    }
  }
}
