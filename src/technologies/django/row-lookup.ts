import { state, type Stated } from '../../facts/fact.js';
import { rowLookup } from '../../facts/row-lookup.js';
import type { PythonFunction, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence, type Maybe } from '../../location.js';
import type { Call, Expression, Keyword } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { addedByRequests } from './added-rows.js';
import { columnsOf, type Column } from './columns.js';
import { modelNamedBy } from './managers.js';
import { modelsOf, type Model } from './models.js';
import { heldBy } from './querysets.js';
import { written } from './repeated-in-loop.js';
import { rowMemo } from './row-memo.js';
import { settingsOf } from './settings.js';

/** What gives one row, or tells whether there is one. */
const ONE = /^a?(?:get|first|last|exists|get_or_create|update_or_create)$/;

/** Names of columns that tell one row from all others; `name`, `label` and `type` tell kinds of things, of which there are few. */
const KEY =
  /(?:^|_)(?:code|token|uuid|guid|uid|key|hash|digest|email|phone|ref|reference|number|serial|slug|url|sub|secret|sid|orcid|identifier|external|id)$/;

/** Tables that somebody sets up, by the last word of their names. */
const SET_UP =
  /(?:Setting|Settings|Config|Configuration|Category|Type|Group|Kind|Tag|Option|Choice|Environment|Unit)s?$/;

/** What every request passes, or every one with a token. */
const EACH = /(?:^|\.)\w*(?:Middleware|Authentication|Backend|AuthBackend)$/;

/** Requests that look for one row of a table by a column alone. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined || modelsOf(program).size === 0) return;
  yield* rowMemo(program, 'django:row-lookups', () => [...lookups(program)]);
}

function* lookups(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  const told = new Set<string>();
  for (const module of pythonCode.modulesWith(/\.a?(?:get|first|last|exists|\w+_or_create)\(|get_object_or_404\(/)) {
    if (/(?:^|\/)(?:management|commands|scripts?|seeds?)\/|(?:^|\/)admin\.py$/.test(module.path)) continue;
    const calls: Call[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Call') calls.push(node);
    });
    for (const node of calls) {
      const found = lookupOf(program, { module, node });
      if (found === undefined || told.has(`${found.model.place.module.path} ${found.model.name} ${found.name}`))
        continue;
      const added = addedByRequests(program, found.model);
      const path = added === undefined ? undefined : pythonRequestPath(program, { module, node });
      if (added === undefined || path?.kind !== 'request') continue;
      told.add(`${found.model.place.module.path} ${found.model.name} ${found.name}`);
      const { model, name, column } = found;
      const declared: Evidence = {
        message: `${name} of ${model.name} is declared here`,
        location: pythonCode.locate(column.place),
      };
      const [fn] = pythonCode.functionsAround({ module, node });
      yield state(
        rowLookup,
        pythonCode.locate({ module, node }),
        {
          table: model.name,
          column: name,
          indexed: indexedBy(program, found),
          lookup: written({ module, node }),
          frequency: isPassedByAll(program, path.handler) ? 'each' : 'some',
          handler:
            fn?.type === 'FunctionDef'
              ? fn.name
              : path.handler.node.type === 'FunctionDef'
                ? path.handler.node.name
                : 'a function',
          remedy: `db_index=True (unique=True where no two rows may share it) on ${name} of ${model.name}`,
        },
        [
          declared,
          { message: `a request adds rows to ${model.name}`, location: pythonCode.locate(added) },
          ...path.evidence,
        ],
      );
    }
  }
}

/** Whether an index starts with the column: as the model says, or as a migration makes one by hand. */
function indexedBy(program: Program, { model, name, column }: Lookup): Maybe<boolean> {
  if (column.indexed === undefined) return unknown(`the indexes of ${model.name} are not written out`);
  if (column.indexed) return true;
  const folder = /^(?:.*\/)?(?=models(?:\/|\.py$))/.exec(model.place.module.path)?.[0];
  const path = folder === undefined ? undefined : indexedByHand(program, `${folder}migrations/`).get(name);
  return path === undefined ? false : unknown(`${path} makes indexes by hand`);
}

