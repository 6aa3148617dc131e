import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { argument, at } from '../javascript-place.js';
import { returnedBy } from '../returned-options.js';

export const THROTTLER = '@nestjs/throttler';

/** The options themselves, or those that `useFactory` gives back; a list of limits has no place for a store. */
export function nestOptions(program: Program, use: Use): Placed | undefined | 'not known' {
  const given = argument(use, 0);
  if (given === undefined || given.node.type === 'ArrayExpression') return undefined;
  if (!use.steps.includes('forRootAsync')) return given;
  const factory = program.javascript.option(given, 'useFactory');
  const fn = factory === undefined || factory === 'absent' ? undefined : program.javascript.functionOf(factory);
  if (fn === undefined) return 'not known';
  const returned = returnedBy(fn.node.body);
  if (returned === undefined) return 'not known';
  return returned.type === 'ArrayExpression' ? undefined : at(fn, returned);
}

/** Whether a controller that logs people in has a limit of its own. */
export function protectsLogins({ javascript }: Program): boolean {
  return javascript.modules.some(
    ({ path, document }) =>
      /auth|login|session/i.test(path) && /@(?:Throttle|UseGuards)\(\s*(?:\{|\d|ThrottlerGuard)/.test(document.text),
  );
}
