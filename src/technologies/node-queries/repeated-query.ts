import { state, type Stated } from '../../facts/fact.js';
import { repeatedQuery } from '../../facts/repeated-query.js';
import type { JavaScriptModule, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { at, functionName, nameOf, written } from '../javascript-place.js';
import { functionsAround, isFunction } from '../request-handlers.js';
import { requestPath, type RequestPath } from '../request-path.js';
import { awaitedIn, DATA_PACKAGES, queryIn, writeIn } from './queries.js';
import { rowsOf, type Rows } from './rows.js';

/** Code that no request reaches, or that does not run on a server. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|spec|e2e|examples?|scripts|migrations?|seeds?|seeders|fixtures|db-migrations?|node_modules)\/|\.(?:test|spec|d)\.[cm]?[jt]sx?$/i;

interface Loop {
  readonly over: Placed;
  readonly body: Node;
  /** What it calls the row in hand, where that is a name. */
  readonly row: string | undefined;
}

/** Queries that a request sends once for each row of another query, or for each entry that its client sends. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (!DATA_PACKAGES.some((name) => javascript.imports(name))) return;
  for (const module of javascript.modules) {
    const { text } = module.document;
    if (ASIDE.test(module.path) || !/\bawait\b|\.then\(/.test(text)) continue;
    for (const loop of loopsOf(module)) {
      const stated = ofLoop(program, loop);
      if (stated !== undefined) yield stated;
    }
  }
}

function ofLoop(program: Program, { over, body, row }: Loop): Stated | undefined {
  // What is asked: the cheap question first, who sends the loop round last.
  const asked = awaitedIn(body).map((node) => at(over, node));
  if (asked.length === 0) return undefined;
  const rows = rowsOf(program, over);
  if (rows === undefined) return undefined;
  for (const place of asked) {
    const query = queryIn(program, place);
    if (query === undefined || leavesAfter(place, body)) continue;
    const path = requestPath(program, over);
    return path === undefined ? undefined : stated(program, over, place, query, rows, path, 'query');
  }
  for (const place of asked) {
    const write = writeIn(program, place, row);
    if (write === undefined || leavesAfter(place, body)) continue;
    const path = requestPath(program, over);
    return path === undefined ? undefined : stated(program, over, place, write, rows, path, 'write');
  }
  return undefined;
}

function stated(
  program: Program,
  over: Placed,
  place: Placed,
  query: Placed,
  rows: Rows,
  path: RequestPath,
  kind: 'query' | 'write',
): Stated {
  const { javascript } = program;
  const owner = functionsAround(over).find((fn) => functionName(at(over, fn)) !== '') ?? path.handler;
  const handler = functionName(at(over, owner)) || path.reason.replace(/^it is given to /, '');
  return state(
    repeatedQuery,
    javascript.locate(place),
    {
      kind,
      entries: 'many',
      query: written(place),
      over: written(over),
      handler,
      ...(/\b(?:post|put|patch|delete|Post|Put|Patch|Delete|Mutation|POST|PUT|PATCH|DELETE)\b/.test(path.reason)
        ? { serves: 'change' as const }
        : {}),
      remedy: kind === 'query' ? remedyOf(program) : writtenAtOnce(program),
    },
    [
      { message: `the loop, and ${rows.reason}`, location: javascript.locate(rows.place) },
      ...(query.node === place.node ? [] : [{ message: 'it asks here', location: javascript.locate(query) }]),
      { message: `a request comes here: ${path.reason}`, location: javascript.locate(over) },
      ...path.evidence,
    ],
  );
}

function loopsOf(module: JavaScriptModule): Loop[] {
  const loops: Loop[] = [];
  walkJavaScript(module.document.tree, (node) => {
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
      const declared = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
      const row = node.type === 'ForOfStatement' && declared?.type === 'Identifier' ? declared.name : undefined;
      loops.push({ over: { module, node: node.right }, body: node.body, row });
    }
    if (node.type === 'ForStatement') {
      const list = countedBy(node);
      if (list !== undefined) loops.push({ over: { module, node: list }, body: node.body, row: undefined });
    }
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
    const { object, property } = node.callee;
    const name = nameOf(property);
    // `rows.map(work)`, and `Promise.map(rows, work)`, `async.eachSeries(rows, work)`, `_.each(rows, work)`.
    const handed = object.type === 'Identifier' && HANDED.has(object.name);
    if (!(handed ? /^(?:each|eachSeries|eachLimit|map|mapSeries|mapLimit|forEach|forEachSeries)$/ : WALKS).test(name))
      return;
    const [first, ...others] = node.arguments;
    const work = handed ? others.find((one) => isFunction(one)) : first;
    const over = handed ? first : object;
    if (work === undefined || over === undefined || over.type === 'SpreadElement' || !isFunction(work)) return;
    const [row] = work.params;
    loops.push({ over: { module, node: over }, body: work, row: row?.type === 'Identifier' ? row.name : undefined });
  });
  return loops;
}

const WALKS = /^(?:map|forEach|flatMap|mapSeries|eachSeries)$/;
/** Libraries that are handed the list. */
const HANDED: ReadonlySet<string> = new Set(['Promise', 'Bluebird', 'async', '_', 'lodash']);

/** The list of `for (let i = 0; i < rows.length; i++)`. */
function countedBy({ test }: Extract<Node, { type: 'ForStatement' }>): Node | undefined {
  if (test?.type !== 'BinaryExpression' || !/^(?:<|<=|!==|!=)$/.test(test.operator)) return undefined;
  const { right } = test;
  return right.type === 'MemberExpression' && nameOf(right.property) === 'length' ? right.object : undefined;
}

/** A loop that ends with the query: `for (const row of rows) { if (…) return await find(row); }`. */
function leavesAfter({ node }: Placed, body: Node): boolean {
  if (isFunction(body)) return false;
  let leaves = false;
  walkJavaScript(body, (one) => {
    if (one.type === 'ReturnStatement' && one.range[0] <= node.range[0] && one.range[1] >= node.range[1]) leaves = true;
    return !isFunction(one);
  });
  return leaves;
}

function remedyOf({ javascript }: Program): string {
  const has = (...names: readonly string[]): boolean => names.some((name) => javascript.dependency(name) !== undefined);
  if (has('@prisma/client'))
    return 'findMany({ where: { id: { in: ids } } }) before the loop, or include of the first query';
  if (has('mongoose', '@typegoose/typegoose'))
    return 'Model.find({ _id: { $in: ids } }) before the loop, or populate() of the first query';
  if (has('typeorm')) return 'findBy({ id: In(ids) }) before the loop, or relations of the first query';
  if (has('sequelize')) return 'findAll({ where: { id: ids } }) before the loop, or include of the first query';
  if (has('knex', 'objection')) return "whereIn('id', ids) before the loop, or a join of the first query";
  return 'one query with WHERE id IN (…) before the loop, or a join in the first one';
}

function writtenAtOnce({ javascript }: Program): string {
  const has = (...names: readonly string[]): boolean => names.some((name) => javascript.dependency(name) !== undefined);
  if (has('@prisma/client')) return 'createMany({ data }) or updateMany() of all of them';
  if (has('mongoose', '@typegoose/typegoose')) return 'Model.bulkWrite(operations) or insertMany(rows) after the loop';
  if (has('typeorm')) return 'repository.save(rows) or insert(rows) after the loop';
  if (has('sequelize')) return 'Model.bulkCreate(rows, { updateOnDuplicate }) after the loop';
  if (has('knex', 'objection')) return 'knex(table).insert(rows).onConflict().merge() after the loop';
  return 'one statement for all rows after the loop';
}
