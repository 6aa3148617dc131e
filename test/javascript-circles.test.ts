import type { TSESTree } from '@typescript-eslint/types';
import { describe, expect, it } from 'vitest';
import { askingNothing, once } from '../src/link/javascript/once.js';
import { expression, programOf, told } from './javascript-sources.js';

describe('questions that lead back to themselves', () => {
  /** Names each of which may be any of the others: there are more ways through forty of them than anyone can go. */
  function names(count: number): { answers: () => (readonly number[])[]; asked: () => number } {
    const nodes = Array.from({ length: count }, () => ({}) as TSESTree.Node);
    const kept = new WeakMap<TSESTree.Node, readonly number[]>();
    const state = askingNothing();
    let asked = 0;
    const ask = (node: TSESTree.Node): readonly number[] =>
      once<readonly number[]>(
        state,
        kept,
        node,
        () => [],
        () => {
          asked++;
          return [...new Set([nodes.indexOf(node), ...nodes.flatMap(ask)])];
        },
      );
    return { answers: () => nodes.map(ask), asked: () => asked };
  }

  it('are answered with all that they come to', () => {
    for (const answer of names(5).answers()) expect([...answer].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('take no more steps than there are names, for each of them', () => {
    const { answers, asked } = names(40);
    for (const answer of answers()) expect(answer).toHaveLength(40);
    expect(asked()).toBeLessThanOrEqual(40 * 40);
  });

  it('and are asked again once the question is answered that they led back to', () => {
    const [a, b, c] = [{}, {}, {}] as [TSESTree.Node, TSESTree.Node, TSESTree.Node];
    const kept = new WeakMap<TSESTree.Node, string>();
    const state = askingNothing();
    const ask = (node: TSESTree.Node, make: () => string): string => once(state, kept, node, () => '-', make);
    const ofB = (): string => ask(b, () => `b${ofA()}`);
    const ofC = (): string => ask(c, () => 'c');
    const ofA = (): string => ask(a, () => `a${ofB()}${ofC()}`);
    expect(ofA()).toBe('ab-c');
    expect(kept.has(b), 'what was found while A was open').toBe(false);
    expect(kept.get(c), 'what does not depend on A').toBe('c');
    expect(ofB()).toBe('bab-c');
  });
});

describe('programs that lead back to themselves', () => {
  it('text that is replaced again and again', async () => {
    const cases = Array.from({ length: 60 }, (_, i) => `case ${i}: text = text.replace('${i}', '');`).join('\n');
    const program = await programOf(
      { 'main.js': `let text = 'a';\nswitch (Date.now()) {\n${cases}\n}\nuse(text);` },
      'main.js',
    );
    expect(program.value(expression(program, 'main.js', 'text')).kind).toBe('unknown');
  });

  it('objects that are spread into themselves and each other', async () => {
    const program = await programOf(
      {
        'main.js': `let a = { one: 1 };\na = { ...a, two: 2 };\nlet b = { ...c };\nvar c = { ...b, three: 3 };\nuse(a.one, a.two, b.three, b.four);`,
      },
      'main.js',
    );
    const value = (text: string): unknown => program.value(expression(program, 'main.js', text)).kind;
    expect([value('a.one'), value('a.two'), value('b.three'), value('b.four')]).toEqual([
      'int',
      'int',
      'int',
      'unknown',
    ]);
  });

  it('classes that extend each other, and themselves', async () => {
    const program = await programOf(
      {
        'main.js': `class A extends B { a() {} }\nclass B extends A { b() {} }\nclass C extends C {}\nconst o = new A();\nuse(o.a, o.b, o.c, new C().c, A.z);`,
      },
      'main.js',
    );
    const of = (text: string): string[] => told(program, program.trace(expression(program, 'main.js', text)));
    expect(of('o.a')).toEqual(['main.js:1']);
    expect(of('o.b')).toEqual(['main.js:2']);
    expect([of('o.c'), of('new C().c'), of('A.z')]).toEqual([['unknown'], ['unknown'], ['unknown']]);
  });

  it('types that name each other, and parameters of types without a bound', async () => {
    const program = await programOf(
      {
        'main.ts': `type A = B | B | B;\ntype B = A | A;\ninterface C extends C { x: C }\nfunction f<T>(a: A, t: T, c: C) { use(a.x, t.x, c.x.x.y); }\nexport default f;`,
      },
      'main.ts',
    );
    for (const text of ['a.x', 't.x', 'c.x.x.y'])
      expect(told(program, program.trace(expression(program, 'main.ts', text)))).toEqual(['unknown']);
  });

  it('modules that pass each other on', async () => {
    const layers = Array.from({ length: 24 }, (_, i) => [
      [`a${i}.js`, `export * from './a${i + 1}.js';\nexport * from './b${i + 1}.js';`],
      [`b${i}.js`, `export * from './b${i + 1}.js';\nexport * from './a${i + 1}.js';`],
    ]).flat();
    const program = await programOf(
      {
        ...(Object.fromEntries(layers) as Record<string, string>),
        'a24.js': `export * from './a0.js';\nexport const deep = 1;`,
        'b24.js': `export * from './b0.js';`,
        'self.js': `module.exports = require('./self.js');`,
        'main.js': `import { deep, missing } from './a0.js';\nimport self from './self.js';\nuse(deep, missing, self);`,
      },
      'main.js',
    );
    expect(program.value(expression(program, 'main.js', 'deep'))).toMatchObject({ kind: 'int', value: 1 });
    expect(told(program, program.trace(expression(program, 'main.js', 'missing')))).toEqual(['unknown']);
    expect(told(program, program.trace(expression(program, 'main.js', 'self')))).toEqual(['unknown']);
  });

  it('functions that call each other in many ways', async () => {
    const body = Array.from({ length: 12 }, (_, j) => `  if (x === ${j}) return f${j}(x, y);`).join('\n');
    const functions = Array.from({ length: 12 }, (_, i) => `function f${i}(x, y) {\n${body}\n  return y;\n}`);
    const program = await programOf(
      { 'main.js': `${functions.join('\n')}\nconst made = f0(Date.now(), new Map());\nuse(made);` },
      'main.js',
    );
    expect(told(program, program.trace(expression(program, 'main.js', 'made')))).toContain('node:global Map new');
  });
});
