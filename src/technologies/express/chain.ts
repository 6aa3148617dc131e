import type { TSESTree } from '@typescript-eslint/types';
import type { FromPackage, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import type { Location } from '../../location.js';
import { groupBy } from '../../group-by.js';
import { isReached } from '../reached.js';

/** One middleware of an application, for all paths. */
export interface Step {
  /** The package, and the member that makes it: `express.json`. */
  readonly name: string;
  /** From 1; undefined where files that are not in a known order make the chain. */
  readonly position: number | undefined;
  readonly location: Location;
  readonly made: FromPackage | undefined;
}

/** What each application of the program is given by `use` without a path, in order. */
export function chainOf(program: Program): Step[][] {
  const uses = program.javascript
    .uses('express')
    .filter(({ steps, receiver }) => receiver !== undefined && steps.at(-1) === 'use' && steps[0] !== 'Router');
  // A call whose receiver may be made in two ways stands there twice.
  const distinct = uses.filter((use, index) => uses.findIndex(({ node }) => node === use.node) === index);
  return [...groupBy(distinct, ({ receiver }) => receiver?.node).values()].map((calls) => {
    const ordered = calls.every(({ module }) => module.path === calls[0]?.module.path);
    let position = 0;
    return calls.flatMap((call) => {
      if (isReached(program, call) === false) return [];
      return handlersOf(program, call).map((handler): Step => {
        position += 1;
        const made = program.javascript.trace(handler).find((one) => one.kind === 'package');
        return {
          name: made === undefined ? '' : nameOf(made),
          position: ordered ? position : undefined,
          location: program.javascript.locate(handler),
          made,
        };
      });
    });
  });
}

/** Nothing where the call names a path: that is a part of the application, not a step of every request. */
function handlersOf(program: Program, { module, node }: Use): Placed[] {
  const [first] = node.arguments;
  if (first === undefined || first.type === 'SpreadElement') return [];
  const path = text(program.javascript.value({ module, node: first }));
  if (path !== undefined && path !== '/') return [];
  return node.arguments.slice(path === undefined ? 0 : 1).flatMap((argument) => listed({ module, node: argument }));
}

function listed({ module, node }: Placed): Placed[] {
  if (node.type === 'SpreadElement') return [];
  if (node.type !== 'ArrayExpression') return [{ module, node }];
  return node.elements
    .filter((element): element is TSESTree.Expression => element !== null && element.type !== 'SpreadElement')
    .map((element) => ({ module, node: element }));
}

function nameOf({ package: name, steps }: FromPackage): string {
  const members = steps.filter((step) => step !== '()' && step !== 'new' && step !== 'default');
  return [name, ...members].join('.');
}
