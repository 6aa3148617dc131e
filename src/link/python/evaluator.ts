import type { Inventory } from '../../discover/inventory.js';
import { groupBy } from '../../group-by.js';
import { isUnknown, startOf, type Evidence } from '../../location.js';
import type { Documents } from '../../parse/document.js';
import type { Expression, Module, Statement } from '../../parse/python/ast.js';
import { membersOf } from './class-settings.js';
import { attribute } from './attributes.js';
import { createBuiltins } from './builtins.js';
import { callValue } from './calls.js';
import { exceptionClasses } from './exceptions.js';
import { evaluate } from './expressions.js';
import { importModule, makeModule, runFile, runLoaded } from './imports.js';
import { LimitReached, PythonRaise, noteGap, type Interpreter, type LoadedModule } from './interpreter.js';
import { joinModels, type PythonModels } from './models.js';
import { isInstalled } from './packages.js';
import { joinPath } from './path-text.js';
import { findModule, importRoots, rootOf } from './roots.js';
import { runModule } from './run-module.js';
import { runBlock } from './statements.js';
import { STANDARD_LIBRARY } from './standard-library.js';
import {
  isShared,
  listValue,
  noneValue,
  originAt,
  placesAfter,
  recordValue,
  strValue,
  unite,
  unknownValue,
} from './values.js';
import type { Dependency, EnvironmentVariable, EvaluatedModule, Launch, PythonEvaluator } from '../program.js';
import type { DictValue, Origin, Value } from '../value.js';

export interface EvaluatorSources {
  readonly launch: Launch;
  readonly inventory: Inventory;
  readonly documents: Documents;
  readonly dependencies: readonly Dependency[];
  readonly models: PythonModels;
}

type Environment = ReadonlyMap<string, EnvironmentVariable>;

/** Set on every machine, to what only that machine knows. */
const MACHINE = ['HOME', 'PATH', 'HOSTNAME', 'USER', 'PWD', 'SHELL', 'TMPDIR', 'LANG', 'VIRTUAL_ENV'];

/** What a module is called within its package: `b` of `a/b.py`, `a/b/__init__.py` and `a/b`. */
function lastName(path: string): string {
  const whole = path.replace(/(?:\/__init__)?(?:\.py)?$/, '');
  return whole.slice(whole.lastIndexOf('/') + 1);
}

