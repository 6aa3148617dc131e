match command:
    case "go": pass
    case 1 | 2 | 3: pass
    case -1: pass
    case -1.5 | 1 + 2j | -1 - 2j: pass
    case None | True | False: pass
    case b"x" | "a" "b" | r"c": pass
    case name: pass

match f(x), g(y):
    case a, b: call(1)
    case a, *rest: pass
    case *_, last: pass
    case [a, [b, *c], (d, e)]: pass
    case (a, b) if a == call(2): pass
    case (a): pass
    case (a,): pass
    case (): pass
    case []: pass
    case [*_]: pass
    case _: pass

match x:
    case {}: pass
    case {"a": 1, "b": [c, d], **rest}: pass
    case {-1: a, b.c: d, None: e, "f" "g": h,}: pass
    case {"a": 1 | 2 as n}: pass
    case Point(): pass
    case Point(0, y=0): pass
    case a.b.Point(x=Point(y=[1, *z]), w=_,): pass
    case (1 | 2) as n: pass
    case str() | bytes() as text: pass
    case [Point(x=0) as p, (2 | 3) as q]: pass
    case a.b: pass
    case {"x": Point(x=1)} if (y := f(1)): pass
    case "a" as b if b: pass
    case case: pass

match (x):
    case 1: pass
match [a, b]:
    case _: pass
match {a: b}:
    case _: pass
match -x:
    case _: pass
match not x:
    case _: pass
match lambda: x:
    case _: pass
match x := y:
    case _: pass
match *a, b:
    case _: pass
match a,:
    case _: pass
match match:
    case case:
        match case:
            case 1 if match(case):
                type = 1
            case _:
                pass

match (a, b):
    case _:
        pass
match(a)
match (a)
match[a:b]
match = {a: b}
match.group(1)
match: int
print(match)
if match: pass
while match:
    case = 1
