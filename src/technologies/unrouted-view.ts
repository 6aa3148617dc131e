import type { PythonCode, PythonPlace } from '../link/python-code/python-code.js';
import type { ClassDef } from '../parse/python/ast.js';

/** Names by which whoever reads the code knows a class that answers requests. */
const VIEWS = /\b[A-Z]\w{0,80}(?:View|ViewSet|Viewset)\b/g;

/** Whether a class is named as views are and nothing names it: no address leads to it. Decorators may register what they decorate. */
export function isUnrouted(code: PythonCode, { module, node }: PythonPlace<ClassDef>): boolean {
  if (node.decorators.length > 0 || !module.document.tree.body.includes(node)) return false;
  return mentions(code).get(node.name) === 1 && hasAddresses(code);
}

/** Whether the code says at all which addresses lead where. */
function hasAddresses(code: PythonCode): boolean {
  return code.memo('python:has-addresses', () => code.modulesWith(/\.as_view\(|\b(?:re_)?path\(|\burl\(/).length > 0);
}

/** How often each such name stands in the code. */
function mentions(code: PythonCode): ReadonlyMap<string, number> {
  return code.memo('python:mentions-of-views', () => {
    const found = new Map<string, number>();
    for (const { document } of code.modulesWith(/(?:View|ViewSet|Viewset)\b/))
      for (const [name] of document.text.matchAll(VIEWS)) found.set(name, (found.get(name) ?? 0) + 1);
    return found;
  });
}