export function createPythonEvaluator(sources: EvaluatorSources): PythonEvaluator {
  const { inventory, launch } = sources;
  const roots = [...importRoots(inventory, launch)];
  const models = joinModels([STANDARD_LIBRARY, sources.models]);
  const done = new Map<string, EvaluatedModule | undefined>();

  // Asked for each module that is not found, of which a large application has hundreds.
  let own: ReadonlyMap<string, readonly string[]> | undefined;
  const ownFiles = (tail: string): readonly string[] =>
    (own ??= groupBy(
      inventory.files
        .map(({ path }) => path)
        .filter((path) => path.endsWith('.py') && (launch.directory === '' || path.startsWith(`${launch.directory}/`))),
      lastName,
    )).get(lastName(tail)) ?? [];

  /** Where a module lies; one that no root leads to is looked for by its path, and its root kept. */
  function find(module: string): string | undefined {
    const found = findModule(inventory, roots, undefined, module);
    if (found !== undefined && found.kind !== 'namespace') return found.path;
    // A folder deep inside that is called like a package which is installed is not that package.
    const known = models.distributions.get(module.split('.', 1)[0] ?? module);
    if (known !== undefined && sources.dependencies.some(({ name }) => known.includes(name))) return undefined;
    const tail = module.split('.').join('/');
    const endings = [`/${tail}.py`, `/${tail}/__init__.py`];
    const [first] = ownFiles(tail)
      .map((path) => ({ path, ending: endings.find((one) => `/${path}`.endsWith(one)) }))
      .filter(({ path, ending }) => {
        if (ending === undefined) return false;
        // A folder that is a package is no import root.
        return !inventory.has(joinPath(`/${path}`.slice(0, -ending.length).slice(1), '__init__.py'));
      })
      .sort((a, b) => a.path.length - b.path.length);
    if (first?.ending === undefined) return undefined;
    roots.push(`/${first.path}`.slice(0, -first.ending.length).slice(1));
    return first.path;
  }

  function run(
    path: string,
    name: string,
    environment: Environment | undefined,
  ): { py: Interpreter; module: LoadedModule } | undefined {
    const document = sources.documents.get<Module>(path, 'python');
    if (document === undefined) return undefined;
    const py = createInterpreter({ ...sources, models }, roots, environment);
    const at = startOf(path);
    const module = makeModule(name, path, document, path.endsWith('/__init__.py') || path === '__init__.py');
    guard(py, module, () => {
      const dot = name.lastIndexOf('.');
      if (dot > 0) importModule(py, name.slice(0, dot), at);
      const loaded = py.modules.get(name);
      if (loaded !== undefined) Object.assign(module, loaded);
      else {
        py.modules.set(name, module);
        runLoaded(py, module, at);
      }
    });
    return { py, module };
  }

  return {
    resolve: find,
    evaluate(module) {
      if (!done.has(module)) {
        const path = find(module);
        const outcome = path === undefined ? undefined : run(path, module, undefined);
        done.set(module, outcome === undefined ? undefined : evaluated(outcome.py, outcome.module));
      }
      return done.get(module);
    },
    evaluateWith(module, environment) {
      const path = find(module);
      const outcome = path === undefined ? undefined : run(path, module, environment);
      return outcome === undefined ? undefined : evaluated(outcome.py, outcome.module);
    },
    evaluateClass(module, name, environment) {
      const path = find(module);
      const outcome = path === undefined ? undefined : run(path, module, environment);
      const type = outcome?.module.namespace.entries.get(`s${name}`)?.value;
      if (outcome === undefined || type?.kind !== 'class') return undefined;
      const { py, module: loaded } = outcome;
      // What the module itself sets stays, where the class does not say otherwise.
      const names = new Map(evaluated(py, loaded).names);
      guard(py, loaded, () => {
        for (const [key, value] of membersOf(py, type, startOf(loaded.path))) names.set(key, value);
      });
      return { name: loaded.name, path: loaded.path, names, gaps: [...py.gaps] };
    },
    evaluateFile(path) {
      const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '');
      const outcome = run(path, base.replace(/\W/g, '_'), undefined);
      return outcome === undefined ? undefined : evaluated(outcome.py, outcome.module);
    },
    environmentAfter(path) {
      const { root } = rootOf(inventory, path);
      if (!roots.includes(root)) roots.push(root);
      const outcome = run(path, '__main__', undefined);
      if (outcome === undefined || (outcome.py.environ as Value).kind !== 'dict') return new Map();
      const names = new Map<string, Value>();
      for (const { key, value } of outcome.py.environ.entries.values())
        if (key.kind === 'str' && !MACHINE.includes(key.value)) names.set(key.value, value);
      return names;
    },
  };
}

/** Runs `run`; what goes past a limit leaves names behind of which none can be trusted. */
function guard(py: Interpreter, module: LoadedModule, run: () => void): void {
  try {
    run();
  } catch (error) {
    const at = startOf(module.path);
    if (error instanceof PythonRaise) {
      noteGap(py, error.message, error.at);
      return;
    }
    const reason =
      error instanceof LimitReached
        ? error.message
        : error instanceof RangeError
          ? 'the program is nested too deeply to be followed'
          : `the evaluator failed: ${String(error)}`;
    noteGap(py, reason, at);
    py.journals.length = 0;
    for (const [spelling, { key, value }] of module.namespace.entries)
      module.namespace.entries.set(spelling, { key, value: unknownValue(reason, value.origin) });
    module.namespace.entries.set('s*', { key: strValue('*'), value: unknownValue(reason, originAt(at)) });
    for (const statement of module.document.tree.body)
      if (statement.type === 'Assign')
        for (const target of statement.targets)
          if (target.type === 'Name')
            module.namespace.entries.set(`s${target.id}`, {
              key: strValue(target.id),
              value: unknownValue(reason, originAt(at)),
            });
  }
}

