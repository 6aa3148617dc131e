import { describe, expect, test } from 'vitest';
import { countOf, option, overCores } from '../src/technologies/started.js';

describe('option', () => {
  const cases: [string, string | undefined][] = [
    ['--workers 4', '4'],
    ['--workers=4', '4'],
    ['-w 4', '4'],
    ['-w4', '4'],
    ['-w=4', '4'],
    ['-w 2 --workers 4', '4'],
    ['--worker-class gevent', undefined],
    ['--workers', undefined],
    ['shop.wsgi', undefined],
  ];
  test.each(cases)('%s', (line, value) => {
    expect(option(line.split(' '), ['-w', '--workers'])).toBe(value);
  });
});

describe('counts', () => {
  test('numbers and what is filled in later', () => {
    expect(countOf(' 4 ')).toBe(4);
    expect(countOf('$WORKERS')).toEqual({ unknown: '"$WORKERS" is filled in when it starts' });
  });

  test('formulas over the number of cores', () => {
    const reason = 'depends on the number of cores';
    expect(countOf('$(nproc)')).toEqual({ unknown: reason, candidates: [1, 2, 4, 8] });
    expect(overCores('multiprocessing.cpu_count() * 2 + 1')).toEqual({ unknown: reason, candidates: [3, 5, 9, 17] });
    expect(overCores('1 + 2 * os.cpu_count()')).toEqual({ unknown: reason, candidates: [3, 5, 9, 17] });
    expect(overCores('4')).toBeUndefined();
  });
});
