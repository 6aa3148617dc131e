import type { Program } from '../../../link/program.js';
import { text } from '../../../link/value.js';
import { locate } from '../../../parse/document.js';
import type { Call, Node } from '../../../parse/python/ast.js';
import { walkPython } from '../../../parse/python/walk.js';
import { isGuessed } from '../../guessed.js';
import { dottedName, importsOf } from '../imports.js';
import type { DjangoSettings } from '../settings.js';
import { documentsWith } from '../sources.js';
import { countedInCache } from './counted-in.js';
import type { Limit } from './throttles.js';

/** https://django-ratelimit.readthedocs.io/en/stable/settings.html */
const RATELIMIT = /^(?:django_)?ratelimit\.(?:decorators\.ratelimit|core\.(?:is_ratelimited|get_usage))$/;
/** https://django-ninja.dev/guides/throttling/: they count in the default cache. */
const NINJA = /^ninja\.throttling\.\w+Throttle$/;

/** Who counts by the name that somebody types counts attempts on an account: `key="post:username"`. */
const BY_ACCOUNT = /^(?:post|get|field):(?:user|e-?mail|phone|account)/i;

/** Limits that a call at a view makes: `@ratelimit(key="ip", rate="5/m")`, `throttle=[AnonRateThrottle("10/s")]`. */
export function* decorators(program: Program, settings: DjangoSettings): Iterable<Limit> {
  const enabled = settings.get('RATELIMIT_ENABLE');
  const isOff = enabled?.kind === 'bool' && !enabled.value;
  for (const document of documentsWith(program, /\bratelimit\b|\bis_ratelimited\b|\bninja\.throttling\b/)) {
    const imports = importsOf(document);
    const calls: { call: Call; owner: string; alias: string }[] = [];
    walkPython(document.tree, (node, parents) => {
      if (node.type !== 'Call') return;
      const called = dottedName(node.func, imports) ?? '';
      if (RATELIMIT.test(called)) {
        if (isOff) return;
        const alias = text(settings.get('RATELIMIT_USE_CACHE')) ?? 'default';
        calls.push({ call: node, owner: ownerOf(parents), alias });
      } else if (NINJA.test(called)) calls.push({ call: node, owner: ownerOf(parents), alias: 'default' });
    });
    for (const { call, owner, alias } of calls) {
      const counted = countedInCache(program, settings, alias);
      if (counted === undefined) continue;
      const names = [owner, ...textsIn(call)];
      const protects = names.some((name) => isGuessed(name) || BY_ACCOUNT.test(name)) ? 'logins' : 'requests';
      yield { name: owner, protects, location: locate(document, call), counted };
    }
  }
}

/** The view that a call decorates, or stands in; else what the call is given to: `api = NinjaAPI(throttle=...)`. */
function ownerOf(parents: readonly Node[]): string {
  const owner = parents.findLast((node) => node.type === 'FunctionDef' || node.type === 'ClassDef');
  if (owner !== undefined) return owner.name;
  const assigned = parents.findLast((node) => node.type === 'Assign')?.targets[0];
  return assigned?.type === 'Name' ? assigned.id : 'all requests';
}

/** What a limit counts by, and the name of its group: `key="post:username"`. */
function textsIn(call: Call): readonly string[] {
  const given = [...call.args, ...call.keywords.map(({ value }) => value)];
  return given.flatMap((value) => (value.type === 'Constant' && value.kind === 'str' ? [value.value] : []));
}
