import { contextmanager } from './context-manager.js';
import { isOpen } from './rest.js';
import { functionsOf, known, textOf } from './library.js';
import { fail, type Interpreter } from './interpreter.js';
import { memberNames } from './attributes.js';
import { nativeClass, nativeFunction, type Native, type PythonModels } from './models.js';
import { copyOf } from './copy.js';
import {
  boolValue,
  derived,
  externalValue,
  intValue,
  listValue,
  noneValue,
  strValue,
  tupleValue,
  unknownValue,
} from './values.js';
import type { Value } from '../value.js';

const nothing: Native = () => noneValue();
const identity: Native = (_, args) => args.positional[0] ?? noneValue();
const random =
  (what: string): Native =>
  (_, args) =>
    unknownValue(`${what} differs from run to run`, derived(args.at));

/** `functools.partial` */
const partial: Native = (_, args) => {
  const [callee, ...first] = args.positional;
  if (callee === undefined) return unknownValue('the function is not known', derived(args.at));
  return nativeFunction('partial', (py, more) =>
    py.call(callee, {
      ...more,
      positional: [...first, ...more.positional],
      keywords: new Map([...args.keywords, ...more.keywords]),
    }),
  );
};

/** A decorator that keeps the function, with or without arguments of its own. */
const keeping: Native = (_, args) => {
  const [value] = args.positional;
  return value?.kind === 'function' || value?.kind === 'class' ? value : nativeFunction('decorator', identity);
};

const version = (): Value => tupleValue([intValue(3), intValue(12), intValue(4), strValue('final'), intValue(0)]);

const TRUE = ['y', 'yes', 't', 'true', 'on', '1'];
const FALSE = ['n', 'no', 'f', 'false', 'off', '0'];

const strtobool = known((py, [value], origin, args) => {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined) return undefined;
  if (TRUE.includes(text)) return intValue(1, origin);
  if (FALSE.includes(text)) return intValue(0, origin);
  return fail(py, 'ValueError', 'the text is no truth value', args.at);
});

/** Modules that were imported, as `sys.modules` shows them. */
const MODULES = nativeClass('sys.modules', {
  __getitem__: (py, args) => {
    const name = textOf(args.positional[1]);
    const loaded = name === undefined ? undefined : py.modules.get(name);
    return loaded?.value ?? unknownValue('the module is not known', derived(args.at));
  },
  get: (py, args) => {
    const name = textOf(args.positional[1]);
    const loaded = name === undefined ? undefined : py.modules.get(name);
    return loaded?.value ?? args.positional[2] ?? noneValue(derived(args.at));
  },
  __contains__: (py, args) => {
    const name = textOf(args.positional[1]);
    const origin = derived(args.at, ...args.positional);
    if (name !== undefined && py.modules.has(name)) return boolValue(true, origin);
    // What production does not have cannot be loaded: a test runner, for example.
    if (name !== undefined && py.isThere(name) === false) return boolValue(false, origin);
    return unknownValue('which modules are loaded is not known', origin);
  },
});

