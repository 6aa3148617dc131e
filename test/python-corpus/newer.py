# What the grammar that we compare with does not read.
type X[T = int] = list[T]
def f[T = int, *Ts = *tuple[int, ...], **P = [int, str]](): pass
class A[T: int = bool](B): pass


try:
    pass
except ValueError, TypeError: pass
except KeyError, IndexError, AttributeError:
    pass

try:
    pass
except* A, B: pass

t'{a}'
T"hello {name!r:>{width}}"
rt'\n{a}' tR''
t'''
{a = }
'''

f'{x:=5}'
f'{a['b']}'
f'{'nested'}'
f"{f"{f"{1 + 1}"}"}"
f'{a["\n"]}'
f'{'\n'.join(a)}'
f'{a  # comment
}'
f'{
    a:{
        b
    }}'
f'''{a!r:
  }'''
f'\N{BULLET}{a}\N{LATIN SMALL LETTER A}'
