import { LIMITS, charge, fail, instanceOf, type Arguments, type Interpreter } from './interpreter.js';
import { instanceOfIterator } from './iterator.js';
import { functionsOf } from './library.js';
import { argument, nativeClass, type Native, type PythonModels } from './models.js';
import { regularExpression, type RegularExpression } from './regular-expression.js';
import { spread } from './spread.js';
import { derived, intValue, listValue, noneValue, recordValue, strValue, tupleValue, unknownValue } from './values.js';
import type { InstanceValue, Origin, Value } from '../value.js';

const FLAGS: Readonly<Record<string, string>> = {
  A: 'a',
  ASCII: 'a',
  I: 'i',
  IGNORECASE: 'i',
  M: 'm',
  MULTILINE: 'm',
  S: 's',
  DOTALL: 's',
  X: 'x',
  VERBOSE: 'x',
  U: '',
  UNICODE: '',
};

/** The letters of `re.I | re.M`; undefined where one is not known. */
function flagsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined || (value.kind === 'int' && value.value === 0)) return [];
  if (value.kind !== 'external') return undefined;
  if (value.call === undefined) {
    const letter = FLAGS[value.name.replace(/^re\.(?:RegexFlag\.)?/, '')];
    return letter === undefined ? undefined : [letter];
  }
  const [op, a, b] = value.call.args;
  const left = flagsOf(a);
  const right = flagsOf(b);
  const isUnion = value.name === 'operator' && op?.kind === 'str' && op.value === '|';
  return isUnion && a !== undefined && b !== undefined && left !== undefined && right !== undefined
    ? [...left, ...right]
    : undefined;
}

/** What may be tried on a text: the time grows with the length, to the power of the loops. */
const EFFORT = 20_000_000;

interface Question {
  readonly expression: RegularExpression;
  readonly text: string;
  readonly origin: Origin;
}

/** A pattern and a text as Python's `re` would relate them; a reason where they are not followed. */
function question(
  py: Interpreter,
  pattern: Value | undefined,
  flags: Value | undefined,
  text: Value | undefined,
  args: Arguments,
): Question | string {
  const origin = derived(args.at, ...[pattern, text].filter((one) => one !== undefined));
  const isCompiled = pattern?.kind === 'external' && pattern.name === 're.compile' && pattern.call !== undefined;
  const [inner, more] = isCompiled
    ? [pattern.call?.args[0], pattern.call?.args[1] ?? pattern.call?.keywords.get('flags')]
    : [pattern, flags];
  const letters = flagsOf(more);
  if (inner?.kind !== 'str' || text?.kind !== 'str' || letters === undefined)
    return 'the pattern or the text is not known';
  charge(py, (inner.value.length + text.value.length) >> 2);
  const expression = regularExpression(inner.value, new Set(letters));
  if (expression === undefined) return 'the pattern is not followed';
  const effort = expression.ways * (text.value.length + 1) ** (expression.loops + 1);
  if (effort > EFFORT || text.value.length > LIMITS.characters) return 'the text is too long for the pattern';
  charge(py, effort >> 10);
  // Which letters and digits of other alphabets count, the two languages see differently.
  if (/[\ud800-\udfff]/.test(text.value) || (expression.plainOnly && /[^\t-\r -~]/.test(text.value)))
    return 'the text holds letters of other alphabets';
  return { expression, text: text.value, origin };
}

/** A function of a pattern and a text, as function of the module and as method of a compiled pattern. */
function asking(
  compute: (py: Interpreter, asked: Question, args: Arguments) => Value,
  position: 1 | 2,
  flagPosition: number,
): { readonly ofModule: Native; readonly ofPattern: Native } {
  const make =
    (isMethod: boolean): Native =>
    (py, args) => {
      const pattern = argument(args, 0, 'pattern');
      const text = argument(args, position, 'string');
      const values = [pattern, text].filter((one) => one !== undefined);
      if (values.length === 2) {
        const open = spread(args.at, values, (each) => {
          const positional = [...args.positional];
          [positional[0], positional[position]] = [each[0] ?? noneValue(), each[1] ?? noneValue()];
          const keywords = new Map([...args.keywords].filter(([name]) => name !== 'pattern' && name !== 'string'));
          return make(isMethod)(py, { at: args.at, positional, keywords });
        });
        if (open !== undefined) return open;
      }
      // Methods of a pattern take places in the text where functions take flags.
      if (isMethod && args.positional.length > flagPosition)
        return unknownValue('a part of a text is searched', derived(args.at));
      const flags = isMethod ? undefined : (args.keywords.get('flags') ?? args.positional[flagPosition]);
      const asked = question(py, pattern, flags, text, args);
      return typeof asked === 'string' ? unknownValue(asked, derived(args.at, ...values)) : compute(py, asked, args);
    };
  return { ofModule: make(false), ofPattern: make(true) };
}

