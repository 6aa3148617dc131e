import { Ajv } from 'ajv';
import type { Property } from '../facts/fact.js';
import { judgeExample, type Vocabulary } from './evaluate.js';
import { ruleIdOf, type RuleFile } from './load.js';
import { pathsOf, prepare } from './predicate.js';
import { categorySchema, ruleSchema } from './schema.js';
import type { Rule } from './rule.js';

/** One thing that is wrong with a file of rules. */
export interface RuleTrouble {
  readonly file: string;
  readonly message: string;
}

/** Words that a predicate may use: those that compare. No references, no formats, no code. */
const KEYWORDS = new Set([
  'properties',
  'required',
  'const',
  'enum',
  'not',
  'anyOf',
  'allOf',
  'oneOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'type',
]);

/** Refuses rules that could never work: unknown properties and values, unread holes, missing examples, repeated ids. */
export async function validateRules(
  files: readonly RuleFile[],
  vocabulary: Vocabulary,
  takenIds: ReadonlySet<string> = new Set(),
): Promise<RuleTrouble[]> {
  const ajv = new Ajv({ allErrors: true });
  const isRule = ajv.compile(ruleSchema);
  const ids = new Set(takenIds);
  const troubles: RuleTrouble[] = [];
  for (const { file, content } of files) {
    const say = (message: string): void => void troubles.push({ file, message });
    if (!isRule(content)) {
      for (const error of isRule.errors ?? [])
        say(
          `${error.instancePath === '' ? 'the rule' : error.instancePath.slice(1).replaceAll('/', '.')} ${error.message ?? 'is wrong'}${wrongKey(error.params)}`,
        );
      continue;
    }
    // The schema above describes exactly this part of a rule.
    const rule = content as unknown as Rule;
    if (rule.id !== ruleIdOf(file)) say(`id "${rule.id}" differs from the name of its file`);
    for (const id of [rule.id, ...(rule.aliases ?? [])]) {
      if (ids.has(id)) say(`id "${id}" is taken by another rule`);
      ids.add(id);
    }
    const wrong = predicateTroubles(rule, vocabulary);
    // A predicate that cannot be right need not be tried.
    troubles.push(
      ...(wrong.length > 0 ? wrong : await exampleTroubles(rule, vocabulary)).map((message) => ({ file, message })),
    );
    for (const hole of [rule.message, ...rule.help].join(' ').matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)) {
      if (propertyAt(rule.subject, (hole[1] ?? '').split('.'), vocabulary) === undefined)
        say(`{{${hole[1] ?? ''}}} is no property of ${rule.subject}`);
    }
  }
  return troubles;
}

export function validateCategories(files: readonly RuleFile[]): RuleTrouble[] {
  const isCategory = new Ajv({ allErrors: true }).compile(categorySchema);
  return files.flatMap(({ file, content }) =>
    isCategory(content)
      ? []
      : (isCategory.errors ?? []).map((error) => ({ file, message: `${error.instancePath} ${error.message ?? ''}` })),
  );
}

function predicateTroubles(rule: Rule, vocabulary: Vocabulary): string[] {
  const troubles: string[] = [];
  if (rule.subject !== 'component' && !vocabulary.kinds.has(rule.subject))
    return [`subject "${rule.subject}" is no fact kind`];
  for (const part of ['applies', 'fails', 'worsens', 'eases'] as const) {
    const predicate = rule[part];
    if (predicate === undefined) continue;
    for (const keyword of keywordsOf(predicate))
      if (!KEYWORDS.has(keyword)) troubles.push(`${part}: "${keyword}" may not be used in a rule`);
    for (const path of pathsOf(predicate)) {
      const property = propertyAt(rule.subject, path, vocabulary);
      if (property === undefined) troubles.push(`${part}: ${path.join('.')} is no property of ${rule.subject}`);
      else
        for (const value of valuesAt(predicate, path))
          if (!fits(property, value)) troubles.push(`${part}: ${path.join('.')} is never ${JSON.stringify(value)}`);
    }
  }
  if (
    typeof rule.together === 'string' &&
    rule.together !== 'component' &&
    propertyAt(rule.subject, [rule.together], vocabulary) === undefined
  )
    troubles.push(`together: ${rule.together} is no property of ${rule.subject}`);
  return troubles;
}

/** Examples that do not give what they are there to show. */
async function exampleTroubles(rule: Rule, vocabulary: Vocabulary): Promise<string[]> {
  await prepare([rule]);
  return (['fail', 'pass', 'open'] as const).flatMap((kind) =>
    (rule.examples[kind] ?? []).flatMap(({ title, subject, level }) => {
      const verdict = judgeExample(rule, subject, vocabulary);
      if (verdict.kind !== kind) return [`example "${title}" is to ${kind}, and gives ${verdict.kind}`];
      const wanted = level ?? rule.level;
      return kind === 'fail' && verdict.level !== wanted
        ? [`example "${title}" is to be ${wanted}, and is ${verdict.level ?? 'none'}`]
        : [];
    }),
  );
}

const COMPONENT_OWN = new Set(['name', 'role', 'audience']);

function propertyAt(
  subject: string,
  [first = '', second]: readonly string[],
  vocabulary: Vocabulary,
): Property | undefined {
  const ofComponent = (name: string): Property | undefined =>
    vocabulary.component.get(name) ?? (COMPONENT_OWN.has(name) ? { type: 'text', description: '' } : undefined);
  if (subject === 'component') return ofComponent(first);
  if (first === 'component') return second === undefined ? undefined : ofComponent(second);
  return vocabulary.kinds.get(subject)?.properties[first] ?? vocabulary.derived.get(first);
}

function fits(property: Property, value: unknown): boolean {
  if (property.type === 'choice') return property.values.includes(value as string);
  if (property.type === 'boolean') return typeof value === 'boolean';
  if (property.type === 'integer') return Number.isInteger(value);
  return typeof value === 'string';
}

function keywordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keywordsOf);
  return Object.entries(schema).flatMap(([keyword, value]): string[] => {
    if (keyword === 'properties')
      return [keyword, ...Object.values(value as Record<string, unknown>).flatMap(keywordsOf)];
    return keyword === 'enum' || keyword === 'const' || keyword === 'required'
      ? [keyword]
      : [keyword, ...keywordsOf(value)];
  });
}

/** The values that a predicate compares a property with. */
function valuesAt(schema: unknown, path: readonly string[]): unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((inner) => valuesAt(inner, path));
  const [name, ...rest] = path;
  return Object.entries(schema).flatMap(([keyword, value]): unknown[] => {
    if (keyword === 'properties')
      return name === undefined ? [] : valuesAt((value as Record<string, unknown>)[name], rest);
    if (name === undefined && keyword === 'const') return [value];
    if (name === undefined && keyword === 'enum') return value as unknown[];
    return keyword === 'not' || keyword.endsWith('Of') ? valuesAt(value, path) : [];
  });
}

function wrongKey(params: Record<string, unknown>): string {
  const key = params.additionalProperty;
  return typeof key === 'string' ? ` ("${key}")` : '';
}
