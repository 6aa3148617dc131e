type X = int
type X[T] = list[T]
type X[T: int, *Ts, **P] = Callable[P, tuple[T, *Ts]]
type type = type


def f[T](x: T) -> T: return x
def f[T: (int, str), *Ts, **P](x: T) -> T: return x
async def f[T](x: T): await g(x)
class A[T]: pass
class A[T: int, U](B[T], metaclass=M): x: T
class A[*Ts]: pass


try:
    pass
except* ValueError: pass
except* (TypeError, KeyError) as group:
    f(group)

try: pass
except *A: pass