const MATCH = nativeClass('re.Match', {
  group: (py, args) => {
    const [self, ...wanted] = args.positional;
    const each = (wanted.length === 0 ? [intValue(0)] : wanted).map((one) => groupOf(py, self, one, args));
    const [only] = each;
    return each.length === 1 && only !== undefined ? only : tupleValue(each, derived(args.at));
  },
  groups: (_, args) => {
    const all = groupsOf(args.positional[0]);
    const fallback = args.positional[1] ?? noneValue();
    return tupleValue(
      all.slice(1).map((one) => (one.kind === 'none' ? fallback : one)),
      derived(args.at),
    );
  },
  groupdict: (_, args) => {
    const [self] = args.positional;
    const named = self?.kind === 'instance' ? self.attributes.get('#named') : undefined;
    return named?.kind === 'dict' ? { ...named, entries: new Map(named.entries) } : recordValue([]);
  },
  start: (_, args) => place(args, '#start'),
  end: (_, args) => place(args, '#end'),
  span: (_, args) => tupleValue([place(args, '#start'), place(args, '#end')], derived(args.at)),
  __getitem__: (py, args) => groupOf(py, args.positional[0], args.positional[1] ?? intValue(0), args),
});

function groupsOf(self: Value | undefined): readonly Value[] {
  const held = self?.kind === 'instance' ? self.attributes.get('#groups') : undefined;
  return held?.kind === 'tuple' ? held.items : [];
}

function groupOf(py: Interpreter, self: Value | undefined, wanted: Value, args: Arguments): Value {
  const named = self?.kind === 'instance' ? self.attributes.get('#named') : undefined;
  const found =
    wanted.kind === 'int'
      ? groupsOf(self)[Number(wanted.value)]
      : wanted.kind === 'str' && named?.kind === 'dict'
        ? named.entries.get(`s${wanted.value}`)?.value
        : undefined;
  if (wanted.kind === 'unknown') return unknownValue(wanted.reason, derived(args.at, wanted));
  return found ?? fail(py, 'IndexError', 'no such group', args.at);
}

/** Of the whole match only: where a group stands, our expressions do not tell. */
function place(args: Arguments, name: string): Value {
  const [self, group] = args.positional;
  const held = self?.kind === 'instance' ? self.attributes.get(name) : undefined;
  return held !== undefined && (group === undefined || (group.kind === 'int' && group.value === 0))
    ? held
    : unknownValue('the place of a group is not known', derived(args.at));
}

const groupValue = (text: string | undefined, origin: Origin, missing: Value = noneValue(origin)): Value =>
  text === undefined ? missing : strValue(text, origin);

/** Python counts characters where we count halves of them; texts that hold such halves are not followed. */
function matchOf(found: RegExpExecArray, { origin, expression }: Question): InstanceValue {
  const named = expression.names.map((name): [string, Value] => [name, groupValue(found.groups?.[name], origin)]);
  return instanceOf(MATCH, origin, [
    ['#groups', tupleValue([...found].map((text) => groupValue(text, origin)))],
    ['#named', recordValue(named)],
    ['#start', intValue(found.index, origin)],
    ['#end', intValue(found.index + found[0].length, origin)],
    ['string', strValue(found.input, origin)],
  ]);
}

function first(which: 'at' | 'from' | 'whole'): ReturnType<typeof asking> {
  return asking(
    (_, asked) => {
      const expression = asked.expression[which];
      expression.lastIndex = 0;
      const found = expression.exec(asked.text);
      return found === null ? noneValue(asked.origin) : matchOf(found, asked);
    },
    1,
    2,
  );
}

const everyMatch = ({ expression, text }: Question): RegExpExecArray[] => [...text.matchAll(expression.from)];

