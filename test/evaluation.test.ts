import { describe, expect, it } from 'vitest';
import { variablesOf } from '../src/link/python/values.js';
import { plainValue } from '../src/technologies/django/printable-settings.js';
import { programOf, settings, unknown } from './evaluated-settings.js';

describe('expressions', () => {
  it.each<[string, unknown]>([
    ['"a" "b" + f"{1 + 1:03d}{\'x\'!r}"', "ab002'x'"],
    ['"%s-%05.1f-%(k)s" if False else "%s/%d" % ("a", 3)', 'a/3'],
    ['"{0}.{name[k]:>4}".format(1, name={"k": "v"})', '1.   v'],
    ['[1, *(2, 3), *range(2)]', [1, 2, 3, 0, 1]],
    ['{**{"a": 1}, "b": 2, **{"a": 3}}', { a: 3, b: 2 }],
    ['{"a": 1} | {"b": 2}', { a: 1, b: 2 }],
    ['{x: y for x, y in zip("ab", [1, 2]) if y > 1}', { b: 2 }],
    ['sorted({"b", "a"}, reverse=True)', ['b', 'a']],
    ['7 // -2, 7 % -2, 2 ** 10, 7 / 2, 1e16, -7 // 2', [-4, -1, 1024, 3.5, 1e16, -4]],
    ['1 < 2 < 3 and not (1 == 2) and "a" in "cat" and 3 not in [1]', true],
    ['"abcdef"[1:-1:2], [1, 2, 3][-1], "x"[5:]', ['bd', 3, '']],
    ['" a,b ".strip().split(",") + "k=v".partition("=")[2:] if False else " a,b ".strip().split(",")', ['a', 'b']],
    ['None or "" or "last"', 'last'],
    ['int("42") + int(True) + len("äö") + round(2.5)', 47],
    ['str(3.0) + str(None) + repr("it\'s") + str([1, "a"])', "3.0None\"it's\"[1, 'a']"],
    ['"-".join(str(n) for n in range(3))', '0-1-2'],
    ['(lambda a, *b, c=3, **d: [a, list(b), c, d])(1, 2, e=4)', [1, [2], 3, { e: 4 }]],
    ['max([3, 1, 2]), min("b", "a"), sum([1, 2]), any([0, 1]), all([])', [3, 'a', 3, true, true]],
    ['isinstance(True, int), isinstance("", (list, str)), bool([])', [true, true, false]],
    ['1_000_000 * 3 if True else 0', 3000000],
    ['(n := 5) + n', 10],
  ])('%s', async (code, expected) => {
    expect(await settings(`X = ${code}\n`)).toEqual({ X: expected });
  });
});

describe('statements', () => {
  it('shares lists and dictionaries, and changes them in place', async () => {
    const code = `
A = ["a"]
B = A
B += ["b"]
B.insert(0, "z")
C = {"x": {"y": 1}}
C["x"]["y"] = 2
C.setdefault("l", []).append(3)
C.update(k=1)
del C["k"]
D, *E = A
`;
    expect(await settings(code)).toEqual({
      A: ['z', 'a', 'b'],
      B: ['z', 'a', 'b'],
      C: { x: { y: 2 }, l: [3] },
      D: 'z',
      E: ['a', 'b'],
    });
  });

  it('follows loops, functions, classes and exceptions', async () => {
    const code = `
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
F = fib(10)
class Base:
    ENGINE = "db"
    @property
    def url(self):
        return self.ENGINE + "://" + self.host()
    def host(self):
        return "h"
    @classmethod
    def make(cls):
        return cls.ENGINE
class Sub(Base):
    ENGINE = "cache"
    def host(self):
        return super().host() + "2"
U, M = Sub().url, Sub.make()
OUT = []
for i in range(5):
    if i == 1: continue
    if i == 3: break
    OUT.append(i)
else:
    OUT.append("never")
try:
    V = {}["missing"]
except KeyError as e:
    V = "default"
finally:
    W = 1
while len(OUT) < 4:
    OUT.append("w")
match "redis":
    case "locmem": Z = 1
    case "redis" | "valkey": Z = 2
def gen():
    yield 1
    yield from [2, 3]
G = list(gen())
`;
    expect(await settings(code)).toEqual({
      F: 55,
      U: 'cache://h2',
      M: 'cache',
      OUT: [0, 2, 'w', 'w'],
      V: 'default',
      W: 1,
      Z: 2,
      G: [1, 2, 3],
    });
  });

  it('knows no data any more once the module was updated with what is not known', async () => {
    const code = 'import os, yaml\nA = 1\nvars().update(yaml.safe_load(os.environ["FILE"]))\nB = 2\n';
    expect(await settings(code, { FILE: null })).toMatchObject({ A: { $unknown: expect.any(String) as string }, B: 2 });
  });

  it('writes names through globals, setattr and dir of a settings class', async () => {
    const files = {
      's.py': `
import sys, inspect
globals()["A"] = 1
vars().update(B=2)
class Settings:
    C = 3
    @property
    def D(self): return self.C + 1
    @classmethod
    def load(cls, name):
        self = cls()
        for member, value in inspect.getmembers(self):
            if member.isupper():
                setattr(sys.modules[name], member, value)
class Own(Settings):
    C = 10
    E = []
Own.load(__name__)
for setting in dir(Own()):
    if setting.isupper():
        locals()["X" + setting] = getattr(Own(), setting)
`,
    };
    expect(await settings(files)).toEqual({ A: 1, B: 2, C: 10, D: 11, E: [], XC: 10, XD: 11, XE: [] });
  });
});

