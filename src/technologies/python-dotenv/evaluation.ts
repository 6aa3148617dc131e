import { lineOf, readVariable, searchUpwards, setVariable } from '../../link/python/environment.js';
import { kindOfPath, readText } from '../../link/python/files.js';
import type { Arguments, Interpreter } from '../../link/python/interpreter.js';
import { functionsOf, textOf } from '../../link/python/library.js';
import { argument, type PythonModels } from '../../link/python/models.js';
import { truth } from '../../link/python/truth.js';
import { boolValue, derived, recordValue, strValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

/** The lines of a file of variables, as python-dotenv 1.0 reads them. */
function readFile(py: Interpreter, path: string): [string, Value][] {
  const text = readText(py, path) ?? '';
  const found: [string, Value][] = [];
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const match = /^\s*(?:export\s+)?([^\s=#'"]+|'[^']+')\s*=\s*(.*)$/.exec(raw);
    if (match?.[1] === undefined) continue;
    const rest = (match[2] ?? '').trim();
    const single = /^'((?:[^'\\]|\\.)*)'/.exec(rest);
    const double = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
    let value =
      single?.[1]?.replace(/\\(['\\])/g, '$1') ??
      double?.[1]
        ?.replace(/\\n/g, '\n')
        .replace(/\\t/g, '\t')
        .replace(/\\(["\\$])/g, '$1') ??
      rest.replace(/\s+#.*$/, '');
    const name = match[1].replace(/^'|'$/g, '');
    if (single === null)
      value = value.replace(
        /\$\{([^}:]*)(?::-([^}]*))?\}/g,
        (_, other: string, fallback: string | undefined) =>
          textOf(found.find(([known]) => known === other)?.[1]) ?? textOf(readVariable(py, other)) ?? fallback ?? '',
      );
    found.push([name, strValue(value, { locations: [lineOf(py, path, i + 1)], variables: [name] })]);
  }
  return found;
}

function pathOf(py: Interpreter, args: Arguments): string | undefined {
  const given = argument(args, 0, 'dotenv_path');
  const path =
    given === undefined || given.kind === 'none' || truth(given) === false
      ? searchUpwards(py, ['.env'])
      : textOf(given);
  return path !== undefined && kindOfPath(py, path) === 'file' ? path : undefined;
}

function load(py: Interpreter, args: Arguments): Value {
  const path = pathOf(py, args);
  const override = args.keywords.get('override');
  if (path === undefined) return boolValue(false, derived(args.at));
  for (const [name, value] of readFile(py, path))
    if (readVariable(py, name) === undefined || (override !== undefined && truth(override) === true))
      setVariable(py, name, value);
  return boolValue(true, derived(args.at));
}

const functions = {
  load_dotenv: load,
  read_dotenv: load,
  find_dotenv: (py: Interpreter, args: Arguments): Value => {
    const name = textOf(argument(args, 0, 'filename')) ?? '.env';
    return strValue(searchUpwards(py, [name]) ?? '', derived(args.at));
  },
  dotenv_values: (py: Interpreter, args: Arguments): Value => {
    const path = pathOf(py, args);
    return recordValue(path === undefined ? [] : readFile(py, path), derived(args.at));
  },
};

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ...functionsOf('dotenv', functions),
    ...functionsOf('dotenv.main', functions),
  ]),
};
