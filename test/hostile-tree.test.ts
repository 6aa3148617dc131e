import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import AjvDraft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Log } from 'sarif';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../src/audit.js';
import { report as github } from '../src/report/github.js';
import { report as markdown } from '../src/report/markdown.js';
import type { Audit } from '../src/report/report.js';
import { report as sarif } from '../src/report/sarif.js';
import { report as text } from '../src/report/text.js';

/** Names as a file system takes them; each holds a deployment with something to complain about. */
const NAMES = [
  '::error::owned.yaml',
  'a\n::error::owned.yaml',
  'a\r::stop-commands::x.yaml',
  'a%0A::error::owned.yaml',
  '##[error]owned.yaml',
  'x](javascript:alert(1)).yaml',
  '![x](evil.invalid) <img src=x onerror=alert(1)>.yaml',
  '@everyone #1 GH-1 www.evil.invalid.yaml',
  'a | b ` c.yaml',
  'red \u001b[31m\u009b31m.yaml',
  'ltr \u202e.yaml',
  '50% off #1 é?.yaml',
];

let root: string;
let found: Audit;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scalecard-hostile-'));
  for (const [index, name] of NAMES.entries()) {
    const file = join(root, 'k8s', String(index), name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, deployment(name));
  }
  found = await audit({ root });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A web server of several instances without a probe; what else it may say is hostile as well. */
function deployment(name: string): string {
  const owned = JSON.stringify(name);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${owned}
spec:
  replicas: 3
  template:
    metadata:
      labels: { app: ${owned} }
    spec:
      containers:
        - name: ${owned}
          image: nginx
          args: [${owned}]
          ports: [{ containerPort: 80 }]
`;
}

test('every file gives results', () => {
  const places = new Set(found.evaluation.results.map(({ location }) => location.uri));
  expect([...places].sort()).toEqual(NAMES.map((name, index) => `k8s/${index}/${name}`).sort());
});

const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|##\w*\[/;

test('annotations: as many commands as results, none of another kind', () => {
  const printed = github(found, { colour: false, width: 100, github: { folder: '' } });
  const commands = printed.split('\n').filter((line) => line.trimStart().startsWith('::'));
  expect(commands.length).toBeGreaterThan(0);
  for (const line of commands) expect(line).toMatch(/^::(?:error|warning|notice) (?:file=k8s\/|title=)[^:]*::/);
  expect(printed).not.toMatch(HARMFUL);
});

test('SARIF: valid addresses that lead back to the files', () => {
  const schema = JSON.parse(readFileSync('test/sarif-schema/sarif-schema-2.1.0.json', 'utf8')) as object;
  const fits = formats.default(new AjvDraft4.default({ strict: false })).compile(schema);
  const printed = sarif(found, { colour: false, width: 100 });
  const log = JSON.parse(printed) as Log;
  expect(fits(log), JSON.stringify(fits.errors)).toBe(true);
  expect(printed).not.toMatch(HARMFUL);
  const uris =
    log.runs[0]?.results?.map((one) => one.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '') ?? [];
  for (const uri of uris) expect(readFileSync(join(root, decodeURIComponent(uri)), 'utf8')).toContain('Deployment');
});

test('text and Markdown: nothing acts', () => {
  const paper = { colour: false, width: 100 };
  for (const printed of [text(found, paper), markdown(found, paper)]) {
    expect(printed).not.toMatch(HARMFUL);
    expect(printed).not.toMatch(/^\s*::/m);
  }
  const shown = micromark(markdown(found, paper), {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  expect(shown).toContain('<code>');
  expect(shown).not.toMatch(/<(?:img|script|a)\b/);
});