describe('the environment', () => {
  it('takes the default where nothing sets a variable, and what the deployment sets elsewhere', async () => {
    const code = `
import os
from os import environ, getenv
A = os.environ.get("UNSET", "d")
B = environ.get("UNSET")
C = getenv("GIVEN", "d")
D = int(os.environ["NUMBER"]) if "NUMBER" in os.environ else 0
E = os.getenv("UNSET", default="e")
`;
    expect(await settings(code, { GIVEN: 'g', NUMBER: '4' })).toEqual({ A: 'd', B: null, C: 'g', D: 4, E: 'e' });
  });

  it('does not know a required variable that nobody sets, and goes on', async () => {
    const code =
      'import os\nA = os.environ["SECRET"]\nB = {"k": A, "l": 1}\nC = f"x{A}"\ntry:\n  D = os.environ["OTHER"]\nexcept KeyError:\n  D = "caught"\n';
    const program = await programOf({ 's.py': code });
    const names = program.python.evaluate('s')?.names;
    const a = names?.get('A');
    expect(a).toMatchObject({
      kind: 'unknown',
      reason: 'environment variable SECRET is required and set nowhere in the repository',
      origin: { variables: ['SECRET'] },
    });
    expect(await settings(code)).toMatchObject({
      B: { k: unknown('SECRET'), l: 1 },
      C: unknown('SECRET'),
      D: 'caught',
    });
    expect(names?.get('D')?.origin.variables).toEqual(['OTHER']);
  });

  it('keeps both outcomes of a condition that is not known', async () => {
    const code = `
import os
mode = os.environ["MODE"]
if mode == "a":
    X = 1
    LIST = ["a"]
    D = {"k": 1, "same": 0}
    ONLY = 1
else:
    X = 2
    LIST = ["b"]
    D = {"k": 2, "same": 0}
Y = X
MIDDLEWARE = ["m"]
if mode:
    MIDDLEWARE.append("n")
MIDDLEWARE += ["z"]
`;
    const program = await programOf({ 's.py': code }, { MODE: null });
    const names = program.python.evaluate('s')?.names;
    const shown = (name: string): unknown[] | undefined => {
      const value = names?.get(name);
      return value?.kind === 'unknown' ? value.candidates?.map((one) => plainValue(one)) : undefined;
    };
    expect(shown('X')).toEqual([1, 2]);
    expect(shown('Y')).toEqual([1, 2]);
    expect(shown('LIST')).toEqual([['a'], ['b']]);
    expect(shown('MIDDLEWARE')).toEqual([
      ['m', 'n', 'z'],
      ['m', 'z'],
    ]);
    expect(names?.get('D')).toMatchObject({ kind: 'dict' });
    expect(plainValue(names?.get('D') ?? { kind: 'none', origin: { locations: [], variables: [] } })).toEqual({
      k: unknown('MODE'),
      same: 0,
    });
    expect(names?.get('ONLY')).toMatchObject({ kind: 'unknown', absent: true });
    expect(names?.get('X')?.origin.variables).toEqual(['MODE']);
  });

  it('names the variables that chose a value, set or not', async () => {
    const code = `
import os
if os.environ.get("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "redis"}}
else:
    CACHES = {"default": {"BACKEND": "locmem"}}
DEBUG = os.environ.get("DEBUG", "0") == "1"
ENGINE = "db"
if DEBUG:
    ENGINE = "console"
def choose():
    if os.environ.get("CHOICE"):
        return "a"
    return "b"
CHOSEN = choose()
`;
    const program = await programOf({ 's.py': code });
    const names = program.python.evaluate('s')?.names;
    const of = (name: string): readonly string[] => {
      const value = names?.get(name);
      return value === undefined ? [] : variablesOf(value);
    };
    expect(of('CACHES')).toEqual(['REDIS_URL']);
    expect(of('DEBUG')).toEqual(['DEBUG']);
    expect(of('ENGINE')).toEqual(['DEBUG']);
    expect(of('CHOSEN')).toEqual(['CHOICE']);
  });

  it('does not trust a value without which the code refuses to load', async () => {
    const code = 'import os\nKEY = os.environ.get("KEY")\nif not KEY:\n    raise RuntimeError("set KEY")\nB = 1\n';
    expect(await settings(code)).toEqual({ KEY: unknown('refuses to load'), B: 1 });
  });
});

