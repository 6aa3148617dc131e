import type { ClassValue } from '../value.js';
import { NOWHERE } from '../value.js';

/** Python's own exceptions, each after the one it extends. */
const TREE: readonly (readonly [string, string | undefined])[] = [
  ['BaseException', undefined],
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['Exception', 'BaseException'],
  ['StopIteration', 'Exception'],
  ['ArithmeticError', 'Exception'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['ModuleNotFoundError', 'ImportError'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['NameError', 'Exception'],
  ['UnboundLocalError', 'NameError'],
  ['OSError', 'Exception'],
  ['FileNotFoundError', 'OSError'],
  ['FileExistsError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['SyntaxError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['UserWarning', 'Warning'],
  ['DeprecationWarning', 'Warning'],
  ['PendingDeprecationWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['ImportWarning', 'Warning'],
  ['ResourceWarning', 'Warning'],
  ['SyntaxWarning', 'Warning'],
];

const classes = new Map<string, ClassValue>();
for (const [name, base] of TREE) {
  const parent = base === undefined ? undefined : classes.get(base);
  classes.set(name, {
    kind: 'class',
    name,
    qualifiedName: `builtins.${name}`,
    bases: parent === undefined ? [] : [parent],
    attributes: new Map(),
    origin: NOWHERE,
  });
}
for (const alias of ['IOError', 'EnvironmentError']) {
  const known = classes.get('OSError');
  if (known !== undefined) classes.set(alias, known);
}

export function exceptionClasses(): ReadonlyMap<string, ClassValue> {
  return classes;
}
