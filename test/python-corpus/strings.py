'single'
"double"
'''triple
single'''
"""triple
double"""
''
""
''''''
""""""
'it\'s'
"say \"so\""
"""quote " inside, "" two, \""" three"""
'new\
line'
'\a\b\f\n\r\t\v\\\'\"'
'\0\07\101\777'
'\x41\u0041\U0001F600'
'\N{BULLET} named'
'\q unknown \. escapes'
r'raw \n \' still'
R"\""
u'unicode'
U"x"
b'bytes'
B"\x00\377\n\q\u0041"
br'raw \x00'
bR'' Rb"" rB''
rb"""
\triple
"""
'a' 'b' "c" '''d'''
('a'
 'b'  # comment
 'c')
b'a' b"b"
'a' u'b' r'\c'
'é ü 漢 😀'
x = 'é😀' + f(a)  # after a character of two units
'tab	inside'
"%s" % f(a)
'{}'.format(f(a))
'a'[0]
'a'.b()
f(
    'a'
    'b', c('d'
           'e'))

f''
f"plain"
f'{a}'
F"{a}" rf'{a}\n' fR"\{a}" Rf'' RF"{x}"
f'{a!r}'
f'{a!s:>10}'
f'{a!a:{w}.{p}}'
f'{a:>{w}}'
f'{a:%Y-%m-%d}'
f'{a:{b!r:}}'
f'{{literal}} {a} }}{{'
f'{{{a}}}'
f'{a=}'
f'{a = }'
f'{a=!s}'
f'{a=:>10}'
f'{ a }'
f'{a,}'
f'{a, b}'
f'{*a, *b}'
f'{(lambda x: x)}'
f'{(x := 5)}'
f'{a if b else c}'
f'{a["b"]}'
f'{a["b"]:{c["d"]}}'
f"{f(a, b=c)}"
f'{a != b} {a == b} {a >= b}'
f'{ {1: 2}[1] }'
f'{{x}}{x}'
f'\n{a}\t\x41'
f'{a}' 'plain {a}' f"{b}"
'plain' f'{a}' "more" r'\n'
f'''
{a}
{
    b
}
'''
f"""{
    f(a)  # comment
}"""
f'''{a:
}'''
f'{f"{a}"}'
f"{f'{f(a)}'}"
f'{yield_}'
f'{a:\x41}'
f'\{a}'
rf'\{a:\w{b}}'
f'{a}{b}{c}'
f'{3.4:10}'
f'{a}: {b}'
f'{lambda_}'
f'{not a}'
f'{-a}'
f'{await_}'
f'{[b for b in c]}'


def g():
    return f'{yield}'
