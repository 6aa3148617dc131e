import type { Program } from '../../link/program.js';

/** What brings relations with rows, be it of Django or of a library or class that does it by lists of names. */
const BRINGS = /select_related|prefetch|eager/gi;
/** Libraries that bring what is read without being told. */
const UNTOLD =
  /\b(?:auto_?prefetch|django_auto_prefetching|django_virtual_models|zen_queries|AutoPrefetch\w*|seal|query_optimizer|gql_optimizer)\b/;
/** Behind such a word names of relations are looked for: long lists have long lines. */
const REACH = 1200;

interface Named {
  readonly steps: ReadonlySet<string>;
  /** Relations are brought whose names stand nowhere. */
  readonly untold: boolean;
}

/**
 * Whether a query that is not followed can bring a relation: one that no `select_related()`, no `prefetch_related()` and no list of
 * such names mentions anywhere is brought by nobody.
 */
export function mayBeBroughtUnseen(program: Program, path: string): boolean {
  const { steps, untold } = namedIn(program);
  return untold || path.split('__').every((step) => steps.has(step));
}

function namedIn(program: Program): Named {
  return program.memo('django:brought-anywhere', () => {
    const steps = new Set<string>();
    let untold = false;
    for (const { document } of program.pythonCode.modulesWith(/select_related|prefetch|eager/i)) {
      const { text } = document;
      untold ||= UNTOLD.test(text);
      let end = 0;
      for (const { index } of text.matchAll(BRINGS)) {
        // Each part of a text is read once.
        const part = text.slice(Math.max(index, end), index + REACH);
        end = Math.max(end, index + REACH);
        untold ||= /^select_related\(\s{0,9}\)|^(?:select|prefetch)_related\([^)]{0,200}_meta\b/.test(part);
        for (const [, name = ''] of part.matchAll(/["']([A-Za-z_]\w*)["']/g))
          for (const step of name.split('__')) steps.add(step);
      }
    }
    return { steps, untold };
  });
}
