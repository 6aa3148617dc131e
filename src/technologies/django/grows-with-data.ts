import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression } from '../../parse/python/ast.js';
import { heldBy } from './querysets.js';

/** What a client sends, by the words that real code gets it with. */
const SENT =
  /\brequest\.(?:data|POST|GET|FILES|query_params|body)\b|\bvalidated_data\b|\bcleaned_data\b|\bgetlist\(|\bjson\.loads\(|\binitial_data\b/;

/** Whether the length of what a loop goes over is decided by stored data or by clients; what cannot be told is not. */
export function growsWithData(program: Program, { module, node }: PythonPlace<Expression>, depth = 0): boolean {
  if (depth > 4) return false;
  const text = module.document.text.slice(node.start, node.end);
  if (SENT.test(text)) return true;
  const held = heldBy(program, { module, node });
  if (held?.kind === 'values' || held?.kind === 'queryset') return true;
  const at = (part: Expression): boolean => growsWithData(program, { module, node: part }, depth + 1);
  if (node.type === 'BinOp') return at(node.left);
  const [first] = node.type === 'Call' ? node.args : [];
  if (
    node.type === 'Call' &&
    first !== undefined &&
    node.func.type === 'Name' &&
    /^(?:set|list|sorted|tuple)$/.test(node.func.id)
  )
    return at(first);
  if (node.type !== 'Name') return false;
  const { pythonCode } = program;
  const definitions = pythonCode.bindingOf({ module, node })?.definitions ?? [];
  const before = definitions.filter((one) => one.kind === 'value' && one.node.end <= node.start);
  const last = before.at(-1);
  return last?.kind === 'value' && growsWithData(program, { module, node: last.node }, depth + 1);
}
