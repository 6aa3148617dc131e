import type { PythonModule } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Node, Subscript } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { mayLead } from './leading-names.js';
import { ASKS } from './queryset-methods.js';

/** Whether code may ask the database by what its names say: most loops only put together what is there. */
export function mayAsk(program: Program, module: PythonModule, parts: readonly Node[]): boolean {
  let found = false;
  for (const part of parts) {
    walkPython(part, (node) => {
      if (found) return false;
      if (node.type === 'Attribute') found = mayLead(program, node.attr) || ASKS.test(node.attr);
      else if (node.type === 'Call') found = mayRunOwn(program, module, node);
      else if (node.type === 'Subscript') found = mayIndexQuery(module, node);
      return !found;
    });
    if (found) return true;
  }
  return false;
}

/** `books[place]` where a query is made as well. */
function mayIndexQuery({ document }: PythonModule, { value, slice }: Subscript): boolean {
  return value.type === 'Name' && slice.type === 'Name' && /\.objects\b/.test(document.text);
}

/** Whether a call may run what the repository defines. */
function mayRunOwn(program: Program, { document }: PythonModule, { func }: Call): boolean {
  if (func.type === 'Attribute') return ownNames(program).has(func.attr);
  if (func.type !== 'Name') return true;
  // `send = self.send`
  return ownNames(program).has(func.id) || document.text.includes(`${func.id} = `);
}

/** What functions and classes are called, also where they are imported under another name. */
function ownNames(program: Program): ReadonlySet<string> {
  return program.pythonCode.memo('django:own-names', () => {
    const found = new Set<string>();
    for (const path of program.pythonCode.paths)
      for (const [, defined, renamed] of (program.inventory.read(path) ?? '').matchAll(
        /\b(?:def|class)[ \t]+(\w+)|\bas[ \t]+(\w+)/g,
      ))
        found.add(defined ?? renamed ?? '');
    return found;
  });
}
