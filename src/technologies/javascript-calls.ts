import { isForBrowser } from '../link/javascript/syntax.js';
import type { Call, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { walkJavaScript } from '../parse/javascript/walk.js';
import { nameOf } from './javascript-place.js';

/** Every call and construction in the code of a component by the last name of what is called: `emit` of `io.to(room).emit(...)`. */
export function callsNamed(program: Program, name: string): readonly Placed<Call>[] {
  return callsOf(program).get(name) ?? [];
}

function callsOf(program: Program): ReadonlyMap<string, readonly Placed<Call>[]> {
  return program.memo('javascript calls by name', () => {
    const found = new Map<string, Placed<Call>[]>();
    for (const module of program.javascript.modules) {
      walkJavaScript(module.document.tree, (node) => {
        if (isForBrowser(node)) return false;
        if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
        const name = nameOf(node.callee);
        const calls = found.get(name);
        if (calls === undefined) found.set(name, [{ module, node }]);
        else calls.push({ module, node });
        return undefined;
      });
    }
    return found;
  });
}
