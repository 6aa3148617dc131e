import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isReached } from '../reached.js';

const PACKAGES = ['compression', 'express-compression', 'shrink-ray-current', 'http-compression'];

/** `app.use(compression())` compresses every response of a kilobyte or more. Its absence says nothing: a proxy may compress. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const name of PACKAGES) {
    if (!program.javascript.imports(name)) continue;
    for (const use of program.javascript.uses(name)) {
      if (use.steps.length > 1 || (use.steps.length === 1 && use.steps[0] !== 'default')) continue;
      const reached = isReached(program, use);
      if (reached !== true) continue;
      yield state(compression, program.javascript.locate(use), {
        layer: 'application',
        enabled: true,
        types: 'text',
        where: `${name}()`,
        remedy: '',
      });
      return;
    }
  }
}