describe('places', () => {
  it('says where a value was last set', async () => {
    const files = {
      'base.py': 'A = 1\nCACHES = {\n    "default": {\n        "BACKEND": "x",\n    },\n}\nL = ["a"]\n',
      's.py': 'from base import *\nA = A + 1\nCACHES["default"]["TIMEOUT"] = 5\nL.append("b")\n',
    };
    const names = (await programOf(files)).python.evaluate('s')?.names;
    const place = (name: string): string => {
      const location = names?.get(name)?.origin.locations[0];
      return `${location?.uri ?? ''}:${location?.region.startLine ?? 0}`;
    };
    expect(place('A')).toBe('s.py:2');
    expect(place('CACHES')).toBe('s.py:3');
    expect(place('L')).toBe('s.py:4');
    const caches = names?.get('CACHES');
    const inner = caches?.kind === 'dict' ? caches.entries.get('sdefault')?.value : undefined;
    const backEnd = inner?.kind === 'dict' ? inner.entries.get('sBACKEND')?.value.origin.locations[0] : undefined;
    expect(backEnd).toMatchObject({ uri: 'base.py', region: { startLine: 4 } });
  });
});

describe('modules', () => {
  it('follows packages, relative and star imports, circles and importlib', async () => {
    const files = {
      'conf/__init__.py': '',
      'conf/base.py': '__all__ = ["A", "_HIDDEN"]\nA = 1\n_HIDDEN = 2\nNOT = 3\n',
      'conf/other.py': 'from . import base\nfrom .. import nothing\n',
      'conf/deep/__init__.py': 'from ..base import A as UP\n',
      'circle_a.py': 'X = 1\nimport circle_b\nY = circle_b.Z\n',
      'circle_b.py': 'from circle_a import X\nZ = X + 1\n',
      's.py':
        'from conf.base import *\nfrom conf.deep import UP\nimport circle_a\nfrom importlib import import_module\nC = circle_a.Y\nD = import_module("conf.base").NOT\nE = "NOT" in globals()\n',
    };
    expect(await settings(files)).toEqual({ A: 1, _HIDDEN: 2, UP: 1, C: 2, D: 3, E: false });
  });

  it('decides imports in a try by what production declares', async () => {
    const code = 'try:\n    import PKG\n    X = True\nexcept ImportError:\n    X = False\n';
    const files = {
      'requirements.txt': 'django-redis==5.0\nDjango>=4.2\n',
      'requirements-dev.txt': '-r requirements.txt\ndjango-debug-toolbar\n',
    };
    const of = async (name: string): Promise<unknown> =>
      (await settings({ ...files, 's.py': code.replace('PKG', name) })).X;
    expect(await of('django_redis')).toBe(true);
    expect(await of('json')).toBe(true);
    expect(await of('debug_toolbar')).toBe(false);
    expect(await of('local_settings')).toBe(false);
  });

  it('reads files of the repository and knows which do not exist', async () => {
    const files = {
      'app/s2.py': '',
      'config.json': '{"a": [1, null]}',
      'version.txt': '1.2\n',
      'extra.py': 'FROM_EXTRA = BASE\n',
      's.py': `
import os, json
from pathlib import Path
BASE = Path(__file__).resolve().parent
J = json.loads((BASE / "config.json").read_text())
V = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "version.txt")).read().strip()
E = (BASE / "nope").exists(), os.path.isdir(os.path.join(BASE, "app")), os.path.exists("/etc/app/settings.py")
exec(open(BASE / "extra.py").read())
`,
    };
    expect(await settings(files)).toEqual({
      BASE: '/repository',
      J: { a: [1, null] },
      V: '1.2',
      E: [false, true, false],
      FROM_EXTRA: '/repository',
    });
  });
});

