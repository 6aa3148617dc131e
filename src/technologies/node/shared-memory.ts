import { state, type Stated } from '../../facts/fact.js';
import { sharedMemory } from '../../facts/shared-memory.js';
import type { Program } from '../../link/program.js';
import type { Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../injected-calls.js';
import { isFunction } from '../request-handlers.js';
import { requestPath, type RequestPath } from '../request-path.js';
import { heldState, type HeldState } from './held-state.js';
import { purposeOf } from './state-purpose.js';
import { writesOf, type StateWrite } from './state-writes.js';

/** Variables of modules, and fields of objects that live as long as the process, that requests change: every process has its own. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const held of heldState(program)) {
    const all = writesOf(held);
    if (all.every(({ how }) => how === 'shrink')) continue;
    const found = firstOnPath(program, held, all);
    if (found !== undefined) yield found;
  }
}

function firstOnPath(program: Program, held: HeldState, all: readonly StateWrite[]): Stated | undefined {
  for (const write of all) {
    if (write.how === 'shrink' || isSettingUp(write)) continue;
    const purpose = purposeOf(held, write, all);
    if (purpose === undefined) continue;
    const path = requestPath(program, write.place);
    if (path === undefined) continue;
    const writer = writerOf(write.above, path);
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
  /^_*(?:register|unregister|subscribe|init|setup|configure|load|populate|install|build|bootstrap|start|connect|create(?:App|Server)|reset|clear|invalidate|onModuleInit|onApplicationBootstrap|main)/;

function isSettingUp({ above }: StateWrite): boolean {
  const name = nameAround(above);
  return name !== undefined && SETS_UP.test(name);
}

function writerOf(above: readonly Node[], path: RequestPath): string {
  return nameAround(above) ?? path.reason.replace(/^it is /, 'a function ').replace(/^it /, 'a function that ');
}

/** The name of the innermost function that has one. */
function nameAround(above: readonly Node[]): string | undefined {
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
  }
  return undefined;
}

function classAround(above: readonly Node[]): string | undefined {
  const found = above.find((node) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression');
  return found?.id === null || found?.id === undefined ? undefined : `the constructor of ${found.id.name}`;
}
