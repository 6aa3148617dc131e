import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AjvDraft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { Log, Result as SarifResult } from 'sarif';
import { describe, expect, test } from 'vitest';
import { audit } from '../src/audit.js';
import type { Audit, ReportOptions } from '../src/report/report.js';
import { uriReference } from '../src/report/sarif/location.js';
import { report } from '../src/report/sarif.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';
import { at, because, result, RULE, sampleAudit } from './sample-audit.js';

// The schema as OASIS publishes it (https://github.com/oasis-tcs/sarif-spec, sarif-2.1/schema). Its formats are held to as well.
const schema = JSON.parse(readFileSync('test/sarif-schema/sarif-schema-2.1.0.json', 'utf8')) as object;
const ajv = formats.default(new AjvDraft4.default({ allErrors: true, strict: false }));
const fits = ajv.compile(schema);

const plain: ReportOptions = { colour: false, width: 100 };
const onGitHub: ReportOptions = { ...plain, github: { folder: '' } };

function print(found: Audit, options = plain) {
  const log = JSON.parse(report(found, options)) as Log;
  expect(fits(log), JSON.stringify(fits.errors?.slice(0, 3))).toBe(true);
  const [run] = log.runs;
  if (run?.results === undefined) throw new Error('no run');
  return { ...run, results: run.results };
}

function only(results: readonly SarifResult[]): SarifResult {
  const [first] = results;
  if (first === undefined || results.length !== 1) throw new Error(`${results.length} results`);
  return first;
}

test('the whole report', async () => {
  await expect(report(sampleAudit(), plain)).toMatchFileSnapshot('snapshots/report-sarif.json');
});

test.each(['shop', 'shop-done-right', 'single', 'undecided'])('fixtures/%s fits the official schema', async (name) => {
  const found = await audit({ root: resolve('fixtures', name) });
  const { results, tool } = print(found);
  expect(results).toHaveLength(found.evaluation.results.length);
  expect(report(found, plain)).not.toContain(join(resolve('.'), ''));
  for (const one of results) expect(tool.driver.rules?.[one.ruleIndex ?? -1]?.id).toBe(one.ruleId);
  expect(print(found, { ...plain, github: { folder: `fixtures/${name}` } }).results).toHaveLength(
    found.evaluation.results.filter(({ kind }) => kind === 'fail').length,
  );
  expect(report(await audit({ root: resolve('fixtures', name) }), plain)).toBe(report(found, plain));
});

test('the schema is not content with everything', () => {
  const log = JSON.parse(report(sampleAudit(), plain)) as { runs: [{ results: [{ level: string }] }] };
  log.runs[0].results[0].level = 'critical';
  expect(fits(log)).toBe(false);
  const other = JSON.parse(report(sampleAudit(), plain)) as Log;
  const [place] = other.runs[0]?.results?.[0]?.locations ?? [];
  if (place?.physicalLocation?.artifactLocation !== undefined) place.physicalLocation.artifactLocation.uri = 'a b%zz';
  expect(fits(other)).toBe(false);
});

describe('a rule', () => {
  test('tells GitHub what it reads, and brings its page along', () => {
    const [rule] = print(sampleAudit()).tool.driver.rules ?? [];
    expect(rule).toMatchObject({
      id: 'session-on-one-instance',
      name: 'SessionOnOneInstance',
      deprecatedIds: ['sessions-on-one-instance'],
      shortDescription: { text: 'Session on one instance.' },
      defaultConfiguration: { level: 'warning' },
      properties: { tags: ['scalability', 'statelessness'], precision: 'high', 'problem.severity': 'warning' },
    });
    for (const part of [RULE.why, 'Until then run one instance', 'a database', 'https://12factor.net/processes']) {
      expect(rule?.help?.text.replace(/\s+/g, ' ')).toContain(part);
      expect(rule?.help?.markdown).toContain(part);
    }
    expect(rule).not.toHaveProperty('helpUri');
  });

  test('of which nothing is known has no index', () => {
    expect(only(print(sampleAudit({ results: [result({ ruleId: 'own-rule' })] })).results)).not.toHaveProperty(
      'ruleIndex',
    );
  });
});

