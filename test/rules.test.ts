import { describe, expect, it } from 'vitest';
import { isUnknown } from '../src/location.js';
import { ownRules, OWN_RULES, readRuleFolder } from '../src/rules/load.js';
import { prepare } from '../src/rules/predicate.js';
import { judgeExample } from '../src/rules/evaluate.js';
import { validateCategories, validateRules } from '../src/rules/validate.js';
import { ruleVocabulary } from '../src/rules/vocabulary.js';

const vocabulary = await ruleVocabulary();
const { rules } = await ownRules();
await prepare(rules);

describe('rules that ship', () => {
  it('pass the validation that rules of users are held to', async () => {
    const files = await readRuleFolder(OWN_RULES);
    expect(await validateRules(files.rules, vocabulary)).toEqual([]);
    expect(validateCategories(files.categories)).toEqual([]);
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      for (const kind of ['fail', 'pass', 'open'] as const) {
        for (const example of rule.examples[kind]) {
          it(`${kind}: ${example.title}`, () => {
            const verdict = judgeExample(rule, example.subject, vocabulary);
            expect(verdict.kind).toBe(kind);
            if (kind === 'fail') expect(verdict.level).toBe(example.level ?? rule.level);
          });
        }
      }

      it('has examples that speak of properties that exist, with values that they can have', () => {
        for (const example of [...rule.examples.fail, ...rule.examples.pass, ...rule.examples.open]) {
          for (const [name, value] of Object.entries(example.subject)) {
            if (name === 'component') continue;
            const property =
              rule.subject === 'component'
                ? vocabulary.component.get(name)
                : (vocabulary.kinds.get(rule.subject)?.properties[name] ?? vocabulary.derived.get(name));
            if (rule.subject === 'component' && (name === 'name' || name === 'role')) continue;
            expect(property, `${rule.id}: ${name}`).toBeDefined();
            if (property?.type === 'choice' && !isUnknown(value)) expect(property.values).toContain(value);
          }
        }
      });

      it('has an undecidable example', () => {
        expect(rule.examples.open.length).toBeGreaterThan(0);
      });
    });
  }
});

describe('a folder of rules of a user', () => {
  const good = {
    id: 'own-rule',
    level: 'warning',
    weight: 'low',
    description: 'x',
    message: '{{store}}',
    why: 'x',
    help: ['x'],
    effort: 'minutes',
    subject: 'session-store',
    fails: { properties: { scope: { const: 'host' } } },
    examples: {
      fail: [{ title: 'a', subject: { scope: 'host' } }],
      pass: [{ title: 'b', subject: { scope: 'cluster' } }],
    },
  };
  const troubles = async (change: object, taken?: ReadonlySet<string>): Promise<string[]> => {
    const file = { file: 'own/x/own-rule.yaml', category: 'x', content: { ...good, ...change } };
    return (await validateRules([file], vocabulary, taken)).map((one) => one.message);
  };

  it('is taken when it is right', async () => {
    expect(await troubles({})).toEqual([]);
  });
  it.each([
    ['an unknown property', { fails: { properties: { scoop: { const: 'host' } } } }, /scoop is no property/],
    ['a value that never occurs', { fails: { properties: { scope: { const: 'galaxy' } } } }, /never "galaxy"/],
    ['an unread hole', { message: '{{nothing}}' }, /nothing/],
    ['no failing example', { examples: { fail: [], pass: good.examples.pass } }, /fail/],
    ['no passing example', { examples: { fail: good.examples.fail } }, /pass/],
    ['another name than its file', { id: 'other-rule' }, /differs/],
    ['a reference', { fails: { $ref: '#' } }, /\$ref/],
    ['a pattern', { fails: { properties: { store: { pattern: '(a+)+$' } } } }, /pattern/],
    ['an unknown subject', { subject: 'sessions' }, /no fact kind/],
    ['an unknown key', { fix: 'x' }, /fix/],
    [
      'an example that does not fail',
      { examples: { ...good.examples, fail: [{ title: 'a', subject: { scope: 'cluster' } }] } },
      /is to fail, and gives pass/,
    ],
    [
      'an example of another level',
      { examples: { ...good.examples, fail: [{ title: 'a', subject: { scope: 'host' }, level: 'error' }] } },
      /is to be error, and is warning/,
    ],
  ])('is refused with %s', async (_, change, message) => {
    expect((await troubles(change)).join('\n')).toMatch(message);
  });
  it('is refused with an id that is taken', async () => {
    expect((await troubles({}, new Set(['own-rule']))).join('\n')).toMatch(/taken/);
  });
});
