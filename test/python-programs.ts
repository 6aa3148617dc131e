import fc from 'fast-check';

const NAMES = ['a', 'bc', 'self', 'match', 'case', 'type', 'é', '_x1'];

const name = fc.constantFrom(...NAMES);
const literal = fc.constantFrom(
  '0',
  '1_0',
  '0x1F',
  '1.5e3',
  '2j',
  "'s'",
  '"d" \'e\'',
  "b'x'",
  "r'\\n'",
  'None',
  'True',
  '...',
);

const join = (separator: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(separator));
const list = (item: fc.Arbitrary<string>, minLength = 0): fc.Arbitrary<string> =>
  fc.array(item, { minLength, maxLength: 3 }).map((items) => items.join(', '));

const { expression } = fc.letrec<{ expression: string; primary: string; target: string }>((tie) => {
  const target = fc.oneof(
    { weight: 4, arbitrary: name },
    tie('primary').map((value) => `${value}.attr`),
    join('', tie('primary'), fc.constant('['), tie('expression'), fc.constant(']')),
  );
  const clause = fc
    .tuple(name, tie('expression'), fc.option(tie('expression'), { nil: null }))
    .map(([to, from, condition]) => ` for ${to} in (${from})${condition === null ? '' : ` if (${condition})`}`);
  const argument = fc.oneof(
    { weight: 4, arbitrary: tie('expression') },
    tie('expression').map((value) => `*(${value})`),
  );
  const named = fc.oneof(
    join('=', name, tie('expression')),
    tie('expression').map((value) => `**(${value})`),
  );
  const call = fc.tuple(tie('primary'), fc.array(argument, { maxLength: 2 }), fc.array(named, { maxLength: 2 }));
  const primary = fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    name,
    literal.map((text) => `(${text})`),
    tie('expression').map((value) => `(${value})`),
    tie('primary').map((value) => `${value}.attr`),
    call.map(([func, args, keywords]) => `${func}(${[...args, ...keywords].join(', ')})`),
    fc.tuple(tie('primary'), tie('expression')).map(([value, index]) => `${value}[${index}]`),
    fc.tuple(tie('primary'), tie('expression')).map(([value, index]) => `${value}[(${index}):, ::2]`),
    list(tie('expression')).map((items) => `[${items}]`),
    list(tie('expression'), 1).map((items) => `(${items},)`),
    fc.tuple(tie('expression'), tie('expression')).map(([key, value]) => `{(${key}): ${value}, **{}}`),
    fc.tuple(tie('expression'), clause).map(([element, rest]) => `[${element}${rest}]`),
    fc.tuple(tie('expression'), clause).map(([element, rest]) => `f(${element}${rest})`),
    tie('expression').map((value) => `f"{(${value}) !r:>{w}}x"`),
  );
  const operator = fc.constantFrom(
    '+',
    '-',
    '*',
    '**',
    '//',
    '%',
    '@',
    '<<',
    '|',
    '&',
    '^',
    '<',
    '==',
    'is not',
    'not in',
    'and',
    'or',
  );
  const expression = fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('primary'),
    fc.tuple(tie('primary'), operator, tie('primary')).map(([left, op, right]) => `${left} ${op} ${right}`),
    fc.tuple(fc.constantFrom('-', '~', 'not '), tie('primary')).map(([op, value]) => `${op}${value}`),
    join('', tie('primary'), fc.constant(' if '), tie('primary'), fc.constant(' else '), tie('primary')),
    fc.tuple(name, tie('expression')).map(([param, value]) => `(lambda ${param}, *b: ${value})`),
    fc.tuple(name, tie('expression')).map(([to, value]) => `(${to} := (${value}))`),
  );
  return { expression, primary, target };
});

const target = fc.constantFrom('a', 'a.b', 'a[0]', 'a, b', '(a, *b)', '[a, b.c]', 'é');

const simple = fc.oneof(
  expression.map((value) => `(${value})`),
  fc
    .tuple(fc.array(target, { minLength: 1, maxLength: 3 }), expression)
    .map(([to, value]) => [...to, value].join(' = ')),
  fc
    .tuple(fc.constantFrom('a', 'b.c', 'd[1]'), fc.constantFrom('+=', '//=', '>>=', '@='), expression)
    .map((parts) => parts.join(' ')),
  expression.map((value) => `a: (${value}) = ${value}`),
  expression.map((value) => `assert ${value}, f()`),
  expression.map((value) => `return ${value}`),
  fc.constantFrom(
    'import a.b as c, d',
    'from ..a import (b, c as d,)',
    'from . import x',
    'pass',
    'del a, b[0]',
    'global q',
  ),
);

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

/** Correct programs, in the syntax that tree-sitter knows too. */
export const { program: pythonProgram } = fc.letrec<{ statement: string; block: string; program: string }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    simple,
    fc
      .tuple(expression, tie('block'), tie('block'))
      .map(([test, yes, no]) => `if ${test}:${yes}elif f():${no}else:${yes}`),
    fc.tuple(target, expression, tie('block')).map(([to, from, body]) => `for ${to} in ${from}:${body}`),
    fc.tuple(expression, tie('block')).map(([context, body]) => `with (${context}) as a, open(b):${body}`),
    fc
      .tuple(tie('block'), tie('block'))
      .map(([body, handler]) => `try:${body}except (A, B) as e:${handler}finally:${body}`),
    fc
      .tuple(name, expression, tie('block'))
      .map(([id, value, body]) => `@d(${value})\nasync def ${id}(a, /, b=(${value}), *c, d: e, **f) -> g():${body}`),
    fc.tuple(name, list(name), tie('block')).map(([id, bases, body]) => `class ${id}(${bases}):${body}`),
    fc
      .tuple(expression, tie('block'))
      .map(
        ([subject, body]) =>
          `match (${subject}):\n    case [a, *_] | {"k": None} if f(a):${indent(body).replace(/^ {4}$/gm, '')}`,
      ),
  ),
  block: fc.oneof(
    simple.filter((text) => !text.includes('\n')).map((text) => ` ${text}\n`),
    fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((body) => `  # block\n${indent(body.join('\n'))}\n`),
  ),
  program: fc.array(tie('statement'), { maxLength: 6 }).map((body) => body.join('\n') + '\n'),
}));
