import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression } from '../../parse/python/ast.js';

const DEEPEST = 6;

/** The names that `prefetch_related(*RELATIONS)` is given, where they are written somewhere; undefined where they are made. */
export function namesIn(program: Program, place: PythonPlace<Expression>, depth = 0): readonly string[] | undefined {
  const { module, node } = place;
  if (depth > DEEPEST) return undefined;
  switch (node.type) {
    case 'Constant':
      return node.kind === 'str' ? [node.value] : undefined;
    case 'Starred':
      return namesIn(program, { module, node: node.value }, depth + 1);
    case 'List':
    case 'Tuple':
    case 'Set':
      return ofAll(program, module, node.elts, depth);
    case 'BinOp':
      return node.op === '+' ? ofAll(program, module, [node.left, node.right], depth) : undefined;
    case 'Call': {
      // `Prefetch("tags", ...)`
      const [first] = node.args;
      const name = node.func.type === 'Name' ? node.func.id : node.func.type === 'Attribute' ? node.func.attr : '';
      return name.endsWith('Prefetch') && first !== undefined
        ? namesIn(program, { module, node: first }, depth + 1)
        : undefined;
    }
    default: {
      const [target, ...others] = program.pythonCode.resolve(place);
      if (target?.kind !== 'value' || others.length > 0 || target.at.node === node) return undefined;
      // A list of a function is mostly begun there and filled later.
      const stands = program.pythonCode.functionsAround(target.at).length === 0;
      return stands ? namesIn(program, target.at, depth + 1) : undefined;
    }
  }
}

function ofAll(
  program: Program,
  module: PythonPlace['module'],
  parts: readonly Expression[],
  depth: number,
): readonly string[] | undefined {
  const found: string[] = [];
  for (const node of parts) {
    const names = namesIn(program, { module, node }, depth + 1);
    if (names === undefined) return undefined;
    found.push(...names);
  }
  return found;
}
