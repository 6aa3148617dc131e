import { state, type Stated } from '../../facts/fact.js';
import { sharedMemory } from '../../facts/shared-memory.js';
import type { Program } from '../../link/program.js';
import type { Node } from '../../parse/javascript/walk.js';
import { groupBy } from '../../group-by.js';
import { connectionHubs } from '../connection-hubs.js';
import { nameOf } from '../injected-calls.js';
import { isFunction, requestHandlers } from '../request-handlers.js';
import { requestPath, type RequestPath } from '../request-path.js';
import type { HeldState } from './held.js';
import { heldState } from './held-state.js';
import { isOfTheProcess } from './process-handles.js';
import { purposeOf } from './state-purpose.js';
import { writesOf, type StateWrite } from './state-writes.js';

/** Variables of modules, and fields of objects that live as long as the process, that requests change: every process has its own. */
export function* fromProgram(program: Program): Iterable<Stated> {
  // Connections that requests speak through are a result of their own.
  const hubs = new Set(connectionHubs(program).map(({ kept }) => kept?.node));
  const held = [...heldState(program)].filter(({ place }) => !hubs.has(place.node));
  for (const parts of groupBy(held, ({ owner, place }) => owner ?? place.node).values()) {
    const written = parts.map((one) => ({ held: one, all: writesOf(one) }));
    // What is noted beside work of this process is about that work: `queue.push({ id, callback }); ids.add(id)`.
    const working = new Set(
      written.flatMap(({ all }) => all.filter((write) => isOfTheProcess(program, write)).map(({ within: [fn] }) => fn)),
    );
    const changed = written.flatMap(({ held: one, all }) => {
      const shared = all.filter(({ within: [fn] }) => !working.has(fn));
      const found = shared.every(({ how }) => how === 'shrink') ? undefined : firstOnPath(program, one, shared, all);
      return found === undefined ? [] : [{ held: one, found }];
    });
    const [first, ...others] = changed;
    if (first === undefined) continue;
    const more = others.map(({ held: one, found }) => ({
      message: `"${one.name}" is the same`,
      location: found.location,
    }));
    yield { ...first.found, evidence: [...first.found.evidence, ...more] };
  }
}

function firstOnPath(
  program: Program,
  held: HeldState,
  shared: readonly StateWrite[],
  all: readonly StateWrite[],
): Stated | undefined {
  for (const write of shared) {
    if (write.how === 'shrink' || isSettingUp(program, write)) continue;
    const purpose = purposeOf(program, held, write, all);
    if (purpose === undefined) continue;
    const path = requestPath(program, write.place);
    if (path === undefined) continue;
    const writer = writerOf(program, write.above, path);
    const { javascript } = program;
    return state(sharedMemory, javascript.locate(held.place), { name: held.name, scope: 'process', writer, purpose }, [
      {
        message: `${writer} changes it${path.evidence.length === 0 ? `, and ${path.reason}` : ''}`,
        location: javascript.locate(write.place),
      },
      ...path.evidence.map((evidence, i) =>
        i === path.evidence.length - 1 ? { ...evidence, message: `${evidence.message}, and ${path.reason}` } : evidence,
      ),
    ]);
  }
  return undefined;
}

/** Functions that set something up, by their names: a request may come there first, but they do it once. */
const SETS_UP =
  /^_*(?:register|unregister|subscribe|init|setup|configure|load|populate|install|build|bootstrap|start|connect|create(?:App|Server)|reset|clear|invalidate|onModuleInit|onApplicationBootstrap|main|add(?:Cache|Plugin|Hook|Handler|Listener|Route|Command|Middleware|Filter|Adapter|Driver|Provider|Module|Component)(?![a-z]))/;

/** Of these, the ones that may be done for somebody: `startGame(gameId)`, `connectUser(userId)`. */
const FOR_SOMEBODY = /^_*(?:register|unregister|subscribe|load|start|connect)/;
const SOMEBODY =
  /(?:user|client|socket|session|room|game|order|device|chat|note|doc|pad|monitor|conn|tenant|project|account|customer|player)(?:_?id|s|_?name)?$/i;

function isSettingUp(program: Program, { above, key, value, within }: StateWrite): boolean {
  const name = nameAround(program, above);
  if (name === undefined || !SETS_UP.test(name)) return false;
  if (!FOR_SOMEBODY.test(name)) return true;
  const [fn] = within;
  const given = fn !== undefined && isFunction(fn) ? fn.params : [];
  return ![...given, key, value].some((node) => node?.type === 'Identifier' && SOMEBODY.test(node.name));
}

function writerOf(program: Program, above: readonly Node[], path: RequestPath): string {
  return (
    nameAround(program, above) ?? path.reason.replace(/^it is /, 'a function ').replace(/^it /, 'a function that ')
  );
}

/** The name of the innermost function that has one, up to one that answers requests: where that stands says nothing of it. */
function nameAround(program: Program, above: readonly Node[]): string | undefined {
  const handlers = requestHandlers(program);
  for (let i = 0; i < above.length; i++) {
    const node = above[i];
    if (node === undefined || !isFunction(node)) continue;
    if (node.id !== null && node.id !== undefined) return node.id.name;
    const holder = above[i + 1];
    if (holder?.type === 'VariableDeclarator') return nameOf(holder.id);
    if (holder?.type === 'MethodDefinition' && holder.kind === 'constructor') return classAround(above);
    if (holder?.type === 'MethodDefinition' || holder?.type === 'PropertyDefinition' || holder?.type === 'Property')
      return nameOf(holder.key);
    if (holder?.type === 'AssignmentExpression' && holder.left.type === 'MemberExpression')
      return nameOf(holder.left.property);
    // `listener()` that gives back what answers is called like that.
    if (handlers.has(node) && holder?.type !== 'ReturnStatement' && holder?.type !== 'ArrowFunctionExpression')
      return undefined;
  }
  return undefined;
}

function classAround(above: readonly Node[]): string | undefined {
  const found = above.find((node) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression');
  return found?.id === null || found?.id === undefined ? undefined : `the constructor of ${found.id.name}`;
}
