import { insideRepository } from './files.js';
import { makeModule, runLoaded } from './imports.js';
import { fail, instanceOf, type Arguments, type Interpreter, type LoadedModule } from './interpreter.js';
import { touch } from './journal.js';
import { functionsOf, textOf } from './library.js';
import { argument, nativeClass, nativeFunction, type PythonModels } from './models.js';
import { openFile } from './open.js';
import { derived, noneValue, strValue, unknownValue } from './values.js';
import type { Module } from '../../parse/python/ast.js';
import type { Value } from '../value.js';

/** A module made of a file that no import statement could find; not run yet. */
function moduleOf(py: Interpreter, name: string, path: string, args: Arguments): LoadedModule | Value {
  const origin = derived(args.at, ...args.positional);
  const text = openFile(py, path, args.at, origin);
  if (typeof text !== 'string') return text;
  const inner = insideRepository(py, path);
  const document = inner === undefined ? undefined : py.documents.get<Module>(inner, 'python');
  if (inner === undefined || document === undefined) return unknownValue(`${path} cannot be read`, origin);
  return makeModule(name, inner, document, false);
}

const isModule = (made: LoadedModule | Value): made is LoadedModule => 'namespace' in made;

/** Runs a file as a module of its own. */
function loaded(py: Interpreter, name: string, path: string, args: Arguments): LoadedModule | Value {
  const made = moduleOf(py, name, path, args);
  if (!isModule(made)) return made;
  touch(py, py.modules);
  py.modules.set(name, made);
  runLoaded(py, made, args.at);
  return made;
}

/** What knows the file of a module: a spec, or the loader in it. */
const SPEC = nativeClass('importlib.machinery.ModuleSpec', {
  exec_module: (py, args) => {
    const [, module] = args.positional;
    const known = module?.kind === 'module' ? py.modules.get(module.name) : undefined;
    if (known !== undefined) runLoaded(py, known, args.at);
    return noneValue();
  },
  load_module: (py, args) => {
    const [name, path] = namesIn(args.positional[0]);
    if (name === undefined || path === undefined) return unknownValue('the module is not known', derived(args.at));
    const made = loaded(py, name, path, args);
    return isModule(made) ? made.value : made;
  },
});

function namesIn(spec: Value | undefined): readonly (string | undefined)[] {
  if (spec?.kind !== 'instance') return [];
  return [textOf(spec.attributes.get('name')), textOf(spec.attributes.get('origin'))];
}

function specOf(name: Value | undefined, path: Value | undefined, args: Arguments): Value {
  const [a, b] = [textOf(name), textOf(path)];
  const origin = derived(args.at, ...args.positional);
  if (a === undefined || b === undefined)
    return unknownValue(path?.kind === 'unknown' ? path.reason : 'the file of a module is not known', origin);
  const spec = instanceOf(SPEC, origin, [
    ['name', strValue(a, origin)],
    ['origin', strValue(b, origin)],
  ]);
  spec.attributes.set('loader', spec);
  return spec;
}

function moduleFromSpec(py: Interpreter, args: Arguments): Value {
  const [name, path] = namesIn(args.positional[0]);
  if (name === undefined || path === undefined) return unknownValue('the module is not known', derived(args.at));
  const made = moduleOf(py, name, path, args);
  if (!isModule(made)) return made;
  touch(py, py.modules);
  py.modules.set(name, made);
  return made.value;
}

const sourceFileLoader = nativeFunction('SourceFileLoader', (_, args) =>
  specOf(argument(args, 0, 'fullname'), argument(args, 1, 'path'), args),
);

/** Modules that are loaded by the path of their file. */
export const LOADERS: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('importlib.util', {
      spec_from_file_location: (_, args) => specOf(argument(args, 0, 'name'), argument(args, 1, 'location'), args),
      module_from_spec: moduleFromSpec,
    }),
    ['importlib.machinery.SourceFileLoader', () => sourceFileLoader],
    ...functionsOf('imp', {
      load_source: (py, args) => {
        const [name, path] = args.positional.map(textOf);
        if (name === undefined || path === undefined) return unknownValue('the module is not known', derived(args.at));
        const made = loaded(py, name, path, args);
        return isModule(made) ? made.value : made;
      },
    }),
    ...functionsOf('runpy', {
      run_path: (py, args) => {
        const path = argument(args, 0, 'path_name');
        const text = textOf(path);
        if (text === undefined)
          return unknownValue(path?.kind === 'unknown' ? path.reason : 'the file is not known', derived(args.at));
        const made = moduleOf(py, '<run_path>', text, args);
        if (!isModule(made)) return made;
        if (py.importDepth > 20) return fail(py, 'RecursionError', 'files that run each other do not end', args.at);
        runLoaded(py, made, args.at);
        return made.namespace;
      },
    }),
  ]),
};
