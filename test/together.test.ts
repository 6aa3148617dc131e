import { expect, test } from 'vitest';
import type { Rule } from '../src/rules/rule.js';
import { toldTogether } from '../src/rules/together.js';
import { at, result, RULE } from './sample-audit.js';

const rules: Rule[] = [{ ...RULE, together: true }];

test('failures of one file with the same help are one result at the first place', () => {
  const three = [2, 5, 9].map((line) => result({ location: at('a', line), fingerprint: String(line) }));
  const [told, ...others] = toldTogether(three, rules);
  expect(others).toEqual([]);
  expect(told?.location).toEqual(at('a', 2));
  expect(told?.message).toMatch(/in 2 more places of this file\.$/);
  expect(told?.relatedLocations.slice(-2).map(({ location }) => location)).toEqual([at('a', 5), at('a', 9)]);
  // A fourth place is something new.
  const [more] = toldTogether([...three, result({ location: at('a', 12), fingerprint: '12' })], rules);
  expect(more?.fingerprint).not.toBe(told?.fingerprint);
});

test('other files, components, levels and help stay apart, and so do rules that do not ask for it', () => {
  const first = result({ location: at('a', 1) });
  const apart = [
    first,
    { ...first, location: at('b', 1) },
    { ...first, location: at('a', 2), component: 'other' },
    { ...first, location: at('a', 3), level: 'note' as const },
    { ...first, location: at('a', 4), help: ['another'] },
    { ...first, location: at('a', 5), kind: 'open' as const, level: 'none' as const },
  ];
  expect(toldTogether(apart, rules)).toHaveLength(apart.length);
  expect(toldTogether([first, { ...first, location: at('a', 2) }], [RULE])).toHaveLength(2);
});

test('what agrees in the property that a rule names is one result, with the help of all', () => {
  const byHandler: Rule[] = [{ ...RULE, together: 'handler' }];
  const one = result({ location: at('a', 2), unit: 'save', help: ['first', 'test it'] });
  const all = [
    one,
    { ...one, location: at('a', 4), help: ['second', 'test it'] },
    { ...one, location: at('a', 6), unit: 'other', help: ['third', 'test it'] },
    // The help of what is told with `save`, in another function.
    { ...one, location: at('a', 8), unit: 'another', help: ['second', 'test it'] },
    { ...one, location: at('b', 2) },
  ];
  const [told, other, elsewhere, ...more] = toldTogether(all, byHandler);
  expect(more).toEqual([]);
  expect(told?.message).toMatch(/in 2 more places of this file\.$/);
  expect(told?.help).toEqual(['first', 'second', 'test it']);
  expect([other?.location, elsewhere?.location]).toEqual([at('a', 6), at('b', 2)]);
  const unnamed = result({ location: at('a', 2) });
  expect(toldTogether([unnamed, { ...unnamed, location: at('a', 3), help: ['second'] }], byHandler)).toHaveLength(2);
});

test('what is little by itself is told once for a component, wherever it stands', () => {
  const one = result({ location: at('a', 2), help: ['first'] });
  const all = [
    one,
    { ...one, location: at('a', 4), help: ['second'] },
    { ...one, location: at('b', 2) },
    { ...one, location: at('b', 3), component: 'other' },
  ];
  const [told, other, ...more] = toldTogether(all, [{ ...RULE, together: 'component' }]);
  expect(more).toEqual([]);
  expect(told?.message).toMatch(/in 2 more places\.$/);
  expect([told?.location, other?.location]).toEqual([at('a', 2), at('b', 3)]);
});
