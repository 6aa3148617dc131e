import { describe, expect, it } from 'vitest';
import type { PythonCode } from '../src/link/python-code/python-code.js';
import { classOf, codeOf, definition, lineOf, told, written } from './python-code-sources.js';

const of = (code: PythonCode, path: string, text: string): string[] =>
  told(code, code.resolve(written(code, path, text)));

describe('what a name stands for', () => {
  it('through imports of all kinds', async () => {
    const code = await codeOf({
      'shop/__init__.py': '',
      'shop/cart.py': 'import redis\nclient = redis.Redis(host="x")\ndef total(): ...\n',
      'shop/all.py': 'from .cart import *\nfrom django.core.cache import *\n',
      'shop/views.py': `import os.path
from django.core.cache import cache as store
from . import cart
from .cart import client as c, total
from .all import total as summed
import shop.cart
from shop import all as everything
import numpy.linalg as la

store.get('a')
cart.client.pipeline()
c.get
total
summed
shop.cart.total
everything.caches
la.norm
os.path.join
print
`,
    });
    const at = (text: string): string[] => of(code, 'shop/views.py', text);
    expect(at("store.get('a')")).toEqual(['django.core.cache.cache.get()']);
    expect(at('cart.client.pipeline()')).toEqual(['redis.Redis().pipeline()']);
    expect(at('c.get')).toEqual(['redis.Redis().get']);
    expect(at('total')).toEqual(['function shop/cart.py:3']);
    expect(at('summed')).toEqual(['function shop/cart.py:3']);
    expect(at('shop.cart.total')).toEqual(['function shop/cart.py:3']);
    expect(at('everything.caches')).toEqual(['django.core.cache.caches']);
    expect(at('la.norm')).toEqual(['numpy.linalg.norm']);
    expect(at('os.path.join')).toEqual(['os.path.join']);
    expect(at('print')).toEqual(['builtins.print']);
  });

  it('through packages without __init__.py', async () => {
    const code = await codeOf({
      'app/models/user.py': 'class User: ...\n',
      'app/main.py': 'import app.models.user\nfrom app.models import user\napp.models.user.User\nuser.User\n',
    });
    expect(of(code, 'app/main.py', 'app.models.user.User')).toEqual(['class app/models/user.py:1']);
    expect(of(code, 'app/main.py', 'user.User')).toEqual(['class app/models/user.py:1']);
  });

  it('in the scope that Python would look in', async () => {
    const code = await codeOf({
      'a.py': `x = 1
y = 2
class A:
    x = 3
    same = x
    def method(self, z: int):
        def inner():
            nonlocal y
            y = x
            return z
        y = 4
        return inner
def f():
    global x
    x = 5
def g(x=x):
    return [x for x in x]
`,
    });
    const names = code
      .bindings(written(code, 'a.py', 'z').module)
      .map(({ name, definitions, references }) => [
        name,
        definitions.length,
        references.map(
          ({ node, write, within }) =>
            `${lineOf(code, { module: written(code, 'a.py', 'z').module, node })}${write ? ' w' : ''} ${within.length}`,
        ),
      ]);
    expect(names).toEqual([
      ['x', 2, ['a.py:1 w 0', 'a.py:15 w 1', 'a.py:9 2', 'a.py:16 0']],
      ['y', 1, ['a.py:2 w 0']],
      ['A', 1, []],
      ['f', 1, []],
      ['g', 1, []],
    ]);
    expect(of(code, 'a.py', 'z')).toEqual(['parameter a.py:6']);
  });

  it('through objects, their attributes, properties and what functions return', async () => {
    const code = await codeOf({
      'a.py': `from lib import Base, make
class Client(Base):
    def __init__(self):
        self.session = make()
        self.many = 1
        self.many = 2
    def send(self): ...
    @property
    def link(self):
        return self.session
    @classmethod
    def create(cls):
        return cls()
def client():
    if True:
        return Client()
    return None
async def later():
    return client()
class Special(Client): ...
with client() as entered: ...
async def main():
    client().send
    Client.create().send
    Special().session
    Special().link.close
    (await later()).send
    Special().unheard
    Special.objects
    entered.send
    client().many
`,
    });
    const at = (text: string): string[] => of(code, 'a.py', text);
    expect(at('client().send')).toEqual(['function a.py:7']);
    expect(at('Client.create().send')).toEqual(['function a.py:7']);
    expect(at('Special().session')).toEqual(['lib.make()']);
    expect(at('Special().link.close')).toEqual(['lib.make().close']);
    expect(at('(await later()).send')).toEqual(['function a.py:7']);
    expect(at('Special().unheard')).toEqual(['lib.Base().unheard of Special']);
    expect(at('Special.objects')).toEqual(['lib.Base.objects of Special']);
    expect(at('entered.send')).toEqual(['function a.py:7']);
    expect(at('client().many')).toEqual(['unknown']);
  });

  it('is several things where a branch decides, and unknown in a circle', async () => {
    const code = await codeOf({
      'a.py': `from b import one, two, flag
try:
    import fast as parser
except ImportError:
    import slow as parser
chosen = one if flag else two
x = y
y = x
def loop():
    return loop()
parser.read
chosen.read
x.read
loop().read
for item in one():
    item
`,
    });
    expect(of(code, 'a.py', 'parser.read')).toEqual(['fast.read', 'slow.read']);
    expect(of(code, 'a.py', 'chosen.read')).toEqual(['b.one.read', 'b.two.read']);
    expect(of(code, 'a.py', 'x.read')).toEqual(['unknown']);
    expect(of(code, 'a.py', 'loop().read')).toEqual(['unknown']);
    expect(of(code, 'a.py', 'item')).toEqual(['element a.py:15']);
  });
});

