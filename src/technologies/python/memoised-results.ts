import { state, type Stated } from '../../facts/fact.js';
import { sharedMemory } from '../../facts/shared-memory.js';
import type { Evidence } from '../../location.js';
import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { originsOfResults } from './origins.js';
import { spelling } from '../python-request-handlers.js';
import { keepingRemedy } from './remedies.js';
import { evidenceOf, isEachRequest, servingPath } from './serving-path.js';

const MENTIONS = /@(?:\w{1,60}\.){0,6}(?:lru_cache|cache|memoize)\b/;
const MEMOISES =
  /^(?:functools\.(?:lru_cache|cache)|cachetools\.func\.l[rf]u_cache|django\.utils\.lru_cache\.lru_cache)(?:\(\))*$/;
/** An argument that changes by the clock makes the result anew, and so does one that each request brings. */
const ANEW =
  /ttl|time|hash|version|updated|modified|date|now|epoch|minute|hour|^_?request$|^info$|^context$|^session$|^conn|^cursor$/i;

/** Results of the database that a process keeps for good, by `functools.lru_cache` and its like. */
export function* memoisedResults(program: Program): Iterable<Stated> {
  for (const module of program.pythonCode.modulesWith(MENTIONS)) {
    for (const { node, decorator } of memoised(program, module)) {
      const fn = { module, node };
      const request = keptRequest(program, fn, decorator);
      if (request !== undefined) yield request;
      if (isKeptApart(program, fn) || node.params.list.some(({ name }) => ANEW.test(name))) continue;
      const row = rowRead(program, fn);
      if (row === undefined && !originsOfResults(program, fn).has('database')) continue;
      const inside = node.body[0];
      const path = inside === undefined ? undefined : servingPath(program, { module, node: inside });
      if (path === undefined) continue;
      const clearing = clearedBy(program, fn);
      if (clearing === 'per-request') continue;
      const purpose = clearing === undefined ? 'cache' : 'copy';
      yield state(
        sharedMemory,
        program.pythonCode.locate({ module, node: decorator }),
        {
          name: written(decorator),
          scope: 'process',
          writer: node.name,
          purpose,
          remedy: keepingRemedy(program, purpose),
        },
        [
          ...evidenceOf(
            program,
            fn,
            row === undefined
              ? `${node.name} reads the database once and keeps the result`
              : `${node.name} keeps what it made of ${row}, which counts as the same after it was changed`,
            path,
          ),
          ...(clearing === undefined ? [] : [clearing]),
        ],
      );
    }
  }
}

/**
 * `@cache` around a function of the request: every request is another one, so none is ever found again, and all are kept with
 * their users and bodies until the process ends. What is bounded keeps some of them only.
 */
function keptRequest(program: Program, fn: PythonPlace<FunctionDef>, decorator: Expression): Stated | undefined {
  const parameter = fn.node.params.list.find(({ name }) => /^_?request$/.test(name));
  const inside = fn.node.body[0];
  if (parameter === undefined || inside === undefined || !isUnbounded(decorator) || isKeptApart(program, fn))
    return undefined;
  const path = servingPath(program, { module: fn.module, node: inside });
  if (path === undefined) return undefined;
  return state(
    sharedMemory,
    program.pythonCode.locate({ module: fn.module, node: decorator }),
    {
      ...{ name: written(decorator), scope: 'process', writer: fn.node.name, purpose: 'cache' },
      remedy: `an attribute of the request that ${fn.node.name} sets and looks at first, or no ${written(decorator)} at all`,
    },
    evidenceOf(
      program,
      fn,
      `${fn.node.name} is given the request: each is kept for good, and none is ever found again`,
      path,
    ),
  );
}

/** `@cache`, `@lru_cache(None)`, `@lru_cache(maxsize=None)`. */
function isUnbounded(decorator: Expression): boolean {
  if (decorator.type !== 'Call') return /^@cache$/.test(written(decorator));
  const size = decorator.keywords.find(({ name }) => name === 'maxsize')?.value ?? decorator.args[0];
  return size?.type === 'Constant' && size.kind === 'none';
}

