import type { Interpreter } from './interpreter.js';
import standardLibrary from './standard-library.json' with { type: 'json' };

/** Top-level modules of Python's own library (3.12), and those that are always installed beside it. */
const STANDARD: ReadonlySet<string> = new Set(standardLibrary);

/**
 * Whether production has a package that is not in the repository: part of Python, or declared. Undefined where
 * nothing is declared at all.
 */
export function isInstalled(py: Interpreter, module: string): boolean | undefined {
  const top = module.split('.')[0] ?? module;
  if (STANDARD.has(top)) return true;
  if (py.dependencies.length === 0) return undefined;
  const provides = providers(py, module);
  return py.dependencies.some((dependency) => !dependency.development && provides(dependency.name));
}

/** Whether the repository declares a distribution for production. */
export function isDeclared(py: Interpreter, distribution: string): boolean {
  return py.dependencies.some((dependency) => !dependency.development && dependency.name === distribution);
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

/** A test whether a distribution is the one that provides a module. */
function providers(py: Interpreter, module: string): (distribution: string) => boolean {
  const parts = module.split('.');
  const known = parts
    .map((_, i) => py.models.distributions.get(parts.slice(0, parts.length - i).join('.')))
    .find((names) => names !== undefined);
  if (known !== undefined) return (name) => known.includes(name);
  const top = plain(parts[0] ?? module);
  return (name) => {
    const bare = plain(name);
    // `python-x`, `py-x`, `framework-x` and `x-python` all tend to be imported as `x`.
    return (
      bare === top ||
      bare === `py${top}` ||
      bare === `${top}py` ||
      name.endsWith(`-${top}`) ||
      plain(name.slice(name.indexOf('-') + 1)) === top ||
      bare === `${top}python` ||
      bare === `${top}binary`
    );
  };
}