describe('classes', () => {
  it('have ancestors in the repository and in libraries', async () => {
    const code = await codeOf({
      'base.py': 'from rest_framework.views import APIView\nclass Quiet: ...\nclass OwnView(Quiet, APIView): ...\n',
      'views.py':
        'from base import OwnView\nfrom lib import mixin\nclass Home(mixin(), OwnView): ...\nclass Odd(Odd): ...\n',
    });
    const { own, libraries, partial } = code.ancestry(classOf(code, 'views.py', 'Home'));
    expect(own.map(({ node }) => node.name)).toEqual(['Home', 'OwnView', 'Quiet']);
    expect(libraries).toEqual(['lib.mixin()', 'rest_framework.views.APIView']);
    expect(partial).toBe(false);
    expect(code.ancestry(classOf(code, 'views.py', 'Odd')).libraries).toEqual([]);
  });
});

describe('calls of a function', () => {
  it('are found through modules, objects and overridden methods', async () => {
    const code = await codeOf({
      'shop/__init__.py': '',
      'shop/stock.py': `def take(n): ...
class Store:
    def run(self):
        self.refill_all()
    def refill_all(self): ...
class Big(Store):
    def refill_all(self):
        take(1)
`,
      'shop/views.py': `from . import stock
from .stock import take as grab
def buy(request):
    stock.take(2)
    grab(3)
    later(grab)
def other(take, thing):
    take(4)
    thing.refill_all()
`,
      'shop/tests/test_stock.py': 'from shop.stock import take\ntake(5)\n',
    });
    const calls = (name: string): string[] =>
      code.callsOf(definition(code, 'shop/stock.py', name)).map((call) => lineOf(code, call));
    expect(calls('take')).toEqual(['shop/stock.py:8', 'shop/views.py:4', 'shop/views.py:5']);
    expect(code.handedOnAt(definition(code, 'shop/stock.py', 'take')).map((one) => lineOf(code, one))).toEqual([
      'shop/views.py:6',
    ]);
    const big = classOf(code, 'shop/stock.py', 'Big').node.body[0];
    if (big?.type !== 'FunctionDef') throw new Error('Big has no method');
    expect(
      code
        .callsOf({ module: classOf(code, 'shop/stock.py', 'Big').module, node: big })
        .map((call) => lineOf(code, call)),
    ).toEqual(['shop/stock.py:4']);
  });

  it('a method that nobody else has is called by its name alone', async () => {
    const code = await codeOf({
      'a.py': 'class Store:\n    def refill_all(self): ...\n    def get(self): ...\n',
      'b.py': 'def f(thing):\n    thing.refill_all()\n    thing.get()\n',
    });
    expect(code.callsOf(definition(code, 'a.py', 'refill_all')).map((call) => lineOf(code, call))).toEqual(['b.py:2']);
    expect(code.callsOf(definition(code, 'a.py', 'get'))).toEqual([]);
  });
});

it('a name of a module is found where others use it', async () => {
  const code = await codeOf({
    'app/__init__.py': '',
    'app/state.py': 'SEEN = {}\nOTHER = 1\n',
    'app/views.py':
      'from app.state import SEEN as seen\nfrom app import state\nimport app.state\nseen["a"] = 1\nstate.SEEN.clear()\napp.state.SEEN\nstate.OTHER\n',
    'else.py': 'SEEN = 1\nSEEN\n',
  });
  const module = code.moduleAt('app/state.py');
  if (module === undefined) throw new Error('app/state.py is not there');
  expect(code.usesElsewhere(module, 'SEEN').map((one) => lineOf(code, one))).toEqual([
    'app/views.py:4',
    'app/views.py:5',
    'app/views.py:6',
  ]);
});

it('its files are those of its folder and the packages beside it that they name', async () => {
  const code = await codeOf(
    {
      'web/manage.py': '',
      'web/settings.py': "INSTALLED_APPS = ['shared.billing']\n",
      'web/tests/test_x.py': '',
      'web/shop/migrations/0001.py': '',
      'shared/__init__.py': '',
      'shared/billing/__init__.py': 'import core\n',
      'core.py': '',
      'other/manage.py': '',
    },
    'web',
  );
  expect(code.paths).toEqual([
    'core.py',
    'shared/__init__.py',
    'shared/billing/__init__.py',
    'web/manage.py',
    'web/settings.py',
  ]);
});

it('a hostile file costs little', async () => {
  const deep = 20_000;
  const code = await codeOf({
    'a.py': `x = ${'('.repeat(60)}a${')'.repeat(60)}\n${Array.from({ length: deep }, (_, at) => `v${String(at + 1)} = v${String(at)}`).join('\n')}\nv${String(deep)}\n`,
    'b.py': `${Array.from({ length: 3000 }, (_, at) => `class C${String(at)}(C${String((at + 1) % 3000)}): pass`).join('\n')}\n`,
    'c.py': `${Array.from({ length: 200 }, (_, at) => `def f${String(at)}():\n    return f${String((at + 1) % 200)}() or f${String((at + 7) % 200)}()`).join('\n')}\nf0()\n`,
  });
  expect(of(code, 'a.py', `v${String(deep)}`)).toEqual(['unknown']);
  expect(code.ancestry(classOf(code, 'b.py', 'C0')).partial).toBe(true);
  expect(of(code, 'c.py', 'f0()')).toEqual(['unknown']);
});
