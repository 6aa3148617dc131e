import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { FunctionDef, If } from '../../parse/python/ast.js';

/** A function that first looks whether it was asked before, or whether somebody brought it. */
const REMEMBERS =
  /\bhasattr\(|\bgetattr\(\s{0,80}\w{1,80},\s{0,80}["'](?!(?:id|pk)["'])\w{1,80}["'],|_prefetched_objects_cache|__dict__|\bcache\w{0,20}\.(?:get|get_or_set|get_many)\(|\bcaches\[|_cache\b|\bis_cached\(|get_deferred_fields/;
/** `tokens = book.tokens if hasattr(book, "tokens") else []` decides what is asked, not whether. */
const EITHER_WAY = /\bif hasattr\([^()\n]{0,80}\) else\b/g;

/** Whether a function may have its answer from before. What each row keeps for itself alone is asked once for each row all the same. */
export function remembers(program: Program, { module, node }: PythonPlace<FunctionDef>): boolean {
  let text = module.document.text.slice(node.start, node.end).replace(EITHER_WAY, '');
  for (const name of ownMemories(program, text))
    text = text.replace(
      new RegExp(`\\b(?:has|get)attr\\(\\s{0,20}self,\\s{0,20}["']${name}["']|\\bself\\.${name}\\b`, 'g'),
      'own',
    );
  return REMEMBERS.test(text);
}

/** `if hasattr(self, "_sold"): return self._sold`, where nothing but the function itself sets it. */
export function ownMemories(program: Program, text: string): string[] {
  const found = new Set<string>();
  for (const [, tested, read] of text.matchAll(
    /\b(?:has|get)attr\(\s{0,20}self,\s{0,20}["'](\w{1,80})["']|\bif (?:not )?self\.(_\w{1,80})(?: is (?:not )?None)?:/g,
  )) {
    const name = tested ?? read ?? '';
    if (text.includes(`self.${name} = `) && !setElsewhere(program).has(name)) found.add(name);
  }
  return [...found];
}

/** `if not hasattr(self, "_sold"): self._sold = ...`: it is so for each row that was just read. */
export function fillsOwnMemory(program: Program, { module, node }: PythonPlace<If>): boolean {
  const { text } = module.document;
  const test = text.slice(node.test.start, Math.min(node.test.end, node.test.start + 200));
  if (!/^not (?:has|get)attr\(self,|^not self\._\w{1,80}$|^self\._\w{1,80} is None$/.test(test)) return false;
  return ownMemories(program, `if ${test}:${text.slice(node.test.end, node.end)}`).length > 0;
}

/** `if self._sold is not None: return self._sold` of the same. */
export function readsOwnMemory(program: Program, text: string, test: string): boolean {
  return (
    /^hasattr\(self,|^getattr\(self,|^self\._\w{1,80}(?: is not None)?$/.test(test) &&
    ownMemories(program, text).some((name) => new RegExp(`\\b${name}\\b`).test(test))
  );
}

/** Names that somebody sets of an object that is not the one at hand, or asks the database for by that name. */
function setElsewhere(program: Program): ReadonlySet<string> {
  return program.pythonCode.memo('django:set-elsewhere', () => {
    const found = new Set<string>();
    for (const { document } of program.pythonCode.modulesWith(/\w\._?\w+ = |setattr\(|to_attr|annotate\(/))
      for (const [, set, named, given] of document.text.matchAll(
        /\b(?!self\.)\w+\.(\w+) = |\b(?:setattr\(\s{0,20}\w+,\s{0,20}|to_attr=)["'](\w+)["']|[(\s](_?\w+)=(?!=)/g,
      ))
        found.add(set ?? named ?? given ?? '');
    return found;
  });
}