export const SYSTEM: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['sys.argv', (py) => py.argv],
    ['sys.path', (py) => py.searchPath],
    ['sys.platform', () => strValue('linux')],
    ['sys.version_info', version],
    ['sys.version', () => strValue('3.12.4')],
    ['sys.hexversion', () => intValue(0x030c04f0)],
    ['sys.maxsize', () => intValue(9223372036854775807n)],
    ['sys.byteorder', () => strValue('little')],
    ['sys.executable', () => unknownValue('where Python lies is up to the machine')],
    ['sys.prefix', () => unknownValue('where Python lies is up to the machine')],
    [
      'sys.modules',
      () => ({ kind: 'instance', class: MODULES, attributes: new Map(), origin: { locations: [], variables: [] } }),
    ],
    ['sys.stdout.isatty', () => nativeFunction('isatty', (_, args) => boolValue(false, derived(args.at)))],
    ['sys.stderr.isatty', () => nativeFunction('isatty', (_, args) => boolValue(false, derived(args.at)))],
    ['sys.stdin.isatty', () => nativeFunction('isatty', (_, args) => boolValue(false, derived(args.at)))],
    ...functionsOf('sys', {
      exit: (py, args) => py.call(py.builtins.get('exit') ?? noneValue(), args),
      getdefaultencoding: (_, args) => strValue('utf-8', derived(args.at)),
      getrecursionlimit: (_, args) => intValue(1000, derived(args.at)),
      setrecursionlimit: nothing,
      getsizeof: random('the size of an object'),
    }),
    ...functionsOf('platform', {
      system: (_, args) => strValue('Linux', derived(args.at)),
      python_version: (_, args) => strValue('3.12.4', derived(args.at)),
      node: random('the host name'),
      machine: random('the machine'),
      platform: random('the machine'),
      release: random('the machine'),
    }),
    ...functionsOf('socket', {
      gethostname: random('the host name'),
      getfqdn: random('the host name'),
      gethostbyname: random('the address'),
      gethostbyname_ex: random('the addresses'),
    }),
    ...functionsOf('multiprocessing', { cpu_count: random('the number of processors') }),
    ...functionsOf('warnings', { warn: nothing, filterwarnings: nothing, simplefilter: nothing }),
    ...functionsOf('logging', {
      warning: nothing,
      info: nothing,
      debug: nothing,
      error: nothing,
      captureWarnings: nothing,
      disable: nothing,
      addLevelName: nothing,
      basicConfig: nothing,
    }),
    ...[
      ['CRITICAL', 50],
      ['FATAL', 50],
      ['ERROR', 40],
      ['WARNING', 30],
      ['WARN', 30],
      ['INFO', 20],
      ['DEBUG', 10],
      ['NOTSET', 0],
    ].map(([name, level]) => [`logging.${String(name)}`, () => intValue(Number(level))] as const),
    ...['USER', 'MAIL', 'DAEMON', 'AUTH', 'SYSLOG', 'LPR', 'NEWS', 'UUCP', 'CRON', 'AUTHPRIV', 'FTP']
      .map((name, i) => [name, i + 1] as const)
      .concat(Array.from({ length: 8 }, (_, i) => [`LOCAL${i}`, 16 + i] as const))
      .map(([name, facility]) => [`logging.handlers.SysLogHandler.LOG_${name}`, () => intValue(facility)] as const),
    ...functionsOf('secrets', {
      token_hex: random('a secret'),
      token_urlsafe: random('a secret'),
      token_bytes: random('a secret'),
      choice: random('a secret'),
      randbelow: random('a secret'),
    }),
    ...functionsOf('random', {
      choice: random('a random value'),
      random: random('a random value'),
      randint: random('a random value'),
      sample: random('a random value'),
      shuffle: nothing,
      randrange: random('a random value'),
      SystemRandom: random('a random value'),
      uniform: random('a random value'),
      choices: random('a random value'),
      getrandbits: random('a random value'),
    }),
    ...functionsOf('uuid', { uuid4: random('a random value'), uuid1: random('a random value') }),
    ...functionsOf('time', { time: random('the time'), strftime: random('the time'), monotonic: random('the time') }),
    ...functionsOf('subprocess', {
      check_output: random('what another program prints'),
      run: random('what another program prints'),
      getoutput: random('what another program prints'),
      Popen: random('what another program prints'),
      call: random('what another program gives'),
      check_call: random('what another program gives'),
    }),
    ...functionsOf('getpass', { getuser: random('the user') }),
    ...functionsOf('tempfile', {
      gettempdir: (_, args) => strValue('/tmp', derived(args.at)),
      mkdtemp: random('a temporary folder'),
      TemporaryDirectory: random('a temporary folder'),
    }),
    ...functionsOf('copy', {
      copy: (py, args) => copyOf(py, args.positional[0] ?? noneValue(), false, args.at),
      deepcopy: (py, args) => copyOf(py, args.positional[0] ?? noneValue(), true, args.at),
    }),
    ...functionsOf('functools', {
      partial,
      lru_cache: keeping,
      cache: keeping,
      cached_property: (_, args) => makeProperty(args.positional[0]),
      wraps: () => nativeFunction('wraps', identity),
      reduce: (py, args) => reduce(py, args),
    }),
    ...functionsOf('contextlib', {
      contextmanager,
      suppress: (_, args) =>
        externalValue('contextlib.suppress', derived(args.at), { args: args.positional, keywords: args.keywords }),
    }),
    ...functionsOf('typing', {
      cast: (_, args) => args.positional[1] ?? noneValue(),
      TypeVar: (_, args) => externalValue('typing.TypeVar', derived(args.at)),
    }),
    ['typing.TYPE_CHECKING', () => boolValue(false)],
    ...['distutils.util', 'setuptools._distutils.util'].flatMap((module) => functionsOf(module, { strtobool })),
    ...functionsOf('inspect', {
      getmembers: (py, args) => {
        const [value, predicate] = args.positional;
        const names = value === undefined ? undefined : memberNames(value);
        const origin = derived(args.at, ...args.positional);
        if (value === undefined || names === undefined || predicate !== undefined)
          return unknownValue('the members are not known', origin);
        return listValue(
          names.map((name) => tupleValue([strValue(name, origin), py.attribute(value, name, args.at)], origin)),
          origin,
        );
      },
      isclass: known((_, [value], origin) =>
        value?.kind === 'external' || value === undefined ? undefined : boolValue(value.kind === 'class', origin),
      ),
    }),
    [
      'inspect.currentframe',
      () => nativeFunction('currentframe', (_, args) => unknownValue('frames are not followed', derived(args.at))),
    ],
  ]),
};

function makeProperty(value: Value | undefined): Value {
  return {
    kind: 'function',
    name: 'property',
    closure: { type: 'property', get: value ?? noneValue() },
    origin: value?.origin ?? { locations: [], variables: [] },
  };
}

const reduce: Native = (py, args) => {
  const [callee, list, start] = args.positional;
  if (callee === undefined || list === undefined || !('items' in list) || isOpen(list))
    return unknownValue('the items are not known', derived(args.at));
  const items = start === undefined ? list.items : [start, ...list.items];
  const [first = noneValue(), ...rest] = items;
  return rest.reduce(
    (sum, item) => py.call(callee, { positional: [sum, item], keywords: new Map(), at: args.at }),
    first,
  );
};
