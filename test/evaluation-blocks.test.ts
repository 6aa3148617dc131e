import { describe, expect, it } from 'vitest';
import { settings, unknown } from './evaluated-settings.js';

describe('with', () => {
  it('takes the prefix back at the end of the block', async () => {
    const code = `
from environs import Env
env = Env()
with env.prefixed("A_"):
    X = env.str("NAME", "none")
    with env.prefixed("B_"):
        Y = env.str("NAME", "none")
    Z = env.str("NAME", "none")
W = env.str("NAME", "none")
`;
    const environment = { A_NAME: 'a', A_B_NAME: 'ab', NAME: 'plain' };
    const files = { 's.py': code, 'requirements.txt': 'environs\n' };
    expect(await settings(files, environment)).toEqual({ X: 'a', Y: 'ab', Z: 'a', W: 'plain' });
  });

  it('enters and leaves objects, inherited methods and exceptions included', async () => {
    const code = `
LOG = []
class Base:
    def __exit__(self, kind, error, trace):
        LOG.append("out " + self.name)
        return kind is ValueError
class Step(Base):
    def __init__(self, name):
        self.name = name
    def __enter__(self):
        LOG.append("in " + self.name)
        return self.name
with Step("a") as A, Step("b"):
    LOG.append("body")
with Step("c"):
    raise ValueError("x")
AFTER = True
`;
    expect(await settings(code)).toEqual({
      LOG: ['in a', 'in b', 'body', 'out b', 'out a', 'in c', 'out c'],
      A: 'a',
      AFTER: true,
    });
  });

  it('runs the body where a generator yields', async () => {
    const code = `
from contextlib import contextmanager
LEVEL = 0
SEEN = []
@contextmanager
def raised(by, *, name="x"):
    global LEVEL
    LEVEL += by
    try:
        yield name + str(LEVEL)
    finally:
        LEVEL -= by
with raised(2, name="n") as NAME:
    SEEN.append(LEVEL)
SEEN.append(LEVEL)
def first():
    with raised(1):
        return LEVEL
FIRST = first()
try:
    with raised(5):
        raise KeyError("k")
except KeyError:
    CAUGHT = LEVEL
`;
    expect(await settings(code)).toEqual({ LEVEL: 0, SEEN: [2, 0], NAME: 'n2', FIRST: 1, CAUGHT: 0 });
  });

  it('goes on behind what is suppressed', async () => {
    const code = `
from contextlib import suppress
X = 1
with suppress(ImportError, KeyError):
    X = 2
    from .absent_module import *
    X = 3
with suppress(KeyError):
    Y = {}["a"]
Z = X
`;
    expect(await settings({ 'p/__init__.py': '', 's.py': code, 'requirements.txt': 'a\n' })).toEqual({ X: 2, Z: 2 });
  });
});

