class A: pass
class A(): pass
class A(B): pass
class A(B, C, metaclass=D): pass
class A(*bases, **kwargs): pass
class A(f(x), key=g(y), *z): pass
class A(B,): x = 1; y = 2


class A(
    B,
    metaclass=Meta,
):
    """Documented."""

    a: int
    b: str = "x"
    c = d = call(1)
    __slots__ = ("a", "b")

    class Meta:
        ordering = ["-a"]

    class Inner(A):
        class Deeper:
            pass

    def method(self): pass

    @property
    def prop(self):
        return self._prop

    @prop.setter
    def prop(self, value):
        self._prop = value

    @classmethod
    async def make(cls, *args, **kwargs):
        return cls(*args, **kwargs)

    for x in y:
        locals()[x] = f(x)

    if a:
        b = 1
    else:
        def c(self): ...

    lambda self: self


@decorator
class B(A): ...


@dataclass(frozen=True, order=f(1))
@register
class C(Generic[T], Protocol): field: int = field(default=1)
