import { describe, expect, it } from 'vitest';
import { settings, unknown } from './evaluated-settings.js';

describe('configparser', () => {
  const INI = `# comment
[DEFAULT]
host = localhost
[database]
Name = shop
url: %(scheme)s://%(host)s/%(name)s
scheme = pg
port = 5432
debug = Off
list =
  a
  b
[empty]
`;

  it('reads files of the repository', async () => {
    const code = `
import configparser
config = configparser.ConfigParser()
READ = config.read(["conf/app.ini", "conf/absent.ini", "/etc/app.ini"])
NAME = config.get("database", "NAME")
URL = config["database"]["url"]
PORT = config.getint("database", "port")
DEBUG = config["database"].getboolean("debug")
HOST = config["empty"].get("host")
NONE = config["empty"].get("other")
FALLBACK = config.get("absent", "x", fallback="f")
try:
    config.get("database", "absent")
except configparser.NoOptionError:
    CAUGHT = True
LIST = config.get("database", "list").split()
SECTIONS = config.sections()
IN = "empty" in config, "absent" in config, "port" in config["database"]
OPTIONS = config.options("empty")
raw = configparser.RawConfigParser()
raw.read_string("[a]\\nx = 100%\\n")
raw.read_dict({"a": {"Y": 1}})
X, Y = raw.get("a", "x"), raw.get("a", "y")
`;
    expect(await settings({ 's.py': code, 'conf/app.ini': INI })).toEqual({
      READ: ['conf/app.ini'],
      NAME: 'shop',
      URL: 'pg://localhost/shop',
      PORT: 5432,
      DEBUG: false,
      HOST: 'localhost',
      NONE: null,
      FALLBACK: 'f',
      CAUGHT: true,
      LIST: ['a', 'b'],
      SECTIONS: ['database', 'empty'],
      IN: [true, false, true],
      OPTIONS: ['host'],
      X: '100%',
      Y: '1',
    });
  });

  it('knows nothing where it cannot know which files are read', async () => {
    const code = `
import configparser, os
config = configparser.ConfigParser()
config.read_string("[a]\\nx = 1\\n")
SURE = config.get("a", "x")
config.read(os.environ["FILE"])
X = config.get("a", "x")
F = config.get("a", "other", fallback="f")
S = config.has_section("b")
secret = configparser.ConfigParser()
secret.read("/run/secrets/app.ini")
Y = secret.get("a", "x", fallback=None)
`;
    expect(await settings({ 's.py': code }, { FILE: null })).toEqual({
      SURE: '1',
      X: unknown('FILE'),
      F: unknown('FILE'),
      S: unknown('FILE'),
      Y: unknown('running system'),
    });
  });

  it('takes back what a branch has read', async () => {
    const code = `
import configparser, os
config = configparser.ConfigParser()
config.read_dict({"a": {"x": "1", "y": "1"}})
if os.environ["FLAG"] == "x":
    config.set("a", "x", "2")
X, Y = config.get("a", "x"), config.get("a", "y")
`;
    expect(await settings({ 's.py': code }, { FLAG: null })).toEqual({ X: unknown('FLAG'), Y: '1' });
  });
});

