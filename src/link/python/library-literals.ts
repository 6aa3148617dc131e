import { functionsOf, known, textOf } from './library.js';
import { fail, type Interpreter } from './interpreter.js';
import type { PythonModels } from './models.js';
import {
  boolValue,
  bytesValue,
  dictValue,
  floatValue,
  intValue,
  listValue,
  noneValue,
  setValue,
  strValue,
  tupleValue,
} from './values.js';
import { iterate } from './iterate.js';
import { keyOf, type Origin, type Value } from '../value.js';
import type { Expression } from '../../parse/python/ast.js';
import { parsePython } from '../../parse/python/parser.js';

/** A longer text is not what somebody writes into a variable. */
const LONGEST = 20_000;

/** The value of an expression that is made of constants; undefined for any other. */
function literal(node: Expression, origin: Origin, depth = 0): Value | undefined {
  if (depth > 40) return undefined;
  const all = (nodes: readonly Expression[]): Value[] | undefined => {
    const values = nodes.map((one) => literal(one, origin, depth + 1));
    return values.includes(undefined) ? undefined : (values as Value[]);
  };
  switch (node.type) {
    case 'Constant':
      switch (node.kind) {
        case 'str':
          return strValue(node.value, origin);
        case 'bytes':
          return bytesValue(node.value, origin);
        case 'int':
          return intValue(node.value, origin);
        case 'float':
          return floatValue(node.value, origin);
        case 'bool':
          return boolValue(node.value, origin);
        case 'none':
          return noneValue(origin);
        default:
          return undefined;
      }
    case 'UnaryOp': {
      const value = literal(node.operand, origin, depth + 1);
      if (value?.kind === 'int' && node.op === '-') return intValue(-BigInt(value.value), origin);
      if (value?.kind === 'float' && node.op === '-') return floatValue(-value.value, origin);
      return (value?.kind === 'int' || value?.kind === 'float') && node.op === '+' ? value : undefined;
    }
    case 'List': {
      const items = all(node.elts);
      return items === undefined ? undefined : listValue(items, origin);
    }
    case 'Tuple': {
      const items = all(node.elts);
      return items === undefined ? undefined : tupleValue(items, origin);
    }
    case 'Set': {
      const items = all(node.elts);
      return items === undefined ? undefined : setValue(items, origin);
    }
    case 'Dict': {
      const pairs: (readonly [Value, Value])[] = [];
      for (const [i, one] of node.values.entries()) {
        const name = node.keys[i];
        const key = name === null || name === undefined ? undefined : literal(name, origin, depth + 1);
        const value = literal(one, origin, depth + 1);
        if (key === undefined || value === undefined || keyOf(key) === undefined) return undefined;
        pairs.push([key, value]);
      }
      return dictValue(pairs, origin);
    }
    default:
      return undefined;
  }
}

const literalEval = known((py, [text], origin, args) => {
  if (text?.kind !== 'str') return text;
  if (text.value.length > LONGEST) return undefined;
  const { tree } = parsePython(text.value.replace(/^[ \t]+/, ''));
  const [only] = tree.body;
  const value = only?.type === 'Expr' && tree.body.length === 1 ? literal(only.value, origin) : undefined;
  return value ?? fail(py, 'ValueError', 'the text is no literal', args.at, text);
});

/** `shlex.quote` */
const quoted = (text: string): string =>
  text === '' ? "''" : /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;

/** The words of a command line without quotes inside of words, which nobody needs in a setting. */
function words(text: string): string[] | undefined {
  if (/[\\#]/.test(text)) return undefined;
  const found: string[] = [];
  for (const match of text.matchAll(/'([^']*)'(?=\s|$)|"([^"]*)"(?=\s|$)|([^\s'"]+)(?=\s|$)|(\S)/g)) {
    if (match[4] !== undefined) return undefined;
    found.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return found;
}

/** `Name <a@b>` or `a@b`; undefined for the many other ways to write an address. */
function mailbox(text: string): readonly [string, string] | undefined {
  const bare = text.trim();
  const named = /^(?:"([^"\\]*)"|([\w .'-]*))\s*<([\w.+-]+@[\w.-]+)>$/.exec(bare);
  if (named !== null) return [(named[1] ?? named[2] ?? '').trim(), named[3] ?? ''];
  return /^[\w.+-]+@[\w.-]+$/.test(bare) ? ['', bare] : undefined;
}

const pair = ([name, address]: readonly [string, string], origin: Origin): Value =>
  tupleValue([strValue(name, origin), strValue(address, origin)], origin);

/** Texts that are read as something else. */
export const LITERALS: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('ast', { literal_eval: literalEval }),
    ...functionsOf('shlex', {
      quote: known((_, [text], origin) => (text?.kind === 'str' ? strValue(quoted(text.value), origin) : undefined)),
      join: known((py, [list], origin, args) => {
        const items = list === undefined ? undefined : iterate(py, list, args.at)?.map(textOf);
        return items === undefined || items.includes(undefined)
          ? undefined
          : strValue(items.map((one) => quoted(one ?? '')).join(' '), origin);
      }),
      split: known((_, [text], origin) => {
        const found = text?.kind === 'str' && text.value.length <= LONGEST ? words(text.value) : undefined;
        return found === undefined
          ? undefined
          : listValue(
              found.map((one) => strValue(one, origin)),
              origin,
            );
      }),
    }),
    ...functionsOf('email.utils', {
      parseaddr: known((_, [text], origin) => {
        const found = text?.kind === 'str' && text.value.length < 400 ? mailbox(text.value) : undefined;
        return found === undefined ? undefined : pair(found, origin);
      }),
      getaddresses: known((py, [list], origin, args) => {
        const texts = list === undefined ? undefined : iterate(py, list, args.at)?.map(textOf);
        const all = texts?.flatMap((one) => (one ?? '?').slice(0, LONGEST).split(','));
        const boxes = all?.filter((one) => one.trim() !== '').map(mailbox);
        if (boxes === undefined || boxes.includes(undefined)) return undefined;
        return listValue(
          boxes.flatMap((one) => (one === undefined ? [] : [pair(one, origin)])),
          origin,
        );
      }),
      formataddr: known((py, [given], origin, args) => {
        const parts = given === undefined ? undefined : iterate(py, given, args.at)?.map(textOf);
        if (parts?.length !== 2 || parts[1] === undefined || !/^[\w .-]*$/.test(parts[0] ?? '')) return undefined;
        return strValue(parts[0] === undefined || parts[0] === '' ? parts[1] : `${parts[0]} <${parts[1]}>`, origin);
      }),
    }),
  ]),
};
