import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, test } from 'vitest';
import { code, html, prose } from '../src/report/markdown/escape.js';
import { markdownRulePage } from '../src/report/markdown/rule-page.js';
import { report } from '../src/report/markdown.js';
import type { ReportOptions } from '../src/report/report.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';
import { at, because, component, result, RULE, sampleAudit, web, type SampleChanges } from './sample-audit.js';

const plain: ReportOptions = { colour: false, width: 100 };

function markdown(changes: SampleChanges = {}, options = plain): string {
  return report(sampleAudit(changes), options);
}

type Node = DefaultTreeAdapterTypes.Node;

/** As GitHub renders it, before it looks for names and references in what is no code. */
function rendered(text: string): Node[] {
  const shown = micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const all: Node[] = [];
  const visit = (node: Node): void => {
    all.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(shown));
  return all;
}

function elements(nodes: readonly Node[]): string[] {
  return [...new Set(nodes.map(({ nodeName }) => nodeName))].filter((name) => !name.startsWith('#')).sort();
}

/** Text where GitHub looks for names and references. */
function scanned(nodes: readonly Node[]): string {
  return nodes
    .filter((node) => node.nodeName === '#text' && 'parentNode' in node && node.parentNode?.nodeName !== 'code')
    .map((node) => ('value' in node ? node.value : ''))
    .join('\n');
}

function text(nodes: readonly Node[]): string {
  return nodes.map((node) => (node.nodeName === '#text' && 'value' in node ? node.value : '')).join('');
}

const PINGS = /@[\w-]|(?<![&\w])#\d|\bgh-\d|(?:https?|ftp):\/\/|www\.|\b[\da-f]{7,40}\b/i;

test('the whole report', async () => {
  await expect(markdown()).toMatchFileSnapshot('snapshots/report-markdown.md');
});

test('a bot finds its comment by the first line', () => {
  expect(markdown().split('\n')[0]).toBe('<!-- scalecard -->');
});

describe('text of the repository', () => {
  test.each(HOSTILE_TEXTS)('%j is prose and nothing else', (evil) => {
    const nodes = rendered(`before ${prose(evil)} after\n\n- ${prose(evil)}\n\n${prose(evil)}\n`);
    expect(elements(nodes)).toEqual(['li', 'p', 'ul']);
    expect(nodes.filter(({ nodeName }) => nodeName === '#comment')).toEqual([]);
    expect(scanned(nodes)).not.toMatch(PINGS);
    expect(text(nodes)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0041}]/u);
  });

  test.each(HOSTILE_TEXTS)('%j is code and nothing else, also in a table', (evil) => {
    const nodes = rendered(`before ${code(evil)} after\n`);
    expect(elements(nodes).filter((name) => name !== 'code')).toEqual(['p']);
    expect(scanned(nodes)).not.toMatch(PINGS);
    const audit = { components: [{ ...web(), name: evil }, component(evil, 'unknown')], results: [], headroom: [] };
    const table = rendered(markdown(audit));
    const rows = table.filter(({ nodeName }) => nodeName === 'tr');
    expect(rows).toHaveLength(2);
    expect(table.filter(({ nodeName }) => nodeName === 'td')).toHaveLength(4);
    expect(scanned(table)).not.toMatch(PINGS);
  });

  test.each(HOSTILE_TEXTS)('%j is told as it is', (evil) => {
    // Characters that act stand as escapes, gaps are not seen, and backslashes of escapes are literal.
    const told = text(rendered(`x ${prose(evil)} x`)).replaceAll('\u200b', '');
    const safe = /^[\x20-\x7e\n\r]*$/.test(evil) && !evil.includes('##');
    if (safe) expect(told.replace(/\s+/g, ' ').trim()).toBe(`x ${evil.replace(/\s+/g, ' ').trim()} x`);
    else expect(told).toMatch(/\\x|\\u|\\x23/);
    const inElement = text([...rendered(`<p>${html(evil)}</p>`)]).replaceAll('\u200b', '');
    if (safe) expect(inElement.trim()).toBe(evil.replace(/\s*[\r\n]\s*/g, ' ').trim());
  });

  test('everywhere in the report', () => {
    for (const evil of HOSTILE_TEXTS) {
      const place = at(evil, 2);
      const nodes = rendered(
        markdown({
          results: [
            result({ message: evil, location: place, component: evil, alsoIn: [evil], help: [evil], ruleId: evil }),
            result({ relatedLocations: [because(evil, place)] }),
            result({ kind: 'open', level: 'none', message: evil, location: place, ruleId: evil }),
          ],
          components: [{ ...web(), name: evil }, component(evil, 'unknown')],
          headroom: [
            { limit: evil, component: evil, instances: 2, arithmetic: evil, locations: [because(evil, place)] },
          ],
          notifications: [{ level: 'error', message: evil, location: place }],
        }),
      );
      const known = ['b', 'code', 'details', 'h2', 'h3', 'li', 'p', 'strong', 'sub', 'summary'];
      expect(elements(nodes)).toEqual([...known, 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul']);
      expect(scanned(nodes)).not.toMatch(PINGS);
      expect(nodes.filter(({ nodeName }) => nodeName === '#comment')).toHaveLength(1);
    }
  });
});

