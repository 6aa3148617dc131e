import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Property } from '../src/facts/fact.js';
import { vocabulary } from '../src/facts/vocabulary.js';
import { COMPONENT_DERIVATIONS, FACT_DERIVATIONS } from '../src/model/derive.js';
import { pathsOf } from '../src/rules/predicate.js';
import { ownRules } from '../src/rules/load.js';

const ROOT = join(import.meta.dirname, '..', 'src');
const kinds = await vocabulary();
const all = (await ownRules()).rules;

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

describe('the vocabulary', () => {
  const technologies = sources('technologies');
  const readers = sources('model');

  it('has the kind of every file under its own name', () => {
    const names = readdirSync(join(ROOT, 'facts')).map((name) => name.replace('.ts', ''));
    expect([...kinds.keys()].sort()).toEqual(names.filter((name) => name !== 'fact' && name !== 'vocabulary').sort());
  });

  it.each([...kinds.values()].map((kind) => [kind.kind, kind] as const))(
    '%s: somebody states every property, and somebody reads it',
    (name, kind) => {
      const stating = technologies.filter(
        ({ path, text }) => path.includes(`/${name}`) || text.includes(`facts/${name}.js`),
      );
      expect(stating.length, `no extractor states ${name}`).toBeGreaterThan(0);
      const rules = all.filter((rule) => rule.subject === name);
      const inRules = new Set(
        rules.flatMap((rule) =>
          [rule.applies, rule.fails, rule.worsens, rule.eases].flatMap((one) => pathsOf(one).map(([first]) => first)),
        ),
      );
      const inProse = rules.map((rule) => [rule.message, ...rule.help].join(' ')).join(' ');
      for (const property of Object.keys(kind.properties)) {
        expect(
          stating.some(({ text }) => new RegExp(`\\b${property}\\b`).test(text)),
          `${name}.${property} is stated by nobody`,
        ).toBe(true);
        const read =
          inRules.has(property) ||
          inProse.includes(`{{${property}}}`) ||
          readers.some(({ text }) =>
            new RegExp(`\\.${property}\\b|'${property}'|\\b${property}\\b[^:\\n]*\\} = [\\w.?]*properties`).test(text),
          );
        expect(read, `${name}.${property} is read by nobody`).toBe(true);
      }
    },
  );

  it('has a page that is fresh', async () => {
    const typeOf = (property: Property): string =>
      property.type === 'choice' ? property.values.join(', ') : property.type;
    const row = (name: string, property: Property): string =>
      `| ${name}${property.optional === true ? ' (where it applies)' : ''} | ${typeOf(property)} | ${property.description} |`;
    const head = '| property | values | says |\n|---|---|---|';
    const sections = [...kinds.values()]
      .sort((a, b) => (a.kind < b.kind ? -1 : 1))
      .map(({ kind, description, properties }) =>
        [
          `## ${kind}`,
          '',
          description,
          '',
          head,
          ...Object.entries(properties).map(([name, property]) => row(name, property)),
        ].join('\n'),
      );
    const derived = (title: string, all: readonly { name: string; property: Property }[]): string =>
      [`## ${title}`, '', head, ...all.map(({ name, property }) => row(name, property))].join('\n');
    const page = [
      '# Vocabulary',
      'What facts say and what rules may read. Written by `test/vocabulary.test.ts`; `npx vitest run -u` brings it up to date.',
      ...sections,
      derived('component', COMPONENT_DERIVATIONS),
      derived('derived of facts', FACT_DERIVATIONS),
    ].join('\n\n');
    await expect(`${page}\n`).toMatchFileSnapshot('../docs/vocabulary.md');
  });
});
