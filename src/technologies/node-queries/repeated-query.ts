import { state, type Stated } from '../../facts/fact.js';
import { repeatedQuery } from '../../facts/repeated-query.js';
import type { JavaScriptModule, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { at, functionName, nameOf, written } from '../javascript-place.js';
import { functionsAround, isFunction } from '../request-handlers.js';
import { requestPath, type RequestPath } from '../request-path.js';
import { awaitedIn, DATA_PACKAGES, queryIn } from './queries.js';
import { rowsOf } from './rows.js';

/** Code that no request reaches, or that does not run on a server. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|spec|e2e|examples?|scripts|migrations?|seeds?|seeders|fixtures|db-migrations?|node_modules)\/|\.(?:test|spec|d)\.[cm]?[jt]sx?$/i;

interface Loop {
  readonly over: Placed;
  readonly body: Node;
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

function ofLoop(program: Program, { over, body }: Loop): Stated | undefined {
  // What is asked: the cheap question first, who sends the loop round last.
  const asked = awaitedIn(body).map((node) => at(over, node));
  if (asked.length === 0) return undefined;
  const rows = rowsOf(program, over);
  if (rows === undefined) return undefined;
  for (const place of asked) {
    const query = queryIn(program, place);
    if (query === undefined || leavesAfter(place, body)) continue;
    const path = requestPath(program, over);
    return path === undefined ? undefined : stated(program, over, place, query, rows.reason, path, rows.place);
  }
  return undefined;
}

function stated(
  program: Program,
  over: Placed,
  place: Placed,
  query: Placed,
  reason: string,
  path: RequestPath,
  rows: Placed,
): Stated {
  const { javascript } = program;
  const owner = functionsAround(over).find((fn) => functionName(at(over, fn)) !== '') ?? path.handler;
  const handler = functionName(at(over, owner)) || path.reason.replace(/^it is given to /, '');
  return state(
    repeatedQuery,
    javascript.locate(place),
    {
      kind: 'query',
      entries: 'many',
      query: written(place),
      over: written(over),
      handler,
      ...(/\b(?:post|put|patch|delete|Post|Put|Patch|Delete|Mutation|POST|PUT|PATCH|DELETE)\b/.test(path.reason)
        ? { serves: 'change' as const }
        : {}),
      remedy: remedyOf(program),
    },
    [
      { message: `the loop, and ${reason}`, location: javascript.locate(rows) },
      ...(query.node === place.node ? [] : [{ message: 'it asks here', location: javascript.locate(query) }]),
      { message: `a request comes here: ${path.reason}`, location: javascript.locate(over) },
      ...path.evidence,
    ],
  );
}

function loopsOf(module: JavaScriptModule): Loop[] {
  const loops: Loop[] = [];
  walkJavaScript(module.document.tree, (node) => {
    if (node.type === 'ForOfStatement') loops.push({ over: { module, node: node.right }, body: node.body });
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
    if (!/^(?:map|forEach|flatMap|mapSeries|eachSeries)$/.test(nameOf(node.callee.property))) return;
    const [work] = node.arguments;
    if (work !== undefined && isFunction(work)) loops.push({ over: { module, node: node.callee.object }, body: work });
  });
  return loops;
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