describe('lists of which a part is not known', () => {
  const lines = (code: string): string => `import json, os\nU = json.loads(os.environ["U"])\n${code}`;

  it.each<[string, unknown]>([
    ['["a"] + U', ['a', unknown('U')]],
    ['U + ["a"]', [unknown('U'), 'a']],
    ['["a", *U, "b"]', ['a', unknown('U'), 'b']],
    ['("a",) + tuple(["b"] + U)', ['a', 'b', unknown('U')]],
    ['"a" in ["a"] + U', true],
    ['"x" in ["a"] + U', unknown('')],
    ['"x" not in ["a"] + U', unknown('')],
    ['len(["a"] + U)', unknown('')],
    ['(["a", *U, "b"])[0]', 'a'],
    ['(["a", *U, "b"])[-1]', 'b'],
    ['(["a", *U, "b"])[1]', unknown('')],
    ['(["a", *U, "b"])[-2]', unknown('')],
    ['(["a", *U, "b"])[:1]', ['a']],
    ['(["a", *U, "b"])[1:]', [unknown('U'), 'b']],
    ['(["a", *U, "b"])[:2]', unknown('')],
    ['sorted(["a"] + U)', unknown('')],
    ['list(reversed(["a"] + U))', unknown('')],
    ['[x + "!" for x in ["a"] + U if x]', ['a!', unknown('U')]],
    ['{x: 1 for x in ["a"] + U}', unknown('')],
    ['(["a"] + U) == ["b"]', false],
    ['(["a"] + U) == ["a"]', unknown('')],
    ['bool(["a"] + U), bool([*U])', [true, unknown('')]],
    ['", ".join(["a"] + U)', unknown('')],
    ['max(["a"] + U)', unknown('')],
    ['next(iter([*U, "a"]))', unknown('')],
    ['any(x == "a" for x in ["a"] + U)', unknown('')],
    ['{"a"} | set(U)', unknown('')],
    ['set(["a"] + U) - {"a"}', [unknown('U')]],
    ['{"a"} - set(["b"] + U)', unknown('')],
  ])('%s', async (code, expected) => {
    const { X } = await settings({ 's.py': lines(`X = ${code}\n`) }, { U: null });
    expect(X).toEqual(expected);
  });

  it('are changed in place', async () => {
    const code = lines(`
A = ["a", "b"]
A += U
A.append("c")
B = ["a"]
B.extend(U)
B.insert(0, "first")
C = ["a", *U, "c", "d"]
C.remove("a")
C.remove("d")
D = ["a", *U, "c"]
D.insert(2, "x")
E = ["a", *U, "c"]
LAST = E.pop()
F = ["a", *U]
F.pop()
G = {"a"}
G.update(U)
`);
    expect(await settings({ 's.py': code }, { U: null })).toEqual({
      U: unknown('U'),
      A: ['a', 'b', unknown('U'), 'c'],
      B: ['first', 'a', unknown('U')],
      C: [unknown('U'), 'c'],
      D: ['a', unknown('order')],
      E: ['a', unknown('U')],
      LAST: 'c',
      F: unknown(''),
      G: ['a', unknown('U')],
    });
  });

  it('keep what a library adds apart', async () => {
    const code = `
from oscar import get_core_apps
INSTALLED_APPS = ["a", "b"] + get_core_apps()
for app in INSTALLED_APPS:
    SEEN = app
    if app == "b":
        HAS_B = True
`;
    expect(await settings({ 's.py': code, 'requirements.txt': 'oscar\n' })).toEqual({
      INSTALLED_APPS: ['a', 'b', unknown('')],
      SEEN: unknown(''),
      HAS_B: true,
    });
  });
});

describe('loops that may end early', () => {
  it('keep what every way agrees on', async () => {
    const code = `
import os
FLAG = os.environ["FLAG"]
FOUND = None
SURE = []
TURNS = 0
for name in ["a", "b", "c"]:
    if name == FLAG:
        FOUND = name
        break
    TURNS += 1
LATER = "set"
for name in ["a", "b"]:
    if FLAG == "x":
        continue
    LATER = name
for name in ["a", "b"]:
    try:
        if FLAG == name:
            break
    finally:
        SURE.append(name)
    TRIED = name
def first():
    for name in ["a", "b"]:
        if name == FLAG:
            return name
    return "none"
FIRST = first()
UNTOUCHED = 1
`;
    const found = await settings(code, { FLAG: null });
    expect(found).toMatchObject({ FOUND: unknown('FLAG'), TURNS: unknown('FLAG'), LATER: unknown('FLAG') });
    expect(found).toMatchObject({ FIRST: unknown('FLAG'), TRIED: unknown('FLAG'), UNTOUCHED: 1 });
    expect(found.SURE).toEqual(unknown('FLAG'));
  });

  it('run all their turns where nothing ends them', async () => {
    const code = `
import os
FLAG = os.environ["FLAG"]
OUT = {}
for name in ["a", "b"]:
    OUT[name] = 1
    if FLAG == "x":
        break
else:
    OUT["else"] = 1
`;
    expect((await settings(code, { FLAG: null })).OUT).toEqual({ a: 1, b: unknown('FLAG'), else: unknown('FLAG') });
  });
});

describe('functions', () => {
  it('go on behind a condition that is not known', async () => {
    const code = `
import os
FLAG = os.environ["FLAG"]
def merged(*options, more=None):
    result = list(options)
    if more:
        result += more.split(",")
    return tuple(result)
X = merged("a", more=FLAG)
Y = merged("a")
`;
    expect(await settings(code, { FLAG: null })).toMatchObject({ X: unknown('FLAG'), Y: ['a'] });
  });
});
