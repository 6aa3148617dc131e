if a:
	tab = 1
	if b:
		two = 2
        # eight spaces, the same as a tab, in a comment
	done = 3
if c:
        eight = 1
if d:
  two = 2
  if e:
     three = 3
  back = f(1)

x = 1 + \
    f(2) + \
  3
if a and \
   b:
    pass
assert x, \
    "message"
from a import b, \
    c
with a as b, \
     c as d:
    pass

x = [
1,
    2,
  # comment
        3
]
f(
a
)(
b
)
if (a
        and b
    or c):
    f()

def g(): # trailing comment


    # comment before the body
    x = 1

    # comment inside

    return x
# comment at the margin
    # indented comment after the body

class A:

    def f(self):

        pass



    def g(self): pass
if 1:
    pass
    # comment at the end of a block
else:
    pass

x = {  # comment
    'a': 1,  # comment
    # comment
    'b': f(2),
}  # comment
	
   
x=1;y=2;
lambda:0
é = naïve = 漢字 = f(1)
ﬁ = fi
class Ä: ö = ü()
a = 'x'if b else'y'
a=b if c else-d
a=[b]or{c}
x = not(a)
return_ = yield_ = 1
# no line break at the end

if a:
    pass

def f():
    pass
    
x = f(1)
if b:
    x
\
    \
    y
z = "end"