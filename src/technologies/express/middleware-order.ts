import type { Step } from './chain.js';
import { PACKAGES } from './middleware-packages.js';

/** What each response must pass on its way in, so that a file pays for it too; only what asks a store or a database is dear. */
const DEAR = new Set(['express-session', 'passport.session']);

/** https://expressjs.com/en/guide/using-middleware.html: the chain runs in the order of `app.use`. */
export function misplacementOf(
  step: Step,
  before: readonly Step[],
): {
  misplaced: 'no' | 'badly';
  misplacement: string;
} {
  const purpose = PACKAGES.get(step.name)?.purpose;
  const dear = before.find(({ name }) => DEAR.has(name));
  if (purpose === 'static-files' && dear !== undefined)
    return { misplaced: 'badly', misplacement: `it stands behind ${dear.name}(), which asks its store for each file` };
  const files = before.find(({ name }) => PACKAGES.get(name)?.purpose === 'static-files');
  if (purpose === 'compression' && files !== undefined)
    return { misplaced: 'badly', misplacement: `it stands behind ${files.name}(), whose files leave without it` };
  return { misplaced: 'no', misplacement: '' };
}
