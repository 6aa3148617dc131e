import type { TSESTree } from '@typescript-eslint/types';
import { state, type Stated } from '../../facts/fact.js';
import { sessionStore } from '../../facts/session-store.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { isOnlyInstaller } from '../installer.js';
import { isReached } from '../reached.js';
import { sessionCalls, type SessionCall } from './middleware-calls.js';
import { remedyFor } from './remedy.js';
import { IN_MEMORY, type StorePlace } from './place.js';
import { either, notKnown, placeOfStore } from './store-place.js';

/** Who sees the sessions of each place that sets some up. A store that is made and given to nobody changes nothing. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const call of sessionCalls(program)) {
    if (isOnlyInstaller(call.call.module.path)) continue;
    if (isReached(program, call.call) !== false) yield stated(program, call);
  }
}

const IN_COOKIE: StorePlace = { store: 'signed cookies', keeper: 'own', scope: 'cluster', evidence: [] };

function stated(program: Program, session: SessionCall): Stated {
  const { javascript } = program;
  const { call, options, otherwise, setting } = session;
  const unset = otherwise === 'cookie' ? IN_COOKIE : IN_MEMORY;
  const given = options === undefined ? 'absent' : javascript.option(options, 'store');
  const assigned =
    options === undefined ? [] : assignments(options, 'store').filter((one) => isReached(program, one) !== false);
  const written = given === undefined || given === 'absent' ? undefined : given;
  const last = assigned.at(-1);
  const places =
    given === undefined
      ? [notKnown('the options of the session are not known')]
      : [written === undefined ? unset : placeOfStore(program, written)];
  // A later assignment that is certain covers what stands in the options; one under an open condition may.
  for (const one of assigned) {
    if (isReached(program, one) === true) places.length = 0;
    places.push(placeOfStore(program, one));
  }
  const place = either(places);
  return state(
    sessionStore,
    javascript.locate(last ?? written ?? call),
    {
      store: place.store,
      keeper: place.keeper,
      scope: place.scope,
      explicit: given !== 'absent' || last !== undefined,
      setting,
      remedy: place.scope === 'cluster' ? '' : remedyFor(program),
      ...(place.path === undefined ? {} : { path: place.path }),
    },
    place.evidence,
  );
}

/** `options.store = ...` where options is a variable of the same module. */
function assignments(options: Placed<TSESTree.Expression>, key: string): Placed<TSESTree.Expression>[] {
  const { module, node } = options;
  if (node.type !== 'Identifier') return [];
  const found: Placed<TSESTree.Expression>[] = [];
  walkJavaScript(module.document.tree, (one) => {
    if (one.type !== 'AssignmentExpression' || one.left.type !== 'MemberExpression') return;
    const { object, property } = one.left;
    if (
      object.type === 'Identifier' &&
      object.name === node.name &&
      property.type === 'Identifier' &&
      property.name === key
    )
      found.push({ module, node: one.right });
  });
  return found;
}
