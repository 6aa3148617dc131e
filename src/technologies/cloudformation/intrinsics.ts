import type { YamlNode } from '../../parse/yaml/node.js';
import { items, pairs, string } from '../../parse/yaml/read.js';
import {
  isNothing,
  itemsOf,
  list,
  missing,
  numberOf,
  plain,
  textOf,
  together,
  truthOf,
  type Data,
} from '../evaluated.js';

/** What functions ask of the template that they stand in. */
export interface Answers {
  readonly evaluate: (node: YamlNode) => Data;
  readonly reference: (name: string) => Data;
  readonly attribute: (resource: string, member: string) => Data;
  readonly condition: (name: string) => Data;
  readonly mapped: (map: string, first: string, second: string) => Data | undefined;
}

export type Asked = (answers: Answers) => Data;

/** `!Ref x`, `Ref: x`, `!Sub ...`, `Fn::Sub: ...`; undefined where a node is no function. */
export function intrinsicOf(node: YamlNode): Asked | undefined {
  const tag = node.tag;
  if (tag?.startsWith('!') === true && Object.hasOwn(FUNCTIONS, tag.slice(1))) {
    // Without its tag it is what the function is given.
    const bare: YamlNode & { tag?: string | undefined } = { ...node, tag: '' };
    return calling(tag.slice(1), bare);
  }
  const [only, ...others] = pairs(node);
  if (only === undefined || others.length > 0) return undefined;
  const name = only.key.startsWith('Fn::') ? only.key.slice(4) : /^(?:Ref|Condition)$/.test(only.key) ? only.key : '';
  if (name === 'Condition' && string(only.value) === undefined) return undefined;
  return Object.hasOwn(FUNCTIONS, name) ? calling(name, only.value) : undefined;
}

function calling(name: string, given: YamlNode): Asked {
  return (answers) => FUNCTIONS[name]?.(given, answers) ?? missing(`what ${name} gives is not known here`);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const FUNCTIONS: Readonly<Record<string, (given: YamlNode, answers: Answers) => Data>> = {
  Ref: (given, { reference }) => reference(string(given) ?? ''),
  Condition: (given, { condition }) => condition(string(given) ?? ''),
  GetAtt: (given, { attribute }) => {
    const written =
      string(given) ??
      items(given)
        .map((one) => string(one) ?? '')
        .join('.');
    const dot = written.indexOf('.');
    return attribute(written.slice(0, dot), written.slice(dot + 1));
  },
  Sub: substituted,
  Join: (given, { evaluate }) => {
    const [by, all] = items(given);
    const separator = by === undefined ? undefined : string(by);
    const parts = all === undefined ? undefined : itemsOf(evaluate(all));
    if (separator === undefined || parts === undefined) return missing('what is joined is not known');
    return partsOf(parts.flatMap((one, index) => (index === 0 ? [one] : [plain(separator), one])));
  },
  If: (given, { condition, evaluate }) => {
    const [name, then, otherwise] = items(given);
    if (name === undefined || then === undefined || otherwise === undefined)
      return missing('a condition lacks a branch');
    const holds = truthOf(condition(string(name) ?? ''));
    if (holds !== undefined) return evaluate(holds ? then : otherwise);
    const branches = [evaluate(then), evaluate(otherwise)];
    return missing(`the condition ${string(name) ?? ''} is not known`, together(branches), branches);
  },
  Equals: (given, { evaluate }) => {
    const [a, b] = items(given).map((one) => evaluate(one));
    const [one, other] = [textOf(a), textOf(b)];
    return one === undefined || other === undefined ? missing('what is compared is not known') : plain(one === other);
  },
  Not: (given, { evaluate }) => {
    const [only] = items(given);
    const value = only === undefined ? undefined : truthOf(evaluate(only));
    return value === undefined ? missing('a condition is not known') : plain(!value);
  },
  And: (given, { evaluate }) =>
    combined(
      items(given).map((one) => truthOf(evaluate(one))),
      false,
    ),
  Or: (given, { evaluate }) =>
    combined(
      items(given).map((one) => truthOf(evaluate(one))),
      true,
    ),
  Select: (given, { evaluate }) => {
    const [index, from] = items(given);
    const all = from === undefined ? undefined : itemsOf(evaluate(from));
    const at = index === undefined ? undefined : numberOf(evaluate(index));
    return (at === undefined ? undefined : all?.[at]) ?? missing('what is selected is not known');
  },
  Split: (given, { evaluate }) => {
    const [by, from] = items(given);
    const text = from === undefined ? undefined : textOf(evaluate(from));
    const separator = by === undefined ? undefined : string(by);
    if (text === undefined || separator === undefined) return missing('what is split is not known');
    return list(
      text
        .split(separator)
        .slice(0, 1_000)
        .map((one) => plain(one)),
    );
  },
  FindInMap: (given, { evaluate, mapped }) => {
    const [map, first, second] = items(given).map((one) => textOf(evaluate(one)));
    const found =
      map === undefined || first === undefined || second === undefined ? undefined : mapped(map, first, second);
    return found ?? missing('the entry of the mapping is not known');
  },
  ImportValue: () => missing('another stack gives it'),
  Base64: (given, { evaluate }) => evaluate(given),
};

/** One that decides does so whatever the others are. */
function combined(all: readonly (boolean | undefined)[], decides: boolean): Data {
  if (all.includes(decides)) return plain(decides);
  return all.includes(undefined) ? missing('a condition is not known') : plain(!decides);
}

/** `${Name}`, `${Resource.Attribute}`, `${!Literal}`; with values of its own where it is a list. */
function substituted(given: YamlNode, answers: Answers): Data {
  const [first, second] = items(given);
  const text = string(first ?? given);
  if (text === undefined) return missing('what is filled in is not known');
  const own = new Map(pairs(second).map(({ key, value }) => [key, value]));
  const parts = text
    .slice(0, 100_000)
    .split(/\$\{([^}]{1,300})\}/)
    .map((part, index): Data => {
      if (index % 2 === 0) return plain(part);
      if (part.startsWith('!')) return plain(`\${${part.slice(1)}}`);
      const name = part.trim();
      const node = own.get(name);
      if (node !== undefined) return answers.evaluate(node);
      const dot = name.indexOf('.');
      return dot < 0 ? answers.reference(name) : answers.attribute(name.slice(0, dot), name.slice(dot + 1));
    });
  return partsOf(parts);
}

function partsOf(parts: readonly Data[]): Data {
  const texts = parts.map((one) => (isNothing(one) ? '' : textOf(one)));
  const from = together(parts);
  if (!texts.includes(undefined)) return plain(texts.join(''), from);
  const open = parts.find((one) => one.kind === 'unknown');
  const flat = parts.flatMap(
    (one) => textOf(one) ?? (one.kind === 'unknown' && one.parts !== undefined ? one.parts : [one]),
  );
  return {
    kind: 'unknown',
    reason: open?.kind === 'unknown' ? open.reason : 'a part of it is no text',
    parts: flat.slice(0, 1_000),
    from,
  };
}
