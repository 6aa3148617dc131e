import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { report } from '../src/report/json.js';
import type { Audit } from '../src/report/report.js';
import { at, result, sampleAudit } from './sample-audit.js';

const schema = JSON.parse(readFileSync('src/report/scalecard.schema.json', 'utf8')) as object;
const fits = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
const options = { colour: true, width: 80 };

interface Printed {
  results: { location: { uri: string }; ruleId: string }[];
  components: { name: string; processes: unknown; evidence: { property: string }[] }[];
}

function print(audit: Audit): Printed {
  const content: unknown = JSON.parse(report(audit, options));
  expect(fits(content), JSON.stringify(fits.errors)).toBe(true);
  return content as Printed;
}

test('what is printed fits the schema', () => {
  print(sampleAudit());
  print(
    sampleAudit({
      results: [],
      components: [],
      headroom: [],
      notifications: [],
      scorecard: { value: null, grade: null, coverage: null, categories: [] },
    }),
  );
  const suppression = { location: at('a', 1), justification: 'one host for now' };
  print(sampleAudit({ suppressed: [result({ suppression })] }));
});

test('the schema refuses what is no report', () => {
  const content = JSON.parse(report(sampleAudit(), options)) as Record<string, unknown>;
  expect(fits({ ...content, time: 1 })).toBe(false);
  expect(fits({ ...content, suppressed: content.results })).toBe(false);
  expect(fits({ ...content, results: [{}] })).toBe(false);
});

test('sorted by place, rule and component; the same input gives the same bytes', () => {
  const results = [
    result({ location: at('b', 1) }),
    result({ location: at('a', 10) }),
    result({ location: at('a', 9), ruleId: 'z' }),
    result({ location: at('a', 9), ruleId: 'a' }),
  ];
  const printed = print(sampleAudit({ results }));
  expect(printed.results.map(({ location, ruleId }) => `${location.uri} ${ruleId}`)).toEqual([
    'a a',
    'a z',
    'a session-on-one-instance',
    'b session-on-one-instance',
  ]);
  expect(report(sampleAudit({ results }), options)).toBe(report(sampleAudit({ results: results.reverse() }), options));
});

test('unknown values carry their reason, evidence its property', () => {
  const [db, web] = print(sampleAudit()).components;
  expect(db?.processes).toEqual({ unknown: 'how many processes it starts is not told' });
  expect(web?.evidence.map(({ property }) => property)).toContain('ceiling');
});

test('no absolute path, no time, nothing that steers a terminal, and still the same text', () => {
  const evil = 'a\u001b[31m\u009b\u202e\n##[error]\u{e0041}';
  const printed = report(sampleAudit({ results: [result({ message: evil })] }), options);
  expect(printed).not.toContain('/somewhere');
  expect(printed).toMatch(/^[\n\x20-\x7e×]*$/);
  expect(printed).not.toContain('##[');
  expect((JSON.parse(printed) as { results: { message: string }[] }).results[0]?.message).toBe(evil);
});