const findall = asking(
  (_, asked) =>
    listValue(
      everyMatch(asked).map((found) => {
        const [whole = '', ...groups] = found;
        const texts = (groups.length === 0 ? [whole] : groups).map((one) => strValue(one ?? '', asked.origin));
        const [only] = texts;
        return texts.length === 1 && only !== undefined ? only : tupleValue(texts, asked.origin);
      }),
      asked.origin,
    ),
  1,
  2,
);

const finditer = asking(
  (_, asked) =>
    instanceOfIterator(
      everyMatch(asked).map((found) => matchOf(found, asked)),
      asked.origin,
    ),
  1,
  2,
);

/** The most that a call asks for; undefined where that is not known. */
function limitOf(args: Arguments, position: number, name: string): number | undefined {
  const given = args.keywords.get(name) ?? args.positional[position];
  if (given === undefined) return Infinity;
  return given.kind === 'int' ? Number(given.value) || Infinity : undefined;
}

const split = asking(
  (_, asked, args) => {
    const limit = limitOf(args, 2, 'maxsplit');
    if (limit === undefined) return unknownValue('how often the text is split is not known', asked.origin);
    const parts: Value[] = [];
    let from = 0;
    for (const found of everyMatch(asked).slice(0, limit)) {
      parts.push(strValue(asked.text.slice(from, found.index), asked.origin));
      parts.push(...found.slice(1).map((group) => groupValue(group, asked.origin)));
      from = found.index + found[0].length;
    }
    return listValue([...parts, strValue(asked.text.slice(from), asked.origin)], asked.origin);
  },
  1,
  3,
);

/** A replacement as Python writes it, for one match; undefined where it is not followed. */
function filled(template: string, found: RegExpExecArray): string | undefined {
  let known = true;
  const text = template.replace(/\\(?:g<(\w+)>|(\d)|(.)|$)/gs, (_, name?: string, digit?: string, other?: string) => {
    const group = name ?? digit;
    if (group !== undefined) {
      const isNumber = /^\d+$/.test(group);
      if (isNumber ? Number(group) >= found.length : found.groups === undefined || !(group in found.groups))
        known = false;
      return (isNumber ? found[Number(group)] : found.groups?.[group]) ?? '';
    }
    if (other === 'n') return '\n';
    if (other === 't') return '\t';
    if (other === '\\') return '\\';
    known = false;
    return '';
  });
  return known && !/\\\d\d/.test(template) ? text : undefined;
}

const sub = asking(
  (py, asked, args) => {
    const replacement = argument(args, 1, 'repl');
    const limit = limitOf(args, 3, 'count');
    const unsure = (reason: string): Value => unknownValue(reason, asked.origin);
    if (limit === undefined || replacement === undefined) return unsure('what is replaced is not known');
    let text = '';
    let from = 0;
    for (const found of everyMatch(asked).slice(0, limit)) {
      const part =
        replacement.kind === 'str'
          ? filled(replacement.value, found)
          : textOf(py.call(replacement, { at: args.at, positional: [matchOf(found, asked)], keywords: new Map() }));
      if (part === undefined)
        return unsure(replacement.kind === 'unknown' ? replacement.reason : 'the replacement is not followed');
      text += asked.text.slice(from, found.index) + part;
      from = found.index + found[0].length;
      if (text.length > LIMITS.characters) return unsure('the text is too long');
    }
    return strValue(text + asked.text.slice(from), derived(args.at, replacement, asked.origin));
  },
  2,
  4,
);

const textOf = (value: Value): string | undefined => (value.kind === 'str' ? value.value : undefined);

const escape: Native = (_, args) => {
  const [text] = args.positional;
  const origin = derived(args.at, ...args.positional);
  return text?.kind === 'str'
    ? strValue(text.value.replace(/[\t\n\v\f\r #$&()*+.?[\\\]^{|}~-]/g, '\\$&'), origin)
    : unknownValue(text?.kind === 'unknown' ? text.reason : 'the text is not known', origin);
};

const BOTH = { match: first('at'), search: first('from'), fullmatch: first('whole'), findall, finditer, split, sub };
const each = (which: 'ofModule' | 'ofPattern'): Record<string, Native> =>
  Object.fromEntries(Object.entries(BOTH).map(([name, both]) => [name, both[which]]));

/** What compiling gives stays what it is, so that it can be shown; its methods are known by their names. */
export const RE: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('re', { ...each('ofModule'), escape }),
    ...functionsOf('re.compile()', each('ofPattern')),
  ]),
};
