import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Expression, Node, While } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

/** What steps from a day, week or month to the next. */
const STEPS = /^(?:relativedelta|timedelta|datetime\.timedelta|dateutil\.relativedelta\.relativedelta)\(/;

/** `while day <= last: ...; day += timedelta(days=1)`: it goes round once for each day from one row to another, or that a client asks for. */
export function goesByDays({ module, node }: PythonPlace<While>): boolean {
  const { test, body } = node;
  if (test.type !== 'Compare' || test.comparators.length !== 1) return false;
  const compared = new Set([nameOf(test.left), nameOf(test.comparators[0])]);
  compared.delete(undefined);
  const isStep = (part: Expression): boolean =>
    STEPS.test(module.document.text.slice(part.start, Math.min(part.end, part.start + 80)));
  let found = false;
  for (const statement of body)
    walkPython(statement, (part) => {
      if (part.type === 'AugAssign' && part.op === '+')
        found ||= compared.has(nameOf(part.target)) && isStep(part.value);
      // `day = day + timedelta(days=1)`
      const [target] = part.type === 'Assign' ? part.targets : [];
      if (part.type === 'Assign' && part.value.type === 'BinOp' && part.value.op === '+')
        found ||= compared.has(nameOf(target)) && isStep(part.value.right);
    });
  return found;
}

function nameOf(node: Node | undefined): string | undefined {
  return node?.type === 'Name' ? node.id : undefined;
}
