import { databaseConnection } from '../../facts/database-connection.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import type { PythonCode, PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import { unknown, type Maybe } from '../../location.js';
import type { Call, Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

interface Kind {
  readonly names: RegExp;
  /** Keyword and position of each size, and what counts without. */
  readonly least: readonly [string, number | undefined];
  readonly most: readonly [string, number | undefined];
  readonly minimum: number;
}

const KINDS: readonly Kind[] = [
  {
    // https://www.psycopg.org/psycopg3/docs/api/pool.html: max_size is min_size where it is not given.
    names: /^psycopg_pool\.(?:\w+\.)?(?:Async)?ConnectionPool$/,
    least: ['min_size', undefined],
    most: ['max_size', undefined],
    minimum: 4,
  },
  {
    // https://www.psycopg.org/docs/pool.html: both must be given.
    names: /^psycopg2\.pool\.(?:Simple|Threaded)ConnectionPool$/,
    least: ['minconn', 0],
    most: ['maxconn', 1],
    minimum: 0,
  },
];

/** Pools that the code makes by itself, beside those of a framework. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { pythonCode: code } = program;
  for (const module of code.modulesWith(/\bpsycopg_pool\b|\bpsycopg2\b/)) {
    for (const call of callsIn(module)) {
      const place = { module, node: call };
      const kind = kindOf(code, place);
      if (kind !== undefined) yield poolOf(code, place, kind);
    }
  }
}

function callsIn(module: PythonModule): Call[] {
  const calls: Call[] = [];
  walkPython(module.document.tree, (node) => {
    if (node.type === 'Call' && node.func.type !== 'Call') calls.push(node);
  });
  return calls;
}

function kindOf(code: PythonCode, { module, node }: PythonPlace<Call>): Kind | undefined {
  // Whatever the name, it ends like the class that it is; nothing else is followed.
  const { func } = node;
  const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  if (!name.endsWith('Pool')) return undefined;
  const [target, ...others] = code.resolve({ module, node: func });
  if (target?.kind !== 'library' || others.length > 0) return undefined;
  return KINDS.find(({ names }) => names.test(target.name));
}

function poolOf(code: PythonCode, place: PythonPlace<Call>, kind: Kind): Stated {
  const given = ([keyword, position]: Kind['least']): Maybe<number> | undefined => {
    const { args, keywords } = place.node;
    const value =
      keywords.find(({ name }) => name === keyword)?.value ?? (position === undefined ? undefined : args[position]);
    return value === undefined ? undefined : sizeOf(code, { module: place.module, node: value }, keyword);
  };
  const least = given(kind.least);
  const most = given(kind.most);
  return state(databaseConnection, code.locate(place), {
    name: 'postgres',
    lifetime: 'pooled',
    explicit: (most ?? least) !== undefined,
    setting: kind.most[0],
    remedy: '',
    host: unknown('its address is not followed'),
    poolMaximum: most ?? least ?? kind.minimum,
    poolMinimum: least ?? kind.minimum,
  });
}

function sizeOf(code: PythonCode, place: PythonPlace<Expression>, keyword: string): Maybe<number> {
  const [target, ...others] = code.resolve(place);
  const node = target?.kind === 'value' && others.length === 0 ? target.at.node : place.node;
  return node.type === 'Constant' && node.kind === 'int'
    ? Number(node.value)
    : unknown(`${keyword} is worked out when it starts`);
}
