import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Node } from '../src/parse/python/ast.js';
import type { parsePython } from '../src/parse/python/parser.js';
import { childrenOf } from '../src/parse/python/walk.js';
import { checkParse } from './python-check.js';

describe('hostile text', () => {
  const session = new Session();
  let parse: typeof parsePython;

  beforeAll(async () => {
    session.connect();
    await session.post('Profiler.enable');
    // Before the parser is compiled, since blocks are counted only in what is compiled from then on, and optimized
    // code loses count.
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    setFlagsFromString('--no-opt');
    parse = (await import('../src/parse/python/parser.js')).parsePython;
    return async () => {
      setFlagsFromString('--opt');
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    };
  });

  /** How often blocks of the parser are run for a text: a measure of its time that no load of the machine changes. */
  async function work(text: string): Promise<number> {
    await session.post('Profiler.takePreciseCoverage');
    parse(text);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ url }) => /parse\/python\/[\w-]+\.[jt]s/.test(url))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
      .reduce((sum, count) => sum + count, 0);
  }

  /** Chains of `elif`, each in the `else` of the one before. */
  function elifs(depth: number, indentation = ''): string {
    const chain = `${indentation}if a: b\n` + `${indentation}elif a: b\n`.repeat(900);
    return depth === 0 ? chain : `${chain}${indentation}else:\n${elifs(depth - 1, indentation + ' ')}`;
  }

  const nested = (line: string, times: number): string =>
    Array.from({ length: times }, (_, depth) => ' '.repeat(depth) + line + '\n').join('');

  it.each<[string, (times: number) => string]>([
    ['open parentheses', (n) => '('.repeat(n)],
    ['closed parentheses', (n) => '('.repeat(n) + ')'.repeat(n)],
    ['open brackets of all kinds', (n) => '[{('.repeat(n)],
    ['closing brackets', (n) => ')]}'.repeat(n)],
    ['unary operators', (n) => '-'.repeat(n) + 'a'],
    ['not', (n) => 'not '.repeat(n) + 'a'],
    ['await', (n) => 'await '.repeat(n) + 'a'],
    ['lambdas', (n) => 'lambda: '.repeat(n) + 'a'],
    ['conditionals', (n) => 'a if b else '.repeat(n) + 'c'],
    ['powers', (n) => 'a ** '.repeat(n) + 'a'],
    ['sums', (n) => 'a + '.repeat(n) + 'a'],
    ['attributes', (n) => 'a' + '.a'.repeat(n)],
    ['calls', (n) => 'a' + '()'.repeat(n)],
    ['alternatives', (n) => 'a or '.repeat(n) + 'a'],
    ['comparisons', (n) => 'a < '.repeat(n) + 'a'],
    ['assignments', (n) => 'a = '.repeat(n) + '1'],
    ['strings', (n) => '"a" '.repeat(n)],
    ['statements on a line', (n) => 'a;'.repeat(n)],
    ['matches on a line', (n) => 'match a;'.repeat(n)],
    ['empty matches', (n) => 'match a:\n'.repeat(n)],
    ['cases', (n) => 'match a:\n' + ' case b: pass\n'.repeat(n)],
    ['broken cases', (n) => 'match a:\n' + ' case b c: pass\n'.repeat(n)],
    ['elif', (n) => 'if a: b\n' + 'elif a: b\n'.repeat(n) + 'else: c'],
    ['elif with blocks', (n) => 'if a:\n b\n' + 'elif a:\n b\n'.repeat(n)],
    ['blocks without handlers', (n) => 'try:\n a\n'.repeat(n)],
    ['decorators', (n) => '@a\n'.repeat(n)],
    ['broken headers', (n) => 'class A(\n'.repeat(n)],
    ['with', (n) => 'with (a, b := c): pass\n'.repeat(n)],
    ['open with', (n) => 'with (' + 'a, '.repeat(n) + '*b): pass'],
    ['nested with', (n) => 'with ' + '('.repeat(n)],
    ['f-strings within f-strings', (n) => "f'{".repeat(n)],
    ['formats within formats', (n) => "f'{a:" + '{a:'.repeat(n)],
    ['open strings in an f-string', (n) => 'f"""{' + '('.repeat(n) + "'\n".repeat(n)],
    ['open strings', (n) => "'\n".repeat(n)],
    ['an open long string', (n) => '"""' + 'a\n'.repeat(n)],
    ['names of characters', (n) => "f'" + '\\N{'.repeat(n) + "'"],
    ['doubled braces', (n) => "f'" + '{{}}'.repeat(n) + "'"],
    ['shown fields', (n) => "f'''" + '{a= # b\n}'.repeat(n) + "'''"],
    ['slashes among parameters', (n) => 'def f(' + 'a, /, '.repeat(n) + '): pass'],
    ['parameters', (n) => 'lambda ' + 'a, '.repeat(n) + ': 0'],
    ['type parameters', (n) => 'type X[' + 'T: ('.repeat(n)],
    ['clauses', (n) => '[a ' + 'for a in b if c '.repeat(n) + ']'],
    ['dots', (n) => 'from ' + '.'.repeat(n) + ' import a'],
    ['dotted names', (n) => 'import a' + '.a'.repeat(n)],
    ['a long number', (n) => 'a = ' + '9'.repeat(n)],
    ['a long name', (n) => 'a'.repeat(n)],
    ['letters beyond ASCII', (n) => 'é'.repeat(n)],
    ['characters of two units', (n) => '😀'.repeat(n)],
    ['NUL', (n) => '\0'.repeat(n)],
    ['carriage returns', (n) => '\r'.repeat(n)],
    ['backslashes', (n) => '\\\n'.repeat(n)],
    ['tabs', (n) => '\t'.repeat(n) + 'a'],
    ['comments', (n) => '#\n'.repeat(n)],
    ['dedents', (n) => ' a\na\n'.repeat(n)],
    ['uneven dedents', (n) => 'if a:\n    a\n  b\n'.repeat(n)],
    ['lines in an open bracket', (n) => '[' + 'a,\n'.repeat(n)],
    ['brackets left open', (n) => 'a = [1,\n'.repeat(n)],
  ])('takes time in proportion: %s', async (_, text) => {
    const once = await work(text(500));
    const often = await work(text(5000));
    expect(once).toBeGreaterThan(0);
    // What grows with the square would be a hundred times as much.
    expect(often).toBeLessThan(once * 15);
    checkParse(text(500), parse(text(500)));
  });

  it.each([
    ['sums', 'a' + ' + a'.repeat(999)],
    [
      'sums in one another',
      Array.from({ length: 150 }).reduce<string>((inner) => `(${inner}${' + a'.repeat(900)})`, 'a'),
    ],
    [
      'calls in one another',
      Array.from({ length: 150 }).reduce<string>((inner) => `a(${inner})${'()'.repeat(900)}`, 'a'),
    ],
    ['elif', 'if a: b\n' + 'elif a: b\n'.repeat(5000)],
    ['elif in one another', elifs(20)],
    ['parentheses', 'a('.repeat(190) + 'a' + ')'.repeat(190)],
    ['blocks', nested('if a:', 300)],
  ])('keeps trees shallow enough to walk by recursion: %s', (_, text) => {
    const depth = (node: Node): number => 1 + Math.max(0, ...childrenOf(node).map(depth));
    expect(depth(parse(text).tree)).toBeLessThan(2500);
  });

  it('reads what is long, and reports what is deep', () => {
    const messages = (text: string): string[] => parse(text).errors.map(({ message }) => message);
    expect(messages('a = [' + '1, "b", c(d), '.repeat(100_000) + ']')).toEqual([]);
    expect(messages('a = ' + '1 + '.repeat(1500) + '1\nb')).toEqual(['too many operators or calls in a row']);
    expect(messages('('.repeat(300) + ')'.repeat(300))).toEqual(['nested too deeply']);
    expect(messages('if a: b\n' + 'elif a: b\n'.repeat(1500))).toEqual(["too many 'elif' in a row"]);
  });
});
