import type { PythonPlace, PythonTarget } from './python-code.js';

/** Answers that one question may have. */
const MOST = 8;

/** Each target once. */
export function distinct(targets: readonly PythonTarget[]): readonly PythonTarget[] {
  const kept = new Map<string, PythonTarget>();
  for (const one of targets) {
    const key = keyOf(one);
    if (!kept.has(key) && kept.size < MOST) kept.set(key, one);
  }
  return [...kept.values()];
}

function keyOf(target: PythonTarget): string {
  const spot = ({ module, node }: PythonPlace): string => `${module.path}:${String(node.start)}-${String(node.end)}`;
  switch (target.kind) {
    case 'library':
      return `library ${target.name} ${target.through === undefined ? '' : spot(target.through)}`;
    case 'module':
      return `module ${target.module.path}`;
    case 'instance':
    case 'element':
      return `${target.kind} ${spot(target.of)}`;
    case 'unknown':
      return `unknown ${target.reason}`;
    default:
      return `${target.kind} ${spot(target.at)}`;
  }
}
