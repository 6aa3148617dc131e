import { state, type Stated } from '../../facts/fact.js';
import { rowLookup } from '../../facts/row-lookup.js';
import type { PythonFunction, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence, type Maybe } from '../../location.js';
import type { Call } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { addedByRequests } from './added-rows.js';
import { columnsOf, type Column } from './columns.js';
import { modelsOf, userModel, type Model } from './models.js';
import { items, text } from '../../link/value.js';
import { narrowing } from './narrowed-rows.js';
import { written } from './repeated-in-loop.js';
import { rowMemo } from './row-memo.js';
import { settingsOf } from './settings.js';

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
  for (const module of pythonCode.modulesWith(
    /\.a?(?:get|filter|first|last|exists|\w+_or_create)\(|get_object_or_404\(/,
  )) {
    if (/(?:^|\/)(?:management|commands|scripts?|seeds?)\/|(?:^|\/)admin\.py$/.test(module.path)) continue;
    const calls: Call[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Call') calls.push(node);
    });
    for (const node of calls) {
      const found = lookupOf(program, { module, node });
      if (found === undefined || told.has(`${found.model.place.module.path} ${found.model.name} ${found.name}`))
        continue;
      const added = addedTo(program, found.model);
      const path = added === undefined ? undefined : pythonRequestPath(program, { module, node });
      if (added === undefined || path?.kind !== 'request') continue;
      told.add(`${found.model.place.module.path} ${found.model.name} ${found.name}`);
      const { model, name, column } = found;
      const isLibrarys = isOfLibrary(column);
      const declared: Evidence[] = isLibrarys
        ? []
        : [{ message: `${name} of ${model.name} is declared here`, location: pythonCode.locate(column.place) }];
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
          remedy: isLibrarys
            ? `migrations.RunSQL("CREATE INDEX CONCURRENTLY user_${name} ON ${model.library === undefined ? 'app_user' : 'auth_user'} (${name})"), or ${name} declared with unique=True in a user model of the project`
            : `db_index=True (unique=True where no two rows may share it) on ${name} of ${model.name}`,
        },
        [...declared, added, ...path.evidence],
      );
    }
  }
}

/** Who signs up without a form of the project. */
const SIGN_UP =
  /^(?:allauth|allauth\.account|social_django|djoser|dj_rest_auth\.registration|rest_auth\.registration|registration|django_registration|mozilla_django_oidc)$/;

/** What makes the table grow with use: requests that add rows, or an app where people sign up. */
function addedTo(program: Program, model: Model): Evidence | undefined {
  const call = addedByRequests(program, model);
  if (call !== undefined)
    return { message: `a request adds rows to ${model.name}`, location: program.pythonCode.locate(call) };
  if (model !== userModel(program)) return undefined;
  const apps = settingsOf(program)?.get('INSTALLED_APPS');
  const app = (apps === undefined ? undefined : items(apps))?.find((one) => SIGN_UP.test(text(one) ?? ''));
  const location = app?.origin.locations[0] ?? apps?.origin.locations[0];
  return app === undefined || location === undefined
    ? undefined
    : { message: `people sign up through ${text(app) ?? 'it'}`, location };
}

/** Declared by a class that a library brings. */
function isOfLibrary({ place }: Column): boolean {
  return place.module.path.startsWith('<');
}

/** Whether an index starts with the column: as the model says, or as a migration makes one by hand. */
function indexedBy(program: Program, { model, name, column }: Lookup): Maybe<boolean> {
  if (column.indexed === undefined) return unknown(`the indexes of ${model.name} are not written out`);
  if (column.indexed) return true;
  if (isOfLibrary(column)) return indexedInSql(program, name);
  const folder = /^(?:.*\/)?(?=models(?:\/|\.py$))/.exec(model.place.module.path)?.[0];
  const path = folder === undefined ? undefined : indexedByHand(program, `${folder}migrations/`).get(name);
  return path === undefined ? false : unknown(`${path} makes indexes by hand`);
}

/** An index of the table of users that a migration makes by hand; one of `upper(email)` does not serve `email = ...`. */
function indexedInSql(program: Program, name: string): Maybe<boolean> {
  const path = program.memo(`django:indexes-of-users:${name}`, () => {
    const made = new RegExp(`\\bINDEX\\b[^;]{0,120}\\bON\\s{1,9}"?\\w*user"?[^;(]{0,40}\\(\\s{0,9}"?${name}\\b`, 'i');
    return (
      program.inventory.files.find(
        (file) =>
          /\/migrations\/\w+\.(?:py|sql)$/.test(file.path) && made.test(program.inventory.read(file.path) ?? ''),
      )?.path ?? ''
    );
  });
  return path === '' ? false : unknown(`${path} makes an index by hand`);
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
    const of = name?.replace(/__i?exact$/, '') ?? '';
    const column = columns.get(of);
    // An index of the text as it is may serve a comparison that ignores case, or may not.
    if (column !== undefined && name?.endsWith('__iexact') === true && column.indexed !== false) return undefined;
    if (column === undefined) {
      const through = narrowed.keywords.length === 1 ? relatedColumn(program, narrowed.model, of) : undefined;
      return through !== undefined && value.type !== 'Constant' ? through : undefined;
    }
    // What is looked for by a fixed text is one of a few rows that were set up.
    const tells = column.selective && KEY.test(of) && value.type !== 'Constant';
    if (tells) {
      if (best === undefined || column.indexed !== false) best = { model: narrowed.model, name: of, column };
    } else if (column.indexed !== false) return undefined;
  }
  return best;
}

/** `Job.objects.filter(members__uuid=uuid)`: the rows of the other table are what has to be found. */
function relatedColumn(program: Program, model: Model, path: string): Lookup | undefined {
  const [relation = '', name = '', ...more] = path.split('__');
  const target = more.length > 0 ? undefined : model.relations.get(relation)?.target;
  const column = target === undefined ? undefined : columnsOf(program, target).get(name);
  if (target === undefined || column === undefined || SET_UP.test(target.name)) return undefined;
  return column.selective && KEY.test(name) ? { model: target, name, column } : undefined;
}