describe('re', () => {
  it.each<[string, unknown]>([
    ['re.match(r"v?(\\d+)\\.(\\d+)", "v1.22.3").groups()', ['1', '22']],
    ['re.match(r"\\d", "a1"), bool(re.search(r"\\d", "a1")), re.fullmatch("a", "ab")', [null, true, null]],
    ['re.search(r"__version__ = [\'\\"]([^\'\\"]+)", "x\\n__version__ = \'1.2\'\\n").group(1)', '1.2'],
    ['re.search(r"(?P<user>\\w+)@(?P<host>[\\w.-]+)", "to: ann@ex.org").groupdict()', { user: 'ann', host: 'ex.org' }],
    [
      're.match("(a)(b)?", "a").group(0, 2), re.match("(a)(b)?", "a").groups("-")',
      [
        ['a', null],
        ['a', '-'],
      ],
    ],
    ['re.match("(?P<k>a)", "a")["k"], re.search("b", "ab").span()', ['a', [1, 2]]],
    ['re.sub(r"(\\w+)-(\\w+)", r"\\2 \\g<1>", "a-b c-d", count=1)', 'b a c-d'],
    ['re.sub("[aeiou]", lambda m: m.group().upper(), "banana")', 'bAnAnA'],
    [
      're.split(r"[,;]\\s*", "a, b;c"), re.split("(,)", "a,b,c", 1)',
      [
        ['a', 'b', 'c'],
        ['a', ',', 'b,c'],
      ],
    ],
    [
      're.findall(r"\\w+", "a b"), re.findall("(a)(b)?", "aba")',
      [
        ['a', 'b'],
        [
          ['a', 'b'],
          ['a', ''],
        ],
      ],
    ],
    ['[m.start() for m in re.finditer("a", "banana")]', [1, 3, 5]],
    ['re.compile(r"^A", re.I | re.M).findall("a\\nab\\nc"), re.compile("x").pattern', [['a', 'a'], 'x']],
    [
      'bool(re.search("a$", "a\\n")), bool(re.search("a\\\\Z", "a\\n")), bool(re.search("a.b", "a\\nb", re.S))',
      [true, false, true],
    ],
    ['re.match(r"(?x) a  b # comment", "ab").group(), re.match("(?i)AB", "ab").group()', ['ab', 'ab']],
    ['re.match("[]a]{2}", "]a").group(), re.match("a{,2}b", "aab").group()', [']a', 'aab']],
    ['re.escape("a.b-c/d")', 'a\\.b\\-c/d'],
    ['re.sub("x*", "-", "abxd")', '-a-b--d-'],
  ])('%s', async (code, expected) => {
    expect(await settings(`import re\nX = ${code}\n`)).toEqual({ X: expected });
  });

  it.each([
    're.match("(a+)+b", "a" * 50)',
    're.match("(a|a)*b", "a" * 50)',
    're.match("a?" * 40 + "a" * 40, "a" * 40)',
    're.match(".*.*.*.*.*x", "a" * 500)',
    're.match("(a)?\\\\1b", "b")',
    're.match("a++", "aa")',
    're.match("(?#c)a", "a")',
    're.match(r"\\w", "\\u00e4")',
    're.match(os.environ["P"], "a")',
    're.sub("a", os.environ["P"], "a")',
  ])('does not follow %s', async (code) => {
    expect((await settings(`import os, re\nX = ${code}\n`, { P: null })).X).toEqual(unknown(''));
  });
});

describe('classes that extend a builtin type', () => {
  it('give objects that behave like it', async () => {
    const code = `
class Name(str):
    """A text."""
    @property
    def shout(self):
        return self.upper() + "!"
    def lower(self):
        return "<" + super().lower() + ">"
class Options(dict):
    def on(self, key):
        return bool(self.get(key))
class Apps(list):
    LIMIT = 2
    def add(self, *names):
        self.extend(names)
        return self
N = Name("Ann")
A = N + "e", N.shout, N.lower(), len(N), N == "Ann", f"{N}", isinstance(N, str), isinstance(N, Name)
O = Options(a=1)
O["b"] = 0
B = O.on("a"), O.on("b"), "b" in O, type(O) is Options, isinstance("x", Name)
L = Apps(["x"]).add("y", "z")
C = L[-1], L.LIMIT, [x for x in L], hasattr(L, "add"), hasattr([], "add")
`;
    expect(await settings(code)).toEqual({
      N: 'Ann',
      A: ['Anne', 'ANN!', '<ann>', 3, true, 'Ann', true, true],
      O: { a: 1, b: 0 },
      B: [true, false, true, true, false],
      L: ['x', 'y', 'z'],
      C: ['z', 2, ['x', 'y', 'z'], true, false],
    });
  });

  it('are left alone where they have operators or a constructor of their own', async () => {
    const code = `
from enum import Enum
class Lower(dict):
    def __getitem__(self, key):
        return 1
class Made(str):
    def __new__(cls, value):
        return super().__new__(cls, value + "x")
class Colour(str, Enum):
    RED = "red"
X = Lower(a=2)["a"]
Y = Made("a")
Z = Colour("red").value
`;
    expect(await settings(code)).toEqual({ X: unknown('Lower'), Y: unknown('Made'), Z: 'red' });
  });
});