test('GitHub takes comments of 65,536 characters: the worst results are kept, the rest is counted', () => {
  const many = (level: 'error' | 'warning', count: number) =>
    Array.from({ length: count }, (_, i) =>
      result({
        level,
        ruleId: `${level}-${String(i).padStart(3, '0')}`,
        message: `${'long and @winded '.repeat(20)}${i}`,
        location: at(`folder/${'f'.repeat(300)}`, i + 1),
      }),
    );
  const printed = markdown({ results: [...many('warning', 200), ...many('error', 20)] });
  expect(printed.length).toBeLessThanOrEqual(65_536);
  expect(printed.length).toBeGreaterThan(50_000);
  for (const { ruleId } of many('error', 20)) expect(printed).toContain(`<b>${ruleId}</b>`);
  const shown = printed.split('<b>warning-').length - 1;
  expect(shown).toBeGreaterThan(10);
  expect(printed).toContain(`${200 - shown} further results did not fit into a comment`);
  expect(printed).toMatch(/<\/details>\n\n<sub>scalecard 1\.2\.3<\/sub>\n$/);
});

test('whatever a repository says, head and tail alone stay far below the limit', () => {
  const long = '@`|<'.repeat(5_000);
  const place = at(long, 1);
  const times = (count: number) => Array.from({ length: count }, (_, i) => i);
  const printed = markdown({
    results: times(100).map((i) =>
      result({ kind: 'open', level: 'none', message: `${long}${i}`, location: at(long, i + 1) }),
    ),
    components: [
      ...times(200).map(() => ({ ...web(), name: long })),
      ...times(200).map(() => component(long, 'unknown')),
    ],
    headroom: times(20).map(() => {
      return {
        limit: long,
        component: long,
        instances: 1,
        arithmetic: long,
        locations: times(50).map(() => because(long, place)),
      };
    }),
    notifications: times(100).map((i) => ({ level: 'warning', message: `${i}${long}`, location: place })),
  });
  expect(printed.length).toBeLessThanOrEqual(65_536);
});

test('nothing to judge is said, and is no score', () => {
  const nothing = { value: null, grade: null, coverage: null, categories: [] };
  const printed = markdown({ scorecard: nothing, components: [], headroom: [], results: [], notifications: [] });
  expect(printed).toContain('no score: nothing to judge was found');
  expect(printed).toContain('This is not a pass.');
  const undecided = markdown({ scorecard: { ...nothing, coverage: 0 } });
  expect(undecided).toContain('no score: nothing could be decided');
  expect(undecided).toContain(
    'Of what was found nothing could be decided; the reasons are listed. This is not a pass.',
  );
});

test('on GitHub paths start at the top of the repository', () => {
  expect(markdown({}, { ...plain, github: { folder: 'services/shop' } })).toContain(
    '`services/shop/shop/settings.py:6`',
  );
});

test('the page of a rule renders, and only references are links', () => {
  const nodes = rendered(markdownRulePage(RULE, { id: 'statelessness', title: 'Statelessness', weight: 3 }));
  expect(elements(nodes)).toEqual(['a', 'code', 'h1', 'h2', 'li', 'ol', 'p', 'strong', 'ul']);
  const page = text(nodes);
  for (const part of [RULE.why, 'Until then run one instance.', 'store: files', 'scalecard-ignore'])
    expect(page).toContain(part);
  for (const evil of HOSTILE_TEXTS) {
    const rule = { ...RULE, why: evil, help: [evil], description: evil, references: [evil], aliases: [evil] };
    const links = rendered(markdownRulePage(rule, undefined)).filter(({ nodeName }) =>
      ['a', 'img', 'script'].includes(nodeName),
    );
    expect(links).toEqual([]);
  }
});