describe('a result', () => {
  test('that failed links its reasons and says what to do', () => {
    const one = only(print(sampleAudit({ results: [result()] })).results);
    expect(one.message.text).toBe(
      'Sessions are kept in files, which only one host sees. Because [it asks for 4 instances](1). ' +
        'Keep sessions where every instance sees them: SESSION_ENGINE = "x".',
    );
    expect(one.relatedLocations?.map(({ id, message }) => [id, message?.text])).toEqual([
      [1, 'it asks for 4 instances'],
    ]);
    expect(one).toMatchObject({
      kind: 'fail',
      level: 'error',
      partialFingerprints: { 'scalecard/v1': '0123456789abcdef' },
    });
    expect(one.locations?.[0]?.logicalLocations?.map(({ name }) => name)).toEqual(['web', 'worker']);
  });

  test('keeps its fingerprint where lines move', async () => {
    const found = await audit({ root: resolve('fixtures/shop') });
    const moved = {
      ...found.evaluation,
      results: found.evaluation.results.map((one) => {
        const { region, uri } = one.location;
        return {
          ...one,
          location: { uri, region: { ...region, startLine: region.startLine + 9, endLine: region.endLine + 9 } },
        };
      }),
    };
    const prints = (of: Audit) => print(of).results.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints({ ...found, evaluation: moved })).toEqual(prints(found));
  });

  test('that is open has no level', () => {
    const open = print(sampleAudit()).results.filter(({ kind }) => kind === 'open');
    expect(open.map(({ level }) => level)).toEqual(['none']);
  });

  test('that is suppressed says where and why; all others say that they are not', () => {
    const place = at('shop/settings.py', 6, 30, 60);
    const elsewhere = at('scalecard.yaml', 3);
    const suppressed = [
      result({ suppression: { location: place, justification: 'one host' } }),
      result({ location: at('z', 1), suppression: { location: elsewhere, justification: 'accepted' } }),
    ];
    const { results } = print(sampleAudit({ suppressed }));
    const told = results.map(({ suppressions }) =>
      suppressions?.map(({ kind, justification }) => [kind, justification]),
    );
    expect(told).toEqual([[], [['inSource', 'one host']], [], [['external', 'accepted']]]);
  });
});

describe('on GitHub, which makes an alert of every result', () => {
  test('what is open is about the run, and what is suppressed is not told', () => {
    const suppressed = [result({ suppression: { location: at('a', 1), justification: 'one host' } })];
    const run = print(sampleAudit({ suppressed }), onGitHub);
    expect(run.results.map(({ kind, suppressions }) => [kind, suppressions])).toEqual([['fail', []]]);
    const told = run.invocations?.[0]?.toolExecutionNotifications?.map(({ associatedRule, message }) => {
      return [associatedRule?.id, message.text];
    });
    expect(told).toEqual([
      [undefined, 'file is left out: larger than 2 MiB'],
      ['file-on-one-host', 'cannot be decided: read from the variable MEDIA_ROOT, which nothing sets'],
    ]);
  });

  test('paths start at the top of the repository', () => {
    const run = print(sampleAudit(), { ...plain, github: { folder: 'my services/shop' } });
    expect(run.results[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      'my%20services/shop/shop/settings.py',
    );
  });
});

test('a failure of the tool itself is no successful execution', () => {
  const executed = (level: 'error' | 'warning') =>
    print(sampleAudit({ notifications: [{ level, message: 'an extractor failed' }] })).invocations?.[0]
      ?.executionSuccessful;
  expect([executed('warning'), executed('error')]).toEqual([true, false]);
});

describe('text of the repository', () => {
  const unescaped = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0041}]/u;

  test.each(HOSTILE_TEXTS)('%j', (evil) => {
    const place = at(evil, 2);
    const changes = {
      results: [
        result({
          message: evil,
          location: place,
          component: evil,
          help: [evil],
          relatedLocations: [because(evil, place)],
        }),
      ],
      suppressed: [result({ location: place, suppression: { location: place, justification: evil } })],
      notifications: [{ level: 'error' as const, message: evil, location: place }],
    };
    const run = print(sampleAudit(changes));
    const printed = report(sampleAudit(changes), plain);
    expect(printed).not.toMatch(unescaped);
    expect(printed).not.toMatch(/^\s*::|##\w*\[/m);
    const links = [...(run.results[0]?.message.text ?? '').matchAll(/(?<!\\)\[(?:\\.|[^\]\\])*\]\(([^)]*)\)/g)];
    expect(links.map(([, target]) => target)).toEqual(['1']);
  });

  test('a path is a relative reference, and leads back to the path', () => {
    const path = fc.string({ unit: 'binary', minLength: 1 }).filter((name) => !/^\/|\/\/|\/$/.test(name));
    fc.assert(
      fc.property(path, (name) => {
        const uri = uriReference(name);
        expect(uri).toMatch(/^(?:[\w.!~*'()-]|%[\dA-F]{2})(?:[\w.!~*'()/-]|%[\dA-F]{2})*$/);
        expect(uri.split('/').map(decodeURIComponent).join('/')).toBe(name);
      }),
    );
    expect(uriReference('a b/50%/c#d/ü:é.py')).toBe('a%20b/50%25/c%23d/%C3%BC%3A%C3%A9.py');
    expect(uriReference('half \ud800')).toBe('half%20%EF%BF%BD');
  });
});
