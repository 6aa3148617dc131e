def f(): pass
def f(a): return a
def f(a, b=1, *args, c, d=2, **kwargs): pass
def f(a, /): pass
def f(a, b=1, /, c=2, *, d, e=3): pass
def f(*, a): pass
def f(*args): pass
def f(**kwargs): pass
def f(a,): pass
def f(*args,): pass
def f(**kwargs,): pass
def f(a, *, b,): pass
def f(a: int, b: str = "x", *args: int, c: "C" = None, **kwargs: dict[str, int]) -> list[int]: pass
def f(a: lambda: 0 = lambda: 1) -> (lambda: 2): pass
def f(*args: *Ts): pass
def f() -> None: ...
def f(
    a,  # first
    b=call(1),

    *,
    c=[1, 2],
) -> Dict[
    str, int
]:
    """Documented."""
    def inner(): yield

    async def coroutine(): await inner()
    return inner


@decorator
def f(): pass


@decorator
@another.one
@call(1)
@call(2)(3)
@items[0].attr
@(lambda f: f)
@a or b
@x if y else z
@(w := call(4))
@ spaced . out
async def f(): pass


@property

# a comment between

def f(self): return self._f


def match(case, type): return case(type)


async def type(match=None): return match


def f():
    if a:
        def g():
            pass
    # a comment deeper than what follows
        # and deeper still
    return g
  # and one in between


def trailing(): pass;
def f(): a; b; return c
