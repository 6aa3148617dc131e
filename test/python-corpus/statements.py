#!/usr/bin/env python3
"""Every statement, in the shapes that it takes."""
from __future__ import annotations

import os
import os.path, sys as system
from . import sibling
from .. import parent as above
from ...deep.down import one, two as second
from .... import four_up
from collections import (
    OrderedDict,  # a comment inside
    defaultdict as dd,
)
from math import *
from match import case as type

a = 1
a = b = c = d = os.getcwd()
a, b = b, a
a, *rest = range(10)
(a, b), [c, *d] = (1, 2), [3, 4]
[x, y] = call(1)
a.b.c = f(1)[2](3)
items[0], items[1:2] = items[1], g()
x = 1; y = 2; z = h()
x = y = yield_free = (yield_like)
x = *a, *b
for_ = if_ = 3

a += 1
a -= 1
a *= 1
a @= m
a /= 1
a //= 2
a %= 3
a **= 2
a >>= 1
a <<= 1
a &= 1
a ^= 1
a |= call()
items[f(0)] += g(1)

a: int
a: int = 1
a.b: list[int] = []
items[0]: str = call(2)
(a): int = 5

del a
del a, b[0], c.d
del (a), (b)
del (a, b)
del [a, b]
del a,

pass; pass
assert a
assert a, "message %s" % f()
assert (a, b)

global_name = 1


def scopes():
    global global_name
    global a, b, c
    outer = 1

    def inner():
        nonlocal outer
        return

    return inner(), outer


def yields():
    yield
    yield 1
    yield 1, 2
    x = yield
    x = yield call(3)
    x += yield 2
    yield from range(3)
    x = yield from other()
    yield (yield)
    return (yield)


def raises():
    raise
    raise ValueError
    raise ValueError("x")
    raise ValueError("x") from error


if a: pass
if a: x = 1; y = f()
if a:
    pass
elif b():
    pass
elif (c := d()):
    pass
else:
    pass

if a:
    if b:
        pass
    else:
        f()
else:
    if c:
        pass

while a: break
while f():
    continue
else:
    g()

for x in y: pass
for x, in y:
    pass
for x, y in z: f(x)
for (x, y), *z in a, b, *c:
    f(x)
else:
    g(y)
for x.attr in items: pass
for x[0] in f(): pass
for i in *a, *b: pass

try:
    f()
except:
    pass

try: f()
finally: g()

try:
    f()
except ValueError:
    pass
except (TypeError, KeyError) as error:
    raise
except make() as e:
    h(e)
else:
    g()
finally:
    k()

with open(a): pass
with open(a) as f, open(b) as g:
    f.write(g.read())
with (open(a)) as f: pass
with (open(a)), (open(b)): pass
with (a): pass
with (a, b): pass
with (a, b) as c: pass
with (open(a) as f): pass
with (
    open(a) as f,
    open(b) as (g, h),
    open(c),
):
    pass
with (a).b() as c: pass
with (a, b)[0] as c: pass
with (yield_like): pass
with a as b.c, d as e[0], f as (g, h), i as [j]: pass
with (a if b else c) as d: pass
with (x for x in y) as z: pass
with lock: pass


async def asynchronous():
    async with a as b, c: pass
    async with (a as b, c as d): pass
    async for x in f():
        await g(x)
    else:
        pass
    x = await f()
    await f(await g())
    return [await y for y in z]


print(a); print(b)
print >> file, a
...
