import { groupBy } from '../../group-by.js';
import { state, type Stated } from '../../facts/fact.js';
import { sharedMemory } from '../../facts/shared-memory.js';
import type { Program } from '../../link/program.js';
import type { Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { Evidence } from '../../location.js';
import type { HeldState } from './held-state.js';
import { memoisedResults } from './memoised-results.js';
import { keepingRemedy } from './remedies.js';
import { evidenceOf, isEachRequest, servingPath } from './serving-path.js';
import { isCleared, purposeOf } from './state-purpose.js';
import { writtenState, type StateWrite, type Written } from './state-writes.js';

/** Variables of modules, attributes of classes and fields of objects that live as long as the process, that requests change: every process has its own. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const parts of groupBy(writtenState(program), ({ state: { owner, place } }) => owner ?? place.node).values()) {
    const changed = parts.flatMap((part) => {
      const found = firstOnPath(program, part);
      return found === undefined ? [] : [{ name: part.state.name, found }];
    });
    const [first, ...others] = changed;
    if (first === undefined) continue;
    const more = others.map(({ name, found }) => ({ message: `"${name}" is the same`, location: found.location }));
    yield { ...first.found, evidence: [...first.found.evidence, ...more] };
  }
  yield* memoisedResults(program);
}

function firstOnPath(program: Program, { state: held, writes }: Written): Stated | undefined {
  if (writes.every(({ how }) => how === 'shrink') || writes.some((one) => endsWithBlock(one, writes))) return undefined;
  for (const write of writes) {
    if (write.how === 'shrink' || setsUp(program, write)) continue;
    const purpose = purposeOf(program, held, write, writes);
    const path = purpose === undefined ? undefined : servingPath(program, write.place);
    if (purpose === undefined || path === undefined) continue;
    const clearing = purpose === 'cache' || purpose === 'copy' ? clearedBy(program, held, writes, write) : undefined;
    if (clearing === 'everywhere') return undefined;
    // What only start-up and tests take out again is taken out of every process.
    if (purpose === 'copy' && clearing === undefined) continue;
    const { name: writer } = write.within;
    const found = clearing === undefined ? purpose : 'copy';
    return state(
      sharedMemory,
      program.pythonCode.locate(held.place),
      { name: held.name, scope: 'process', writer, purpose: found, remedy: keepingRemedy(program, found) },
      [
        ...evidenceOf(program, write.place, `${writer} changes it`, path),
        ...(clearing === undefined ? [] : [clearing]),
      ],
    );
  }
  return undefined;
}

/** What the end of a `with` block takes back was there for that block alone: `__exit__`, and generators of `contextlib`. */
function endsWithBlock({ within, how }: StateWrite, writes: readonly StateWrite[]): boolean {
  if (how !== 'shrink' && how !== 'assign')
    return how === 'count' && isExit(within) && writes.some((one) => /^__a?enter__$/.test(one.within.name));
  return (
    isExit(within) ||
    within.decorators.some((one) => {
      const name = one.type === 'Name' ? one.id : one.type === 'Attribute' ? one.attr : '';
      return /^(?:async)?contextmanager$/.test(name);
    })
  );
}

function isExit({ name }: StateWrite['within']): boolean {
  return /^__a?exit__$/.test(name);
}

/**
 * A copy that is thrown away when what it was made of changes is thrown away in one process only; one that each request throws away is its own,
 * and one that all processes are told to throw away is in none. */
function clearedBy(
  program: Program,
  held: HeldState,
  writes: readonly StateWrite[],
  filling: StateWrite,
): Evidence | 'everywhere' | undefined {
  let found: Evidence | undefined;
  for (const write of writes) {
    if (write.within === filling.within || !isCleared(held, write)) continue;
    if (isTold(program, write)) return 'everywhere';
    const path = servingPath(program, write.place);
    if (path === undefined) continue;
    if (isEachRequest(path)) return 'everywhere';
    const [first] = evidenceOf(
      program,
      write.place,
      `${write.within.name} takes it out again, in its own process only`,
      path,
    );
    found ??= first;
  }
  return found;
}

/** What hears of changes in every process takes entries out of each: `changes.subscribe(lambda message: forget())`. */
function isTold(program: Program, { place, within }: StateWrite): boolean {
  const code = program.pythonCode;
  const fn = { module: place.module, node: within };
  const places = [place, ...code.callsOf(fn), ...code.handedOnAt(fn)].slice(0, 8);
  return places.some((one) => code.functionsAround(one).some(mentionsMessages));
}

function mentionsMessages(fn: Node): boolean {
  let found = false;
  walkPython(fn, (node) => {
    const name = node.type === 'Name' ? node.id : node.type === 'Attribute' ? node.attr : '';
    found ||= /^p?subscribe$|pub_?sub|^listen$/i.test(name);
    return !found;
  });
  return found;
}

const FILLERS =
  /^_*(?:register|unregister|add_|connect|subscribe|autodiscover|discover|init|setup|configure|load|populate|install|ready|build|reset|clear|invalidate|on_startup|startup|lifespan|main)|^__(?:init_subclass|set_name|new)__$|^contribute_to_class$/;
/** Of these, the ones that may be done for somebody: `connect(self)` of a consumer, `load_user(user_id)`. */
const FOR_SOMEBODY = /^_*(?:register|unregister|add_|connect|subscribe|load|populate|build)/;
const SOMEBODY =
  /(?:user|client|socket|session|room|game|order|device|chat|note|doc|conn|tenant|project|account|customer|player|channel|request|scope|product|item)(?:_?id|s|_?name|_?pk)?$/i;

/** Registries and tables: filled while modules are imported or the application starts, then only read. */
function setsUp(program: Program, { within, key, value, place }: StateWrite): boolean {
  if (!FILLERS.test(within.name)) return false;
  if (!FOR_SOMEBODY.test(within.name)) return true;
  if (program.pythonCode.ownerOf({ module: place.module, node: within })?.node.name.endsWith('Consumer') === true)
    return false;
  const given = within.params.list.map(({ name }) => name);
  return ![...given, nameOf(key), nameOf(value)].some((name) => SOMEBODY.test(name));
}

function nameOf(node: StateWrite['key']): string {
  return node?.type === 'Name' ? node.id : node?.type === 'Attribute' ? node.attr : '';
}
