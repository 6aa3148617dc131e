import { describe, expect, it } from 'vitest';
import { newestAllowed } from '../src/link/constraint.js';

const LINES = ['6.0', '5.2', '5.1', '5.0', '4.2', '4.1', '3.2', '2.2', '1.11'];

describe('the newest line that a constraint allows', () => {
  it.each([
    ['==4.2.7', '4.2'],
    ['===4.2.7', '4.2'],
    ['== 4.2', '4.2'],
    ['==4.2.*', '4.2'],
    ['>=3.2,<5', '4.2'],
    ['>=3.2,<4.2', '4.1'],
    ['>=3.2, !=4.2.*, <5.0', '4.1'],
    ['<=4.2.9', '4.2'],
    ['~=4.2.1', '4.2'],
    ['~=4.2', '4.2'],
    ['>=4.2', '6.0'],
    ['<2', '1.11'],
    ['>=5.2.8', '6.0'],
    // Poetry's.
    ['^4.2', '4.2'],
    ['^4.1.3', '4.2'],
    ['~4.1', '4.1'],
    ['~4', '4.2'],
    ['4.2.7', '4.2'],
    ['5.1.*', '5.1'],
    ['>=4.1,<5.0', '4.2'],
    ['>3.2.25,<4.0', '3.2'],
  ])('%s is %s', (constraint, line) => {
    expect(newestAllowed(constraint, LINES)).toBe(line);
  });

  it.each([
    ['==6.5.1'],
    ['>=7'],
    ['garbage'],
    ['@ git+https://example.org/django.git'],
    ['<1'],
    ['^^4'],
    [`${'>=1,'.repeat(3000)}<5`],
    [`>=4${' '.repeat(300)}`],
  ])('of %j nothing is said', (constraint) => {
    expect(newestAllowed(constraint, LINES)).toBeUndefined();
  });
});