function evaluated(py: Interpreter, module: LoadedModule): EvaluatedModule {
  const names = new Map<string, Value>();
  const bindings = new Map<string, Origin>();
  if ((module.namespace as Value).kind === 'dict') {
    for (const { key, value } of module.namespace.entries.values()) {
      if (key.kind !== 'str' || key.value === '*' || key.value.startsWith('#')) continue;
      const binding = module.bindings.get(key.value);
      if (binding !== undefined) bindings.set(key.value, binding);
      names.set(key.value, withBinding(value, binding));
    }
  }
  const gaps: readonly Evidence[] = [...py.gaps];
  const others = (module.namespace as Value).kind === 'dict' ? module.namespace.entries.get('s*')?.value : undefined;
  return { name: module.name, path: module.path, names, gaps, ...(others === undefined ? {} : { others }) };
}

/** A container under a name has two places: where it was made, and where the name was last set to it or it was changed through it. */
function withBinding(value: Value, binding: Origin | undefined): Value {
  if (binding === undefined || !isShared(value)) return value;
  const origin = {
    locations: placesAfter(binding.locations, value.origin.locations),
    variables: unite(binding.variables, value.origin.variables),
  };
  return { ...value, origin };
}

function environmentOf(launch: Launch, more: Environment | undefined): DictValue {
  const environ = recordValue([]);
  for (const name of MACHINE)
    environ.entries.set(`s${name}`, {
      key: strValue(name),
      value: unknownValue(`environment variable ${name} is up to the machine`, { locations: [], variables: [name] }),
    });
  for (const [name, variable] of [...launch.environment, ...(more ?? [])]) {
    const origin: Origin = { locations: variable.location === undefined ? [] : [variable.location], variables: [name] };
    const value = isUnknown(variable.value)
      ? unknownValue(
          `environment variable ${name}: ${variable.value.unknown}`,
          origin,
          variable.value.candidates?.map((one) => strValue(one, origin)),
        )
      : strValue(variable.value, origin);
    environ.entries.set(`s${name}`, { key: strValue(name), value });
  }
  return environ;
}

function createInterpreter(
  sources: EvaluatorSources,
  roots: readonly string[],
  more: Environment | undefined,
): Interpreter {
  const builtins = createBuiltins(startOf(sources.launch.directory));
  const py: Interpreter = {
    ...sources,
    environ: environmentOf(sources.launch, more),
    searchPath: listValue([]),
    argv: listValue([strValue('manage.py'), strValue('runserver')].slice(0, 1)),
    modules: new Map(),
    roots,
    known: new Map(),
    sources: new Map(),
    exceptions: exceptionClasses(),
    builtins,
    gaps: [],
    handlers: [],
    journals: [],
    frame: undefined,
    steps: 0,
    depth: 0,
    calls: 0,
    importDepth: 0,
    forks: 0,
    changes: 0,
    call: (callee, args) => callValue(py, callee, args),
    attribute: (value, name, at) => attribute(py, value, name, at),
    importModule: (name, at) => importModule(py, name, at),
    isThere: (name) =>
      findModule(py.inventory, py.roots, py.searchPath, name) !== undefined ? true : isInstalled(py, name),
    runModule: (frame) => {
      runModule(py, frame, frame.module.document.tree.body);
    },
    evaluate: (frame, node) => evaluate(py, frame, node),
    runBlock: (frame, body, tail) => runBlock(py, frame, body, tail),
    runBody: (frame, body) => {
      if (!isBlock(body)) return evaluate(py, frame, body);
      const completion = runBlock(py, frame, body, 'function');
      if (completion?.type === 'return') return completion.value;
      return completion?.type === 'mixed' ? unknownValue(completion.reason) : noneValue();
    },
    runFile: (path, frame, at) => {
      runFile(py, path, frame, at);
    },
  };
  return py;
}

function isBlock(body: readonly Statement[] | Expression): body is readonly Statement[] {
  return Array.isArray(body);
}
