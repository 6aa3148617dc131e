import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import type { Fact } from '../src/facts/fact.js';

/** What `spec.md` cannot say: evidence, properties with backslashes, what must not happen. */
async function factsOf(files: Record<string, string>): Promise<readonly Fact[]> {
  const { facts, crashed } = await gather({ root: '/' }, inventoryOf(files));
  expect([...crashed]).toEqual([]);
  return facts.filter((fact) => fact.technology === 'nginx');
}

const evidenceOf = (facts: readonly Fact[]) =>
  facts.flatMap((fact) =>
    fact.evidence.map(({ message, location }) => `${location.uri}:${location.region.startLine} ${message}`),
  );

const compose = (mount: string) => `services:\n  proxy:\n    image: nginx\n    volumes: ["${mount}"]\n`;

describe('nginx', () => {
  test('the location stands as it is written', async () => {
    const facts = await factsOf({ 'site.conf': 'server {\n listen 80;\n location ~*  \\.(?:css|js)$  {\n }\n}\n' });
    expect(facts.map((fact) => [fact.kind, fact.properties.where, fact.location.region])).toEqual([
      ['http-cache', '~* \\.(?:css|js)$', { startLine: 3, startColumn: 2, endLine: 3, endColumn: 28 }],
    ]);
  });

  test('tells where an inherited lifetime is set, and which header is lost', async () => {
    const facts = await factsOf({
      'site.conf':
        'server {\n listen 80;\n expires 1d;\n add_header Cache-Control public;\n location /static/ {\n  add_header X-A b;\n }\n}\n',
    });
    expect(evidenceOf(facts)).toEqual([
      'site.conf:3 what surrounds it sets this',
      'site.conf:4 this header is not inherited, because an add_header further in replaces all of them',
    ]);
  });

  test('a file that -c names is the whole configuration', async () => {
    const facts = await factsOf({
      'compose.yaml': `${compose('./deploy:/deploy')}    command: nginx -c /deploy/proxy.conf -g "daemon off;"\n`,
      'deploy/proxy.conf': 'events {}\nhttp {\n include sites/*.conf;\n}\n',
      'deploy/sites/a.conf': 'server {\n listen 80;\n location / {\n  proxy_pass http://web;\n }\n}\n',
    });
    expect(facts.map((fact) => [fact.kind, fact.location.uri, fact.location.region.startLine])).toEqual([
      ['load-balancer', 'deploy/sites/a.conf', 4],
      ['compression', 'deploy/proxy.conf', 2],
      ['upstream', 'deploy/sites/a.conf', 4],
    ]);
  });

  test('a sample that a deployment runs is no sample', async () => {
    const site = 'server {\n listen 80;\n location /static/ {\n  alias /srv/static/;\n }\n}\n';
    expect(await factsOf({ 'contrib/site.conf': site })).toEqual([]);
    const facts = await factsOf({
      'compose.yaml': compose('./contrib/site.conf:/etc/nginx/conf.d/default.conf:ro'),
      'contrib/site.conf': site,
    });
    expect(facts.map((fact) => fact.kind).sort()).toEqual(['compression', 'http-cache']);
  });

  test("Debian's own nginx.conf compresses html", async () => {
    const facts = await factsOf({
      'compose.yaml': compose('./site.conf:/etc/nginx/sites-enabled/default'),
      'site.conf': 'server {\n listen 80;\n root /srv;\n}\n',
    });
    expect(facts.map((fact) => fact.properties.types)).toEqual(['html-only']);
  });

  test('files that include each other end', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `conf/sites/${i}.conf`);
    const files = Object.fromEntries(
      names.map((name) => [name, 'include sites/*.conf;\nserver {\n listen 80;\n include sites/*.conf;\n}\n']),
    );
    const facts = await factsOf({
      ...files,
      'compose.yaml': compose('./conf:/etc/nginx'),
      'conf/nginx.conf': 'events {}\nhttp {\n include nginx.conf;\n include sites/*.conf;\n}\n',
    });
    expect(facts.length).toBeLessThan(20);
  });

  test('an include of what is not there leaves the question open', async () => {
    const facts = await factsOf({
      'compose.yaml': compose('./site.conf:/etc/nginx/conf.d/default.conf'),
      'site.conf':
        'server {\n listen 80;\n include snippets/absent.conf;\n location /static/ {\n  alias /srv/;\n }\n location /img/ {\n  alias /img/;\n  expires 1d;\n }\n}\n',
    });
    expect(facts.filter((fact) => fact.kind === 'http-cache').map((fact) => fact.properties.maximumAge)).toEqual([
      { unknown: 'included from snippets/absent.conf, which is not in the repository' },
      86400,
    ]);
  });

  test('never fails, whatever the words', async () => {
    const word = fc.constantFrom(
      ...'http server location upstream include map if expires add_header gzip root proxy_pass try_files set'.split(
        ' ',
      ),
      ...[
        '/static/',
        '~*',
        '\\.css$',
        '{',
        '}',
        ';',
        '$x',
        '${X}',
        '"',
        'Cache-Control',
        'max-age=1',
        '1d',
        'x.conf',
        '@a',
        '=',
        'on',
        '\n',
      ],
    );
    const text = fc.array(word, { maxLength: 60 }).map((words) => `listen 80;\n${words.join(' ')}`);
    await fc.assert(
      fc.asyncProperty(text, text, async (main, other) => {
        await factsOf({ 'compose.yaml': compose('./conf:/etc/nginx'), 'conf/nginx.conf': main, 'conf/x.conf': other });
      }),
      { numRuns: 150 },
    );
  });
});