function memoised(program: Program, module: PythonModule): { node: FunctionDef; decorator: Expression }[] {
  const found: { node: FunctionDef; decorator: Expression }[] = [];
  walkPython(module.document.tree, (node) => {
    if (node.type !== 'FunctionDef') return;
    const decorator = node.decorators.find((one) =>
      program.pythonCode
        .resolve({ module, node: one })
        .some((target) => target.kind === 'library' && MEMOISES.test(target.name)),
    );
    if (decorator !== undefined) found.push({ node, decorator });
  });
  return found;
}

/** What never changes of a row. */
const FIXED = /^(?:id|pk|uuid|_meta|created(?:_at|_on)?|date_joined|DoesNotExist|objects)$|_id$/;

/**
 * A parameter that is a row of a model, of which the function reads what may change: rows are equal by their keys
 * (https://docs.djangoproject.com/en/5.2/ref/models/instances/#other-model-instance-methods), so the first result stays.
 */
function rowRead(program: Program, fn: PythonPlace<FunctionDef>): string | undefined {
  const rows = fn.node.params.list.filter(({ annotation }) => isModel(program, fn, annotation)).map(({ name }) => name);
  if (rows.length === 0) return undefined;
  let found: string | undefined;
  for (const statement of fn.node.body)
    walkPython(statement, (node) => {
      if (node.type === 'Attribute' && node.value.type === 'Name' && rows.includes(node.value.id))
        if (!FIXED.test(node.attr)) found ??= `${node.value.id}.${node.attr}`;
    });
  return found;
}

/** `Order`, `Order | None`, `Optional[Order]` of a class of models, here or in a library's module of that name. */
function isModel(program: Program, fn: PythonPlace<FunctionDef>, annotation: Expression | null): boolean {
  if (annotation === null) return false;
  if (annotation.type === 'BinOp')
    return isModel(program, fn, annotation.left) || isModel(program, fn, annotation.right);
  if (annotation.type === 'Subscript')
    return /^Optional$|\.Optional$/.test(spelling(annotation.value)) && isModel(program, fn, annotation.slice);
  if (annotation.type !== 'Name' && annotation.type !== 'Attribute') return false;
  return program.pythonCode.resolve({ module: fn.module, node: annotation }).some((target) => {
    if (target.kind === 'library') return /\.models\.(?:\w+\.)?[A-Z]\w*$/.test(target.name);
    if (target.kind !== 'class') return false;
    return program.pythonCode.ancestry(target.at).libraries.some((one) => /(?:^|\.)models\.Model$/.test(one));
  });
}

/** A method keeps results per object, which a request made for itself; objects of models are equal by their key. A function inside of another is made anew. */
function isKeptApart(program: Program, fn: PythonPlace<FunctionDef>): boolean {
  const { pythonCode } = program;
  if (pythonCode.functionsAround({ module: fn.module, node: fn.node }).length > 0) return true;
  const owner = pythonCode.ownerOf(fn);
  if (owner === undefined) return false;
  if (fn.node.decorators.some((one) => one.type === 'Name' && /^(?:static|class)method$/.test(one.id))) return false;
  return !pythonCode.ancestry(owner).libraries.some((one) => /(?:^|\.)models\.Model$/.test(one));
}

/** `get_site.cache_clear()` where something changes: in one process only, unless each request does so. */
function clearedBy(program: Program, fn: PythonPlace<FunctionDef>): Evidence | 'per-request' | undefined {
  let found: Evidence | undefined;
  for (const place of program.pythonCode.handedOnAt(fn)) {
    const [holder] = program.pythonCode.above(place);
    if (holder?.type !== 'Attribute' || holder.attr !== 'cache_clear') continue;
    const path = servingPath(program, place);
    if (path === undefined) continue;
    if (isEachRequest(path)) return 'per-request';
    const [first] = evidenceOf(program, place, 'it is cleared here, in one process only', path);
    found ??= first;
  }
  return found;
}

/** `@lru_cache` as the code writes it. */
function written(decorator: Expression): string {
  const node = decorator.type === 'Call' ? decorator.func : decorator;
  return `@${node.type === 'Attribute' ? node.attr : node.type === 'Name' ? node.id : 'cache'}`;
}
