import type { Binding, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression, Name, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

const ADDS = /^(?:append|add|extend|insert|appendleft|update|setdefault)$/;
/** Uses of a name that are looked at. */
const MOST = 30;

/** `names.append(...)`, `by_author[row["author"]] = row` in a loop over what grows; `names.extend(rows)`. */
export function isFilledByData(
  program: Program,
  { module, node }: PythonPlace<Name>,
  binding: Binding,
  growth: (part: Expression) => unknown,
): boolean {
  const { pythonCode } = program;
  for (const { node: use, write } of binding.references.slice(0, MOST)) {
    if (write || use.start >= node.start) continue;
    const above = pythonCode.above({ module, node: use });
    const added = addedBy(use, above);
    if (added === undefined) continue;
    if (added !== true && growth(added) !== undefined) return true;
    // A loop around both fills and reads it anew each time.
    const loop = above.find((one) => one.type === 'For');
    if (loop?.type === 'For' && loop.end <= node.start && growth(loop.iter) !== undefined) return true;
  }
  return false;
}

/** What is added where a name is used to add something: many at once, or one. */
function addedBy(use: Name, above: readonly Node[]): Expression | true | undefined {
  let [holder, next, after] = above;
  // `by_author[name].append(row)`, `by_author[name] = row`
  if (holder?.type === 'Subscript' && holder.value === use) {
    if (next?.type === 'Assign' || next?.type === 'AugAssign') return true;
    [, holder, next] = above;
    after = above[3];
  } else if (holder?.type === 'Attribute' && holder.attr === 'setdefault') return true;
  if (holder?.type !== 'Attribute' || !ADDS.test(holder.attr) || next?.type !== 'Call' || after === undefined)
    return undefined;
  const [first] = next.args;
  return /^(?:extend|update)$/.test(holder.attr) && first !== undefined ? first : true;
}

/** `self.rows.append(...)` in a loop over what grows, in any method of a class or of those above it. */
export function isFilledInClass(
  program: Program,
  of: PythonPlace<ClassDef>,
  name: string,
  growth: (part: PythonPlace<Expression>) => unknown,
): boolean {
  const loops: PythonPlace<Expression>[] = [];
  for (const { module, node } of program.pythonCode.ancestry(of).own) {
    const text = module.document.text.slice(node.start, node.end);
    if (!new RegExp(`\\bself\\.${name}\\.(?:append|add|extend|insert)\\(`).test(text)) continue;
    walkPython(node, (part, parents) => {
      if (part.type !== 'Attribute' || part.attr !== name || part.value.type !== 'Name' || part.value.id !== 'self')
        return;
      const holder = parents.at(-1);
      const loop = parents.findLast((one) => one.type === 'For');
      if (holder?.type === 'Attribute' && ADDS.test(holder.attr) && loop?.type === 'For')
        loops.push({ module, node: loop.iter });
    });
  }
  return loops.slice(0, 4).some((one) => growth(one) !== undefined);
}
