import { consoleScript } from '../link/console-scripts.js';
import type { PythonFunction, PythonModule, PythonPlace } from '../link/python-code/python-code.js';
import type { Program } from '../link/program.js';
import type { LaunchedCommand } from '../link/launched-command.js';
import { program as peel } from '../parse/shell/program.js';
import { containerFile } from './container-file.js';
import { commandNamed } from './python-effects.js';

/** Python of the repository that a command runs: a module from its first line, or a function of it. */
export interface PythonEntry {
  readonly command: LaunchedCommand;
  readonly module: PythonModule;
  /** Absent where the module itself is run. */
  readonly fn?: PythonPlace<PythonFunction>;
}

/** What the commands of a component run of its own: `python serve.py`, `python -m shop`, `manage.py serve`, `shop` of its package. */
export function pythonEntries(program: Program): readonly PythonEntry[] {
  return program.memo('python-entries', () => program.launch.commands.flatMap((one) => entriesOf(program, one)));
}

function entriesOf(program: Program, command: LaunchedCommand): PythonEntry[] {
  const { pythonCode, inventory, launch } = program;
  const { name, args } = peel(command.words);
  const isPython = /^(?:python|pypy)[\d.]*$/.test(name);
  const at = isPython ? args.findIndex((word) => !word.startsWith('-')) : -1;
  const script = isPython ? args[at] : command.words.find((word) => word === name || word.endsWith(`/${name}`));
  if (script === undefined) return [];
  const rest = isPython ? args.slice(at + 1) : args;
  if (/(?:^|\/)(?:[\w-]{0,60}manage(?:\.py)?|django-admin(?:\.py)?)$/.test(script)) {
    const fn = commandNamed(program, rest.find((word) => !word.startsWith('-')) ?? '');
    return fn === undefined ? [] : [{ command, module: fn.module, fn }];
  }
  if (script.endsWith('.py')) {
    const path = containerFile(program, script);
    const module = path === undefined ? undefined : pythonCode.moduleAt(path);
    return module === undefined ? [] : [{ command, module }];
  }
  if (isPython) return [];
  // `python -m shop.serve`, whose interpreter is taken off; a package is run by its `__main__`.
  const isModule = command.words.some((word, i) => /^-\w*m$/.test(word) && command.words[i + 1] === name);
  const module = isModule ? (pythonCode.moduleNamed(`${name}.__main__`) ?? pythonCode.moduleNamed(name)) : undefined;
  if (module !== undefined) return [{ command, module }];
  const installed = consoleScript(inventory, launch.directory, name);
  if (installed === undefined) return [];
  return pythonCode
    .resolveText(`${installed.module}.${installed.name}`)
    .flatMap((target) => (target.kind === 'function' ? [{ command, module: target.at.module, fn: target.at }] : []));
}
