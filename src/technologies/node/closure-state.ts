import type { FunctionNode, JavaScriptModule } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { isFunction } from '../request-handlers.js';
import { runsAtStart } from '../runs-at-start.js';
import type { HeldState } from './held.js';

/** The statements of so many functions are looked at in one module; more of them are a bundle. */
const MOST = 400;

/**
 * Variables of functions that run once, while the program starts, and that functions inside of them go on using:
 * `function createRooms() { const rooms = new Map(); return { join(id, user) { rooms.set(id, user); } }; }`
 */
export function* closureState(
  program: Program,
  module: JavaScriptModule,
  kindOf: (initial: Node | null, constant: boolean) => HeldState['kind'] | undefined,
): Generator<HeldState> {
  for (const fn of functionsOf(module).slice(0, MOST)) {
    if (fn.body.type !== 'BlockStatement') continue;
    const variables = fn.body.body.flatMap((statement) =>
      statement.type !== 'VariableDeclaration'
        ? []
        : statement.declarations.flatMap((one) => {
            const kind = one.id.type === 'Identifier' ? kindOf(one.init, statement.kind === 'const') : undefined;
            return one.id.type === 'Identifier' && kind !== undefined
              ? [{ name: one.id.name, kind, node: one.id }]
              : [];
          }),
    );
    if (variables.length === 0 || !runsAtStart(program, { module, node: fn.body })) continue;
    for (const { name, kind, node } of variables) {
      const mentions = mentionsOf(fn.body, name)
        .filter((one) => one !== node)
        .map((one) => ({ module, node: one }));
      if (mentions.length > 0) yield { name, kind, place: { module, node }, mentions };
    }
  }
}

function functionsOf(module: JavaScriptModule): FunctionNode[] {
  const found: FunctionNode[] = [];
  walkJavaScript(module.document.tree, (node) => {
    if (isFunction(node)) found.push(node);
  });
  return found;
}

/** Where a name is used inside of a function, leaving out functions that have a parameter of the same name. */
function mentionsOf(body: Node, name: string): Node[] {
  const found: Node[] = [];
  walkJavaScript(body, (node, above) => {
    if (isFunction(node) && node.params.some((one) => one.type === 'Identifier' && one.name === name)) return false;
    if (node.type !== 'Identifier' || node.name !== name) return undefined;
    const outer = above.at(-1);
    const isKey =
      (outer?.type === 'MemberExpression' && outer.property === node && !outer.computed) ||
      (outer?.type === 'Property' && outer.key === node && outer.value !== node);
    if (!isKey) found.push(node);
    return undefined;
  });
  return found;
}
