import type { TSESTree } from '@typescript-eslint/types';
import type { Scope } from '../../facts/fact.js';
import type { Call, FromPackage, Placed, Traced } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { nodesAbove } from '../../parse/javascript/parents.js';
import { combine } from '../alternatives.js';
import { isFunction } from '../reached.js';
import { launchedPath } from '../launched-path.js';
import { scopeOfCall, serverBehind } from '../server-clients.js';
import { databaseOf } from './database-of.js';
import { ownStore } from './own-store.js';
import { IN_MEMORY, type StorePlace } from './place.js';
import { STORES, type StorePackage } from './stores.js';

/** What is given as a store; nothing at all is the memory of the process. */
export function placeOfStore(program: Program, store: Placed): StorePlace {
  if (program.javascript.value(store).kind === 'none') return IN_MEMORY;
  const place = either(program.javascript.trace(store).map((traced) => placeOfTraced(program, traced)));
  return isUnknown(place.store) ? (placeOfDeclared(program, store) ?? place) : place;
}

/** `store: TypeormStore` among the parameters: whatever makes it, the class of a package that is known says what it is. */
function placeOfDeclared(program: Program, { module, node }: Placed): StorePlace | undefined {
  if (node.type !== 'Identifier') return undefined;
  for (const fn of nodesAbove(module.document.tree, node).filter(isFunction)) {
    const parameter = fn.params.find((one) => one.type === 'Identifier' && one.name === node.name);
    const type = parameter?.type === 'Identifier' ? parameter.typeAnnotation?.typeAnnotation : undefined;
    if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') continue;
    const [traced] = program.javascript.trace({ module, node: type.typeName });
    if (traced?.kind === 'package' && STORES.has(traced.package)) return placeOfTraced(program, traced);
  }
  return undefined;
}

/** Several places between which a branch decides that is not known. */
export function either(places: readonly StorePlace[]): StorePlace {
  const [first] = places;
  if (first === undefined) return notKnown('what keeps them is not known');
  if (places.length === 1) return first;
  const reason = 'a branch decides which store it is';
  return {
    store: combine(
      places.map((place) => place.store),
      reason,
    ),
    keeper: combine(
      places.map((place) => place.keeper),
      reason,
    ),
    scope: combine(
      places.map((place) => place.scope),
      reason,
    ),
    evidence: places.flatMap((place) => place.evidence),
  };
}

export function notKnown(reason: string): StorePlace {
  return { store: unknown(reason), keeper: unknown(reason), scope: unknown(reason), evidence: [] };
}

function placeOfTraced(program: Program, traced: Traced): StorePlace {
  if (traced.kind === 'unknown') return notKnown(traced.reason);
  if (traced.kind === 'repository') {
    if (program.javascript.value(traced.at).kind === 'none' && traced.steps.length === 0) return IN_MEMORY;
    return ownStore(program, traced);
  }
  if (traced.package === 'express-session' && traced.steps.includes('MemoryStore'))
    return { ...IN_MEMORY, evidence: traced.evidence };
  const known = STORES.get(traced.package);
  if (known === undefined) return notKnown(`what ${traced.package} keeps sessions in is not known here`);
  const evidence = [...traced.evidence];
  if (traced.call !== undefined)
    evidence.push({ message: 'the store is made here', location: program.javascript.locate(traced.call) });
  const place = placeOfPackage(program, known, traced);
  return { ...place, evidence: [...evidence, ...place.evidence] };
}

function placeOfPackage(program: Program, known: StorePackage, { package: name, call }: FromPackage): StorePlace {
  const { store, keeper, scope } = known;
  if (scope !== 'network') {
    const path = known.path === undefined ? undefined : pathOf(program, call, known.path);
    return { store, keeper, scope, ...(path === undefined ? {} : { path }), evidence: [] };
  }
  const byDatabase = databaseOf(program, name);
  if (byDatabase !== undefined) return { store, keeper, ...byDatabase };
  if (call === undefined) return { ...notKnown('the call that makes the store is not known'), store, keeper };
  const client = clientOf(program, call, known.clients ?? []);
  if (client === undefined)
    return { store, keeper, ...scopeOfCall(program, call, known.variables ?? [], store), evidence: [] };
  const server = client === 'open' ? undefined : serverBehind(program, client);
  if (server === undefined) {
    const reason = `which ${store} its client talks to is not known`;
    return { store, keeper, scope: unknown<Scope>(reason, ['host', 'cluster']), evidence: [] };
  }
  return {
    store: store === 'a database' ? server.product : store,
    keeper,
    scope: server.scope,
    path: server.path,
    evidence: server.evidence,
  };
}

/** The client that a store is given; `open` where that cannot be told, undefined where it is certainly given none. */
function clientOf(
  program: Program,
  call: Placed<Call>,
  clients: readonly (string | number)[],
): Placed | 'open' | undefined {
  const argument = (index: number): Placed<TSESTree.Expression> | undefined => {
    const node = call.node.arguments[index];
    return node === undefined || node.type === 'SpreadElement' ? undefined : { module: call.module, node };
  };
  const options = argument(0);
  let open = false;
  for (const client of clients) {
    if (typeof client === 'number') {
      const given = argument(client);
      if (given !== undefined) return given;
      continue;
    }
    const given = options === undefined ? 'absent' : program.javascript.option(options, client);
    if (given === undefined) open = true;
    else if (given !== 'absent') return given;
  }
  return open ? 'open' : undefined;
}

function pathOf(
  program: Program,
  call: Placed<Call> | undefined,
  path: NonNullable<StorePackage['path']>,
): Maybe<string> {
  const [options] = call?.node.arguments ?? [];
  if (call === undefined || options === undefined) return launchedPath(program, path.otherwise);
  const option = program.javascript.option({ module: call.module, node: options }, path.option);
  if (option === 'absent') return launchedPath(program, path.otherwise);
  const written = option === undefined ? undefined : text(program.javascript.value(option));
  return written === undefined ? unknown('the path of its files is not known') : launchedPath(program, written);
}
