import type { FunctionNode, Placed, Traced } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { at, functionName, nameOf } from '../javascript-place.js';

/** Mappers and drivers whose calls go to a database. Redis is left out: it answers many of them in the time of one query. */
export const DATA_PACKAGES: readonly string[] = [
  'mongoose',
  'mongodb',
  '@typegoose/typegoose',
  '@nestjs/mongoose',
  '@prisma/client',
  'sequelize',
  'sequelize-typescript',
  'typeorm',
  '@nestjs/typeorm',
  'knex',
  'objection',
  'drizzle-orm',
  'kysely',
  '@mikro-orm/core',
  'pg',
  'pg-promise',
  'postgres',
  'mysql',
  'mysql2',
  'redbean-node',
  'better-sqlite3',
];
const DATA = new Set(DATA_PACKAGES.filter((name) => name !== 'better-sqlite3'));

/** Names of calls that read. */
const READS =
  /^(?:find(?:One|All|Many|First|Unique|By|AndCount|ById|ByPk|Last)?\w*|count\w*|aggregate|query|execute|first|select|exists|distinct|groupBy|raw|\$queryRaw\w*|getOne|getMany|getRawMany|getRawOne|getAll|getRow|getCell|getCol|getCount|fetch|fetchAll|any|one|oneOrNone|many|manyOrNone|estimatedDocumentCount|populate)$/;
/** Names of calls that write one row. Those that take lists are not among them. */
const WRITES =
  /^(?:save|create|insert|insertOne|update|updateOne|upsert|delete|deleteOne|remove|destroy|findOneAndUpdate|findByIdAndUpdate|findOneAndDelete|findByIdAndDelete|findByIdAndRemove|findOneAndRemove|findOneAndReplace|replaceOne|findOrCreate|softDelete|increment|decrement)$/;
/** Methods of a row that write it. */
const OF_ROW = /^(?:save|destroy|remove|deleteOne|updateOne|update)$/;
/** Names of calls that read a list. */
const LISTS =
  /^(?:find|findAll|findMany|findBy|findAndCount|findAndCountAll|aggregate|query|execute|select|\$queryRaw\w*|getMany|getRawMany|getAll|getCol|fetchAll|any|many|manyOrNone|distinct|groupBy)$/;
/** What ends a list in one row. */
const ONE = /^(?:first|findOne|limitOne|take1)$/;
/** What says that an answer is kept, or that calls are put together. */
const KEPT = /cache|memo|dataloader|\bloader\b|\.load\(/i;

const DEEPEST = 3;
/** Calls of one function that are looked at. */
const MOST_CALLS = 60;

/** The query that an expression sends, itself or in the functions of the repository that it calls; undefined for none. */
export function queryIn(program: Program, expression: Placed): Placed | undefined {
  return followed(program, expression, 0, READS);
}

/** The same for what writes a row; `row` is what the loop calls the row in hand. */
export function writeIn(program: Program, expression: Placed, row: string | undefined): Placed | undefined {
  const call = callOf(expression.node);
  if (call?.callee.type === 'MemberExpression' && row !== undefined) {
    const { object, property } = call.callee;
    if (object.type === 'Identifier' && object.name === row && OF_ROW.test(nameOf(property)))
      return at(expression, call);
  }
  return followed(program, expression, 0, WRITES);
}

function followed(program: Program, place: Placed, depth: number, names: RegExp): Placed | undefined {
  const call = callOf(place.node);
  if (call === undefined) return undefined;
  const here = at(place, call);
  if (chainOf(call).some((name) => names.test(name)) && program.javascript.trace(here).some(isOfDatabase)) return here;
  const fn = depth < DEEPEST ? program.javascript.functionOf(at(place, call.callee)) : undefined;
  return fn === undefined ? undefined : sentBy(program, fn, depth, names);
}

/** The first query of a function, which each function is asked for once; one that leads back to itself sends none by that. */
function sentBy(program: Program, fn: Placed<FunctionNode>, depth: number, names: RegExp): Placed | undefined {
  const known = program.memo(
    `queries of functions ${names === READS ? 'read' : 'write'}`,
    () => new Map<Node, Placed | undefined>(),
  );
  if (known.has(fn.node)) return known.get(fn.node);
  known.set(fn.node, undefined);
  if (keeps(fn)) return undefined;
  for (const inner of awaitedIn(fn.node.body).slice(0, MOST_CALLS)) {
    const found = followed(program, at(fn, inner), depth + 1, names);
    if (found === undefined) continue;
    known.set(fn.node, found);
    return found;
  }
  return undefined;
}

function keeps(fn: Placed<FunctionNode>): boolean {
  const text = fn.module.document.text.slice(...fn.node.range);
  return KEPT.test(functionName(fn)) || KEPT.test(text);
}

/** What a node and its own functions wait for, or give back to who does. */
export function awaitedIn(node: Node): Node[] {
  const found: Node[] = [];
  walkJavaScript(node, (one) => {
    if (one.type === 'AwaitExpression') found.push(one.argument);
    else if (one.type === 'ReturnStatement' && one.argument !== null) found.push(one.argument);
    else if (one.type === 'ArrowFunctionExpression' && one.body.type !== 'BlockStatement') found.push(one.body);
  });
  if (node.type === 'CallExpression') found.push(node);
  return found;
}

function callOf(node: Node): Extract<Node, { type: 'CallExpression' }> | undefined {
  if (node.type === 'AwaitExpression') return callOf(node.argument);
  if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression') return callOf(node.expression);
  return node.type === 'CallExpression' ? node : undefined;
}

/** The names that a chain calls: `find`, `sort` and `lean` of `Book.find().sort(by).lean()`. Methods of rows are others. */
function chainOf(call: Node): string[] {
  const names: string[] = [];
  let node: Node = call;
  for (;;) {
    if (node.type === 'CallExpression') {
      if (node.callee.type !== 'MemberExpression') return names;
      names.push(nameOf(node.callee.property));
      node = node.callee.object;
    } else if (node.type === 'MemberExpression') node = node.object;
    else return names;
  }
}

/** Whether what is traced is a list of rows that a query gave. */
export function isRows(traced: Traced): boolean {
  if (!isOfDatabase(traced) || traced.steps.some((step) => ONE.test(step))) return false;
  return traced.steps.some((step) => LISTS.test(step));
}

function isOfDatabase(traced: Traced): traced is Extract<Traced, { kind: 'package' }> {
  return traced.kind === 'package' && traced.call !== undefined && DATA.has(traced.package);
}
