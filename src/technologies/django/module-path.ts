import type { Program } from '../../link/program.js';

/** The file of a module: found as Python would, or by a dotted name that was made of its path in the repository. */
export function modulePath(program: Program, module: string): string | undefined {
  const found = program.python.resolve(module);
  if (found !== undefined) return found;
  const path = module.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__init__.py`].find((candidate) => program.inventory.has(candidate));
}
