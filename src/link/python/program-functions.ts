import { toRepr, formatValue } from './format.js';
import { LIMITS, LimitReached, fail, noteGap, type Arguments, type Interpreter } from './interpreter.js';
import type { Native } from './models.js';
import { truth } from './truth.js';
import { openFile } from './open.js';
import { derived, externalValue, noneValue, strValue, unknownValue } from './values.js';
import { fileOf } from './file-object.js';
import type { Value } from '../value.js';

/** Code is read as text or as bytes: `exec(compile(file.read(), path, 'exec'))` takes both. */
function textOf(code: Value): string | undefined {
  if (code.kind === 'bytes') return Buffer.from(code.value, 'latin1').toString('utf8');
  return code.kind === 'str' ? code.value : undefined;
}

/** `exec(open(path).read())`, the way in which settings are split without imports. */
function execute(py: Interpreter, args: Arguments): Value {
  const [code] = args.positional;
  const { frame } = py;
  const text = code === undefined ? undefined : textOf(code);
  const path = text === undefined ? undefined : py.sources.get(text);
  if (path === undefined || frame === undefined) {
    noteGap(py, 'code that is made while the program runs is not followed', args.at);
    return noneValue();
  }
  const given = args.positional[1];
  const namespace = given?.kind === 'dict' ? given : frame.locals;
  const own =
    namespace === frame.locals
      ? frame
      : namespace === frame.module.namespace
        ? { ...frame, locals: namespace, kind: 'module' as const }
        : undefined;
  const target = own ?? {
    ...frame,
    kind: 'module' as const,
    locals: namespace,
    outer: undefined,
    module: { ...frame.module, namespace, bindings: new Map() },
  };
  if (py.importDepth > LIMITS.imports) throw new LimitReached('files that include each other do not end');
  py.runFile(path, target, args.at);
  return noneValue();
}

/** Texts, files and code. */
export const PROGRAM_FUNCTIONS: Readonly<Record<string, Native>> = {
  print: () => noneValue(),
  repr: (_, args) => {
    const [value] = args.positional;
    const text = value === undefined ? undefined : toRepr(value);
    return text === undefined
      ? unknownValue(
          value?.kind === 'unknown' ? value.reason : 'the text of the value is not known',
          derived(args.at, ...args.positional),
        )
      : strValue(text, derived(args.at, ...args.positional));
  },
  format: (_, args) => {
    const [value, spec] = args.positional;
    const text = value === undefined ? undefined : formatValue(value, spec?.kind === 'str' ? spec.value : '');
    return text === undefined
      ? unknownValue('the text of the value is not known', derived(args.at, ...args.positional))
      : strValue(text, derived(args.at, ...args.positional));
  },
  input: (_, args) => unknownValue('what is typed in is not known', derived(args.at)),
  open: (py, args) => {
    const [path, mode] = args.positional;
    const origin = derived(args.at, ...args.positional);
    const way = mode ?? args.keywords.get('mode');
    if (path?.kind !== 'str' && path?.kind !== 'path')
      return unknownValue(path?.kind === 'unknown' ? path.reason : 'the path is not known', origin);
    if (way?.kind === 'str' && /[wax+]/.test(way.value))
      return externalValue('open', origin, { args: args.positional, keywords: args.keywords });
    const text = openFile(py, path.value, args.at, origin);
    return typeof text === 'string' ? fileOf(text, way?.kind === 'str' && way.value.includes('b'), origin) : text;
  },
  exec: (py, args) => execute(py, args),
  execfile: (py, args) => execute(py, args),
  compile: (_, args) =>
    args.positional[0] ?? args.keywords.get('source') ?? unknownValue('the code is not known', derived(args.at)),
  eval: (_, args) => unknownValue('code in a text is not evaluated', derived(args.at)),
  __import__: (py, args) => {
    const [name] = args.positional;
    if (name?.kind !== 'str') return unknownValue('the module is not known', derived(args.at));
    const value = py.importModule(name.value, args.at);
    const list = args.positional[3] ?? args.keywords.get('fromlist');
    const [top = ''] = name.value.split('.');
    return list === undefined || truth(list) === false ? (py.modules.get(top)?.value ?? value) : value;
  },
  exit: (py, args) => fail(py, 'SystemExit', 'the program ends here', args.at),
};