describe('hostile code', () => {
  it.each([
    ['X = "a" * 10**9'],
    ['X = list(range(10**9))'],
    ['X = 2 ** 10 ** 9'],
    ['X = 1\nwhile True:\n    X += 1'],
    ['def f(): return f()\nX = f()'],
    ['X = []\nfor i in range(60):\n    X = [X, X]'],
    ['X = [1]\nfor i in range(60):\n    X = X + X'],
    ['X = "ab"\nfor i in range(60):\n    X += X'],
    [`X = ${'['.repeat(3000)}${']'.repeat(3000)}`],
    [`X = ${'1 + '.repeat(20000)}1`],
    [`X = ${'-'.repeat(5000)}1`],
    [`X = ${'(lambda: '.repeat(500)}1${')()'.repeat(500)}`],
    [
      Array.from({ length: 300 }, (_, i) => `${'  '.repeat(Math.min(i, 90))}if UNKNOWN${i}:`).join('\n') +
        '\n' +
        '  '.repeat(91) +
        'X = 1',
    ],
    ['import os\n' + Array.from({ length: 40 }, (_, i) => `if os.environ["A${i}"]:\n    X${i} = 1`).join('\n')],
    ['X = []\nX.append(X)\nY = str(X)\nZ = X == X'],
    ['X = {}\nX["x"] = X\nY = sorted(X)\nimport copy\nZ = copy.deepcopy(X)'],
    ['class A: pass\nA.__bases__ = (A,)\nclass B(A, A): pass\nX = B().nope'],
    ['import s\nfrom s import *\nX = s.X'],
    ['X = "%s" % ("%" * 100)\nY = "{:>999999999}".format(1)\nZ = "{0[}".format(1)'],
    ['def g():\n    while True:\n        yield 1\nX = list(g())'],
    ['X = {i: {j: [k for k in range(200)] for j in range(200)} for i in range(200)}'],
    ['X = "a".replace("", "b" * 10000).replace("b", "c" * 10000)'],
    ['import os\nfor i in range(100000):\n    if os.environ["U"]:\n        X = i'],
    ['X = (\n'],
    ['def f(x=f()): pass\n\x00\nX ='],
  ])('is cut short: %#', async (code) => {
    const started = performance.now();
    await settings(code);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('records', () => {
  it('makes the constructors of dataclasses and named tuples', async () => {
    const code = `
from dataclasses import dataclass, field
from typing import NamedTuple
from collections import namedtuple
@dataclass
class Release:
    version: str
    notes: list = field(default_factory=list)
    stable: bool = True
    @property
    def short(self):
        return ".".join(self.version.split(".")[:2])
class Paths(NamedTuple):
    root: str
    static: str = "s"
R = Release("1.2.3")
A, B, C = R.short, R.stable, R.notes
P = Paths("r")
D, E = P
F = namedtuple("F", "x y")(1, y=2).y
`;
    const { A, B, C, D, E, F } = await settings(code);
    expect([A, B, C, D, E, F]).toEqual(['1.2', true, [], 'r', 's', 2]);
  });
});
