import type { Scope } from '../../facts/fact.js';
import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { argument, at, nameOf } from '../javascript-place.js';
import { isReached } from '../reached.js';
import { optionsOrReturned } from '../returned-options.js';

export interface Auth {
  readonly call: Use;
  readonly options: Placed | undefined;
}

export function authsOf(program: Program): Auth[] {
  const { javascript } = program;
  if (!javascript.imports('better-auth')) return [];
  return javascript
    .uses('better-auth')
    .filter(
      (use) => use.receiver === undefined && use.steps.join('.') === 'betterAuth' && isReached(program, use) !== false,
    )
    .map((call) => {
      const given = argument(call, 0);
      return { call, options: given && optionsOrReturned(program, given) };
    });
}

export interface Kept {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
}

const NETWORK = /redis|valkey|upstash|memcache|dynamo|(?:^|[^a-z])kv(?:[^a-z]|$)/i;

/** `secondaryStorage: { get, set, delete }`: whatever its functions ask (https://www.better-auth.com/docs/concepts/database#secondary-storage). */
export function keptBeside(program: Program, storage: Placed): Kept {
  const { javascript } = program;
  const reason = 'what the secondary storage keeps entries in is not known';
  for (const one of javascript.trace(storage)) {
    if (one.kind === 'package' && NETWORK.test(one.package)) return { store: 'Redis', scope: 'cluster' };
    if (one.kind !== 'repository') continue;
    const { module, node } = one.at;
    const asked: string[] = [];
    let memory = false;
    walkJavaScript(node, (inner) => {
      if (inner.type !== 'MemberExpression' || !/^(?:get|set|delete|del|setex|setEx)$/.test(nameOf(inner.property)))
        return;
      asked.push(nameOf(inner.object));
      memory ||= javascript
        .trace(at(one.at, inner.object))
        .some((made) => made.kind === 'package' && made.package === 'node:global' && made.steps[0] === 'Map');
    });
    if (memory) return { store: 'the memory of the process', scope: 'process' };
    if (asked.some((name) => NETWORK.test(name)) || NETWORK.test(module.document.text.slice(...node.range)))
      return { store: 'Redis', scope: 'cluster' };
  }
  return { store: unknown(reason), scope: unknown<Scope>(reason, ['process', 'cluster']) };
}