/** Words of the migrations of a folder that make indexes in SQL, with the file: each is read once, whoever asks. */
function indexedByHand(program: Program, folder: string): ReadonlyMap<string, string> {
  return program.memo(`django:indexes-by-hand:${folder}`, () => {
    const words = new Map<string, string>();
    for (const { path } of program.inventory.files) {
      if (!path.startsWith(folder)) continue;
      const text = program.inventory.read(path) ?? '';
      if (!/\bCREATE\s{1,9}(?:UNIQUE\s{1,9})?INDEX\b/i.test(text)) continue;
      for (const word of text.split(/\W+/)) if (!words.has(word)) words.set(word, path);
    }
    return words;
  });
}

/** Whether the method that is called from outside is one of a middleware or of what authenticates. */
function isPassedByAll(program: Program, handler: PythonPlace<PythonFunction>): boolean {
  const owner = program.pythonCode.ownerOf(handler);
  if (owner === undefined) return false;
  const { own, libraries } = program.pythonCode.ancestry(owner);
  return [...own.map(({ node }) => node.name), ...libraries].some((one) => EACH.test(one));
}

interface Lookup {
  readonly model: Model;
  readonly name: string;
  readonly column: Column;
}

/** The column that has to find the row: where others of the query have an index, the database has less to read. */
function lookupOf(program: Program, { module, node }: PythonPlace<Call>): Lookup | undefined {
  const narrowed = narrowing(program, { module, node });
  if (narrowed === undefined || narrowed.keywords.length === 0 || SET_UP.test(narrowed.model.name)) return undefined;
  const columns = columnsOf(program, narrowed.model);
  let best: Lookup | undefined;
  for (const { name, value } of narrowed.keywords) {
    const of = name?.replace(/__exact$/, '') ?? '';
    const column = columns.get(of);
    if (column === undefined) return undefined;
    // What is looked for by a fixed text is one of a few rows that were set up.
    const tells = column.selective && KEY.test(of) && value.type !== 'Constant';
    if (tells) {
      if (best === undefined || column.indexed !== false) best = { model: narrowed.model, name: of, column };
    } else if (column.indexed !== false) return undefined;
  }
  return best;
}

/** The model that a call asks for one row of, and all that narrows it; undefined where more than columns do. */
function narrowing(
  program: Program,
  { module, node }: PythonPlace<Call>,
): { readonly model: Model; readonly keywords: readonly Keyword[] } | undefined {
  const { func } = node;
  if (func.type === 'Name') {
    const [from, ...others] = node.args;
    if (!/^a?get_object_or_404$/.test(func.id) || from === undefined || others.length > 0) return undefined;
    const model = modelNamedBy(program, { module, node: from });
    return model === undefined
      ? ofChain(program, { module, node: from }, node.keywords)
      : { model, keywords: node.keywords };
  }
  if (func.type !== 'Attribute' || !ONE.test(func.attr) || node.args.length > 0) return undefined;
  const keywords = node.keywords.filter(({ name }) => name !== 'defaults' && name !== 'create_defaults');
  return ofChain(program, { module, node: func.value }, keywords);
}

/** `Ticket.objects.select_related("owner").filter(code=code)`: followed down to the manager. */
function ofChain(
  program: Program,
  { module, node }: PythonPlace<Expression>,
  above: readonly Keyword[],
): { readonly model: Model; readonly keywords: readonly Keyword[] } | undefined {
  const keywords = [...above];
  let root = node;
  while (root.type === 'Call' && root.func.type === 'Attribute') {
    if (root.func.attr === 'filter') {
      if (root.args.length > 0) return undefined;
      keywords.push(...root.keywords);
    } else if (
      !/^(?:all|select_related|prefetch_related|only|defer|using|order_by|values|values_list|annotate)$/.test(
        root.func.attr,
      )
    )
      return undefined;
    root = root.func.value;
  }
  if (root.type !== 'Attribute' || keywords.length === 0) return undefined;
  const held = heldBy(program, { module, node: root });
  return held?.kind === 'queryset' && held.ofRow === undefined && !held.filtered && !held.opaque
    ? { model: held.model, keywords }
    : undefined;
}
