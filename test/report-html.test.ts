import { createHash } from 'node:crypto';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import type { Journey, Station } from '../src/model/model.js';
import { prepare, report } from '../src/report/html.js';
import type { Audit } from '../src/report/report.js';
import { at, because, component, FILES, result, RULE, sampleAudit, web } from './sample-audit.js';

type Element = DefaultTreeAdapterTypes.Element;

const options = { colour: false, width: 100 };
beforeAll(prepare);

/** Everything that a page may be made of; nothing here loads, runs or sends anything. */
const ELEMENTS = new Set(
  (
    'html head meta title style body a header p h1 h2 h3 h4 nav ul ol li main section div span strong code table caption ' +
    'thead tbody tr th td details summary article dl dt dd figure figcaption pre mark footer ' +
    'svg desc defs pattern marker rect path g text'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'lang charset http-equiv content name id class href scope open tabindex role aria-label aria-labelledby aria-hidden ' +
    'focusable xmlns viewBox preserveAspectRatio width height x y rx d marker-end patternUnits patternTransform refX refY ' +
    'markerWidth markerHeight orient'
  ).split(' '),
);

interface Page {
  readonly html: string;
  readonly elements: readonly Element[];
  readonly text: string;
}

function pageOf(found: Audit): Page {
  const html = report(found, options);
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => errors.push(code), sourceCodeLocationInfo: true });
  expect(errors).toEqual([]);
  const elements: Element[] = [];
  const texts: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) elements.push(node);
    if (node.nodeName === 'style') return;
    if (node.nodeName === '#text' && 'value' in node) texts.push(node.value);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(document);
  return { html, elements, text: texts.join(' ').replace(/\s+/g, ' ') };
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** What every page promises, whatever was audited. */
function holds({ html, elements }: Page): void {
  expect([...new Set(elements.map(({ tagName }) => tagName))].filter((name) => !ELEMENTS.has(name))).toEqual([]);
  const names = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
  expect([...names].filter((name) => !ATTRIBUTES.has(name))).toEqual([]);

  const [style, ...others] = elements.filter(({ tagName }) => tagName === 'style');
  expect(others).toEqual([]);
  const sheet = style?.childNodes[0];
  const css = sheet !== undefined && 'value' in sheet ? sheet.value : '';
  expect(css.length).toBeGreaterThan(1000);
  expect(css).not.toMatch(/@import|url\((?!#)/);
  const policies = elements.filter((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy');
  expect(policies.map((one) => attribute(one, 'content'))).toEqual([
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'`,
  ]);

  const ids = elements.flatMap((one) => attribute(one, 'id') ?? []);
  expect(ids.length).toBe(new Set(ids).size);
  const targets = elements.flatMap((one) => attribute(one, 'href') ?? []);
  expect(targets.filter((href) => !href.startsWith('#'))).toEqual([]);
  expect(targets.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
  const labels = elements.flatMap((one) =>
    (attribute(one, 'aria-labelledby') ?? '').split(' ').filter((id) => id !== ''),
  );
  expect(labels.filter((id) => !ids.includes(id))).toEqual([]);

  const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
  expect(levels.filter((level) => level === 1)).toEqual([1]);
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);

  // Nothing that acts: no control characters, no text that runs backwards, nothing invisible.
  expect(html).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/,
  );
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function ofClass({ elements }: Page, name: string): Element[] {
  return elements.filter((one) => (attribute(one, 'class') ?? '').split(' ').includes(name));
}

describe.each(['shop', 'shop-done-right', 'undecided', 'single'])('the page of fixtures/%s', async (system) => {
  const found = await audit({ root: `fixtures/${system}` });

  it('is one file that needs nothing, and is the same twice', () => {
    const page = pageOf(found);
    holds(page);
    expect(page.html).toBe(report(found, options));
    expect(page.html).not.toContain(found.inventory.root);
    expect(page.html.length).toBeLessThan(400_000);
  });

  it('names every result with its place, and links to it', () => {
    const page = pageOf(found);
    for (const { location, ruleId } of found.evaluation.results) {
      expect(page.text).toContain(`${location.uri}:${location.region.startLine}`);
      expect(page.text).toContain(ruleId);
    }
    const fails = found.evaluation.results.filter(({ kind }) => kind === 'fail');
    expect(ofClass(page, 'result').length).toBeGreaterThanOrEqual(fails.length);
  });
});

describe('the page of the shop', async () => {
  const found = await audit({ root: 'fixtures/shop' });
  const page = () => pageOf(found);

  it('shows the code on both sides of a join', () => {
    const session = ofClass(page(), 'result').find((one) => textOf(one).includes('Sessions are kept in files'));
    const frames = session?.childNodes.filter(
      (node): node is Element => 'tagName' in node && attribute(node, 'class') === 'frame',
    );
    expect(frames?.map((frame) => textOf(frame).replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^shop\/settings\/production\.py:40.*SESSION_ENGINE = "django/),
      expect.stringMatching(
        /^k8s\/web-autoscaler\.yaml:12 an autoscaler asks for 20 instances at most.*maxReplicas: 20/,
      ),
      expect.stringMatching(/^k8s\/settings\.yaml:7/),
      expect.stringMatching(/^Dockerfile:10/),
    ]);
  });

  it('colours code, and marks exactly what a result is about', () => {
    const [frame] = ofClass(page(), 'frame').filter((one) => textOf(one).startsWith('shop/settings/production.py:40'));
    const marks: string[] = [];
    const visit = (node: DefaultTreeAdapterTypes.Node): void => {
      if ('tagName' in node && node.tagName === 'mark') marks.push(textOf(node));
      if ('childNodes' in node) node.childNodes.forEach(visit);
    };
    if (frame !== undefined) visit(frame);
    expect(marks.join('')).toBe('SESSION_ENGINE = "django.contrib.sessions.backends.file"');
    expect(ofClass(page(), 'k-string').map(textOf)).toContain('"django.contrib.sessions.backends.file"');
    expect(ofClass(page(), 'k-comment').map(textOf)).toContain('# Keeps the session table from growing.');
  });

  it('takes the order of its first steps from the ranking that every report has', () => {
    const [steps] = ofClass(page(), 'steps');
    const links = (steps?.childNodes ?? []).map((step) => textOf(step).replace(/\s+/g, ' '));
    expect(links[0]).toMatch(
      /^Write "DISABLE_SERVER_SIDE_CURSORS": True .*server-side-cursors-through-pooler 1 error minutes \+\d+ points$/,
    );
    // Two that are worth the same.
    expect(links.slice(1, 3).join(' ')).toContain('connections-over-budget');
  });

  it('tells the sum behind each limit', () => {
    for (const { arithmetic } of found.model.headroom) expect(page().text).toContain(arithmetic);
  });

  it('draws the way of a request, each box a link, standing in words', () => {
    const boxes = ofClass(page(), 'box').map((box) => textOf(box).replace(/\s+/g, ' '));
    expect(boxes.length).toBe(10);
    const shop = boxes.find((box) => box.includes('gunicorn'));
    expect(shop).toContain('× 3 to 20');
    expect(shop).toContain('✗ broken today');
    expect(shop).toContain('✗ session store: files');
    expect(boxes.find((box) => box.includes('celery beat'))).toContain('● cache: local memory');
    expect(ofClass(page(), 'label').map(textOf).join(' ')).toContain('ingress.yaml:4');
  });
});

describe('a page', () => {
  it('holds with the sample, with nothing, and with too little to judge', () => {
    holds(pageOf(sampleAudit()));
    const empty = pageOf(
      sampleAudit({
        files: {},
        results: [],
        components: [],
        headroom: [],
        notifications: [],
        scorecard: { value: null, grade: null, coverage: null, categories: [] },
      }),
    );
    holds(empty);
    expect(empty.text).toContain('no file was found that could be read');
    const unknown = pageOf(sampleAudit({ scorecard: { value: null, grade: null, coverage: 0, categories: [] } }));
    expect(unknown.text).toContain('This is not a pass.');
  });

  it('says what was open and why, what was silenced and with which reason', () => {
    const suppression = { location: at('shop/settings.py', 5), justification: 'one host until spring' };
    const page = pageOf(sampleAudit({ suppressed: [result({ suppression, fingerprint: 'silenced' })] }));
    holds(page);
    expect(page.text).toContain('one host until spring');
    expect(page.text).toMatch(/\? read from the variable MEDIA_ROOT, which nothing sets ?file-on-one-host/);
    expect(page.text).toContain('file is left out: larger than 2 MiB');
  });

  it('explains green: which rules passed and which had nothing to look at', () => {
    const sample = sampleAudit({ results: [] });
    const other = { ...RULE, id: 'file-on-one-host', description: 'Every instance sees the same files.' };
    const page = pageOf({
      ...sample,
      ruleSet: { ...sample.ruleSet, rules: [RULE, other] },
      evaluation: { ...sample.evaluation, verdicts: [{ ruleId: RULE.id, component: 'web', kind: 'pass' }] },
    });
    holds(page);
    expect(page.text).toContain(
      '1 rule looked at something and found it as it should be everywhere. 1 rule had nothing',
    );
  });

  it('keeps marks of several lines, of ends of lines and of tabs where they are', () => {
    const files = { ...FILES, 'shop/settings.py': 'a = [\n\t1,\n    2,\n]\nb = 1\n' };
    const marked = (location: ReturnType<typeof at>): string =>
      pageOf(sampleAudit({ files, results: [result({ location, relatedLocations: [] })] }))
        .elements.filter(({ tagName }) => tagName === 'mark')
        .map(textOf)
        .join('|');
    expect(marked(at('shop/settings.py', 1, 5, 2, 4))).toBe('[|1|,|2|,|]');
    expect(marked(at('shop/settings.py', 5, 1, 2))).toBe('b');
    expect(marked(at('shop/settings.py', 2, 2, 3))).toBe('1');
    // Beyond the end of its line, and beyond the end of the file.
    expect(marked(at('shop/settings.py', 5, 6, 9))).toBe('');
    expect(marked(at('shop/settings.py', 99, 1, 9))).toBe('');
  });

  it('stays usable with five hundred results, and says what it leaves out', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `value_${index} = {"a": [1, 2, 3], 'b': None}`);
    const results = lines.map((_, index) =>
      result({
        ruleId: `rule-${index % 40}`,
        location: at('big.py', index + 1, 1, 8),
        relatedLocations: Array.from({ length: 8 }, (_, other) =>
          because(`because ${other}`, at('big.py', 20 * other + 7, 1, 5)),
        ),
        fingerprint: `f${index}`,
      }),
    );
    const page = pageOf(sampleAudit({ files: { ...FILES, 'big.py': lines.join('\n') }, results }));
    holds(page);
    expect(page.html.length).toBeLessThan(2_000_000);
    expect(ofClass(page, 'frame').length).toBeLessThanOrEqual(400);
    expect(page.text).toMatch(/The code of \d+ places is left out/);
    expect(
      page.elements.filter((one) => one.tagName === 'details' && attribute(one, 'open') !== undefined).length,
    ).toBe(12);
  });
});

describe('the picture', () => {
  const station = (changes: Partial<Station> & Pick<Station, 'id' | 'layer'>): Station => ({
    kind: 'component',
    title: changes.id,
    what: 'web',
    components: [changes.id],
    scope: null,
    standing: 'fits',
    details: [],
    ...changes,
  });
  const drawn = (journey: Journey): Page => {
    const page = pageOf(sampleAudit({ journey }));
    holds(page);
    return page;
  };

  it('draws one component alone', () => {
    const page = drawn({ stations: [station({ id: 'web', layer: 'application' })], steps: [], aside: [] });
    expect(ofClass(page, 'box').length).toBe(1);
    expect(page.text).toContain('Nothing that was read tells who asks: web.');
  });

  it('folds what is too much for one layer into a box that says so, the worst kept', () => {
    const names = Array.from({ length: 25 }, (_, index) => `s${index}`);
    const stations = names.map((id) =>
      station({ id, layer: 'application', standing: id === 's24' ? 'broken' : 'fits' }),
    );
    const steps = names.slice(1).map((to) => ({ from: 's0', to, evidence: [because('says so', at('a.yaml', 3))] }));
    const page = drawn({ stations, steps, aside: [] });
    expect(ofClass(page, 'box').length).toBe(12);
    const text = ofClass(page, 'box').map((box) => textOf(box).replace(/\s+/g, ' '));
    expect(text.some((box) => box.includes('14 more'))).toBe(true);
    expect(text.some((box) => box.includes('✗ broken today'))).toBe(true);
    expect(page.text).toContain('Not drawn, but told below: s10, s11,');
    const rects = ofClass(page, 'frame').filter(({ tagName }) => tagName === 'rect');
    // No box stands on another.
    const areas = rects.map((one) => ['x', 'y', 'width', 'height'].map((name) => Number(attribute(one, name))));
    for (const [index, [x = 0, y = 0, w = 0, h = 0]] of areas.entries())
      for (const [x2 = 0, y2 = 0, w2 = 0, h2 = 0] of areas.slice(index + 1))
        expect(x + w <= x2 || x2 + w2 <= x || y + h <= y2 || y2 + h2 <= y).toBe(true);
  });

  it('takes circles, and what calls itself', () => {
    const stations = ['a', 'b', 'c'].map((id) => station({ id, layer: 'application' }));
    const evidence = [because('says so', at('a.yaml', 3))];
    const steps = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['a', 'a'],
    ].map(([from = '', to = '']) => ({ from, to, evidence }));
    expect(ofClass(drawn({ stations, steps, aside: [] }), 'box').length).toBe(3);
  });

  it('draws what instances keep for themselves inside of them', () => {
    const local = station({
      id: 'state',
      layer: 'state',
      kind: 'state',
      title: 'files',
      what: 'session store',
      components: ['web'],
      scope: 'host',
      standing: 'broken',
      details: [because('session store', at('shop/settings.py', 6, 18, 24))],
    });
    const stations = [station({ id: 'component web', title: 'web', layer: 'application', components: ['web'] }), local];
    const steps = [{ from: 'component web', to: 'state', evidence: local.details }];
    const page = drawn({ stations, steps, aside: [] });
    expect(ofClass(page, 'box').length).toBe(1);
    expect(textOf(ofClass(page, 'box')[0] ?? (local as never))).toContain('✗ session store: files');
    expect(textOf(ofClass(page, 'box')[0] ?? (local as never))).toContain('× 2 to 4');
  });
});

describe('a hostile repository', () => {
  const EVIL = `"'><script>alert(1)</script></style></title><img src=x onerror=alert(2)>\u0000\u001b[31m\u202e\u2066\ufeff&lt;<!--`;
  const long = `${EVIL}${'x'.repeat(100_000)}`;

  function hostile(): Audit {
    const files = {
      [`${EVIL}.py`]: `${EVIL}\n${long}\n"""${EVIL}\n${'('.repeat(50_000)}`,
      [`${EVIL}.yaml`]: `${EVIL}: ${EVIL}\n${EVIL}`,
    };
    const places = [at(`${EVIL}.py`, 1, 3, 9), at(`${EVIL}.py`, 2, 99_000, 99_050), at(`${EVIL}.yaml`, 1, 1, 5)];
    const base = web();
    const evidence = places.map((location) => because(long, location));
    const nasty = component(EVIL, 'web', {
      directory: EVIL,
      location: places[0] ?? base.location,
      properties: { ...base.properties, ceiling: { value: { unknown: long }, evidence } },
    });
    const rule = {
      ...RULE,
      id: EVIL,
      category: EVIL,
      why: long,
      description: EVIL,
      help: [long],
      references: [`javascript:${EVIL}`],
    };
    const results = places.flatMap((location, index) => [
      result({
        ruleId: EVIL,
        message: long,
        location,
        relatedLocations: evidence,
        component: EVIL,
        alsoIn: [EVIL],
        help: [long],
        fingerprint: `${EVIL}${index}`,
      }),
      result({ kind: 'open', level: 'none', ruleId: EVIL, message: long, location, fingerprint: `${EVIL}${index}` }),
    ]);
    const station = (id: string, layer: Station['layer'], kind: Station['kind']): Station => ({
      id,
      layer,
      kind,
      title: EVIL,
      what: EVIL,
      components: [EVIL],
      scope: kind === 'state' ? 'process' : null,
      standing: { unknown: long },
      details: evidence,
    });
    const stations = [
      station(EVIL, 'application', 'component'),
      station(`${EVIL}2`, 'state', 'state'),
      station(`${EVIL}3`, 'database', 'balancer'),
    ];
    const sample = sampleAudit({
      files,
      results,
      suppressed: [
        result({ fingerprint: EVIL, suppression: { location: places[0] ?? base.location, justification: long } }),
      ],
      components: [nasty],
      notifications: [{ level: 'error', message: long, location: places[0] ?? base.location }],
      headroom: [{ limit: EVIL, component: EVIL, instances: 3, arithmetic: long, locations: evidence }],
      journey: {
        stations,
        steps: stations.slice(1).map(({ id }) => ({ from: EVIL, to: id, evidence })),
        aside: [{ component: EVIL, reason: long }],
      },
      scorecard: {
        value: 3,
        grade: 'F',
        coverage: 0.5,
        categories: [
          {
            id: EVIL,
            title: EVIL,
            value: 3,
            grade: 'F',
            coverage: 0.5,
            lost: [{ ruleId: EVIL, component: EVIL, points: 4 }],
          },
        ],
      },
    });
    return {
      ...sample,
      inventory: { ...sample.inventory, root: `/tmp/${EVIL.replaceAll('/', '')}` },
      ruleSet: { rules: [rule], categories: [{ id: EVIL, title: EVIL, weight: 1 }] },
      evaluation: { ...sample.evaluation, verdicts: [{ ruleId: EVIL, component: EVIL, kind: 'pass' }] },
    };
  }

  it('cannot break out of the page or blow it up', () => {
    const page = pageOf(hostile());
    holds(page);
    expect(page.elements.some(({ tagName }) => tagName === 'script' || tagName === 'img')).toBe(false);
    expect(page.text).toContain('<script>alert(1)</script>');
    expect(page.text).toContain('\\u{202e}');
    expect(page.html.length).toBeLessThan(600_000);
  });

  it.each([
    ['python', 'a.py', '"""\\'.repeat(12_000)],
    ['python braces', 'a.py', 'f"{'.repeat(15_000)],
    ['yaml', 'a.yaml', `${'- '.repeat(20_000)}\n${'{a: '.repeat(8_000)}`],
    ['typescript', 'a.ts', `${'<a '.repeat(10_000)}${'('.repeat(20_000)}`],
    ['javascript', 'a.js', `${'/'.repeat(30_000)}${'`${'.repeat(8_000)}`],
    ['shell', 'a.sh', '$('.repeat(25_000)],
    ['proxy', 'a.conf', `${'{ '.repeat(20_000)}${'~* '.repeat(5_000)}`],
    ['spaces', 'a.ini', `${' '.repeat(50_000)}=`],
  ])('does not keep the highlighter busy: %s', (_, path, text) => {
    // Short lines, so that the highlighter gets them.
    const files = { ...FILES, [path]: text.replace(/.{80}/gs, '$&\n') };
    const start = performance.now();
    holds(pageOf(sampleAudit({ files, results: [result({ location: at(path, 3, 1, 4) })] })));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
