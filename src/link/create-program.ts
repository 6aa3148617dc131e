import { createPythonCode } from './python-code/create-python-code.js';
import type { PythonCode } from './python-code/python-code.js';
import { createPythonEvaluator, type EvaluatorSources } from './python/evaluator.js';
import { importRoots } from './python/roots.js';
import { createJavaScriptProgram } from './javascript/create-javascript-program.js';
import type { Program } from './program.js';

export interface ProgramSources extends EvaluatorSources {
  /** The Python that other components of the same audit run. */
  readonly pythonCodes?: Map<string, PythonCode>;
}

/** Links the code of one component, ready to be asked. Nothing is evaluated before somebody asks. */
export function createProgram(sources: ProgramSources): Program {
  const kept = new Map<string, unknown>();
  const { launch, inventory, documents } = sources;
  const own = (uri: string): number => (launch.directory !== '' && uri.startsWith(`${launch.directory}/`) ? 0 : 1);
  const dependencies = [...sources.dependencies].sort(
    (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || own(a.location.uri) - own(b.location.uri),
  );
  const python = createPythonEvaluator({ ...sources, dependencies });
  // A web server and its workers run the same code: what imports lead to does not depend on what either is set to.
  const reach = JSON.stringify([launch.directory, importRoots(inventory, launch)]);
  const pythonCode =
    sources.pythonCodes?.get(reach) ??
    createPythonCode({ inventory, documents, directory: launch.directory, evaluator: python });
  sources.pythonCodes?.set(reach, pythonCode);
  return {
    launch,
    inventory,
    documents,
    dependencies,
    python,
    pythonCode,
    javascript: createJavaScriptProgram(sources),
    memo<T>(key: string, make: () => T): T {
      if (!kept.has(key)) kept.set(key, make());
      // Whoever names the key knows what it made under it.
      return kept.get(key) as T;
    },
  };
}
