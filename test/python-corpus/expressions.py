a or b or c
a and b and c or d and not e
not a
not not a
not a in b
a < b <= c == d != e > f >= g
a is b is not c in d not in e
a is not (not b)
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m
a + b + c - d
a - (b - c)
-a ** -b ** c
-a.b(c)[d]
~-+a
(a) + (b)
(a + b) * c
2 ** 3 ** 4
(2 ** 3) ** 4
await_ = a if b else c if d else e
(a if b else c) if (d) else e
lambda: 0
lambda x: x
lambda x, y=1, *args, z, w=2, **kwargs: (x, y)
lambda *, a: a
lambda a, /, b: a
lambda *a, **k: lambda: a
f(lambda: x, key=lambda y: y)
lambda: (yield)
x = lambda a=f(1): g(a)
(y := f(x))
[y := 1, y ** 2]
f(y := 1)
items[y := 0]
{y := 1}
if_else = [a if b else c for d in e if f if g]

()
(a)
(a,)
(a, b)
(a, b,)
[]
[a]
[a, *b, c,]
{}
{a: b}
{a: b, **c, d: e,}
{**a}
{a}
{a, *b}
{a: lambda: b}
{(a): (b)}
((((a))))
[[[[]]]]
((a), (b))
(a)(b)
(a).b
[a][0]
{a: b}[a]

f()
f(a)
f(a,)
f(a, b=c, *d, e=f, **g)
f(*a, **b)
f(*a or b)
f(**a or b)
f(a)(b)(c)
f(a for b in c)
f((a for b in c), d)
f(a=(b for c in d))
f(a)[b].c(d).e
f(match=1, case=2, type=3, _=4)
f(
    a,
    b
    ,
)
f(a if b else c, *d if e else f)
print(*a, sep="")
super().__init__(*args, **kwargs)

a[b]
a[b, c]
a[b,]
a[:]
a[b:]
a[:c]
a[b:c]
a[b:c:d]
a[::d]
a[b::]
a[::]
a[b:c, d:e]
a[..., None]
a[*b]
a[*b, c]
a[b, *c]
a[lambda: b]
a[b if c else d:e]
a[-1]
a[f(x):g(y)]
a[(b, c)]

[a for a in b]
[a for a in b if c]
[a for a, b in c for d in e if f if g]
[a for a, in b]
[a for *a, b in c]
[f(a) for a in (yield_,)]
[a for a in b if (c := d)]
{a for a in b}
{a: b for a, b in c}
{f(a): g(b) for a, b in c.items() if h(a)}
(a for a in b)
(a for a in b if c or d)
[[a for a in b] for b in c]
[x for x in a if x if not x]
{x: y for x in a for y in b}


async def f():
    [a async for a in b]
    [await a for a in b async for c in d]
    (a async for a in b if await c)
    await a ** await b
    -await a
    return await a.b(c)


None
True
False
...
__debug__
NotImplemented

0
00
0_0
1
1_000_000
0xFF
0XdeadBEEF
0x_f
0o17
0O1_7
0b1010
0B_1
123456789012345678901234567890
1.
1.5
.5
1e10
1E-5
1.e+5
1_0.0_1e1_0
.5e5
1j
1.5J
1e3j
0777.5
1if a else 2
[1for x in y]
1 .real
1..real
1.0.real
a.b . c
match
case
type
_
match(a)
match[a]
match.a
match, case
match = case = type = 1
match: int = 1
match * a
match - a
match @ a
match (a).b
type(a)
type (a)
type = a
type[a]
type: int
case(a)
print(match, case, type)
