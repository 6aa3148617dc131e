import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { FunctionDef, Statement } from '../../parse/python/ast.js';
import { asksOf } from './asks-database.js';
import type { Model } from './models.js';
import { readsOwnMemory, remembers } from './own-memory.js';
import { isProperty } from './is-property.js';

/** Of a call that annotates, so much is looked through for names. */
const LONGEST_CALL = 800;

/** What a serialiser asks of the database for each row, unless it came with it. */
export interface SerializedRelation {
  /** Relations from the row on: `author__country`; those that lead to what asks where it asks anew. */
  readonly path: string;
  readonly many: boolean;
  /** It asks again whatever came with the row. */
  readonly anew: boolean;
  readonly place: PythonPlace;
}

/** What a property or method of the model asks that a field shows. */
export function ofMember(program: Program, model: Model, name: string): SerializedRelation[] {
  const member = program.pythonCode.member(model.place, name);
  if (member?.definition.kind !== 'function') return [];
  const fn = { module: member.owner.module, node: member.definition.node };
  const [self, ...others] = fn.node.params.list;
  if (self === undefined || (!isProperty(fn.node) && others.some((one) => one.default === null))) return [];
  return isGivenElsewhere(program, name) ? [] : asksIn(program, fn, self.name);
}

/** `annotate(sold=...)` and `to_attr="sold"` take the place of what a row would compute itself. */
function isGivenElsewhere(program: Program, name: string): boolean {
  return givenNames(program).has(name);
}

function givenNames(program: Program): ReadonlySet<string> {
  return program.pythonCode.memo('django:given-names', () => {
    const found = new Set<string>();
    for (const { document } of program.pythonCode.modulesWith(/\bto_attr=|\b(?:annotate|alias)\(/)) {
      for (const [, name = ''] of document.text.matchAll(/to_attr=["'](\w+)["']/g)) found.add(name);
      for (const { index } of document.text.matchAll(/\b(?:annotate|alias)\(/g)) {
        const [given = ''] = document.text.slice(index, index + LONGEST_CALL).split(';', 1);
        for (const [, name = ''] of given.matchAll(/\b(\w+)=/g)) found.add(name);
      }
    }
    return found;
  });
}

/** What a function asks of the row that it is handed. */
export function asksIn(program: Program, fn: PythonPlace<FunctionDef>, parameter: string): SerializedRelation[] {
  // `getattr(book, "sold", None)`: a view may have put it there.
  const text = fn.module.document.text.slice(fn.node.start, fn.node.end);
  if (new RegExp(`\\bgetattr\\(\\s{0,20}${parameter},\\s{0,20}["']`).test(text) && remembers(program, fn)) return [];
  const answered = fn.node.body.find((one) => answersBefore(one) && !isOwn(one));
  const asks = asksOf(program, fn).filter(
    ({ place }) => answered === undefined || place.module !== fn.module || place.node.start < answered.end,
  );
  if (asks.some(({ writes }) => writes)) return [];
  return asks.flatMap((ask): SerializedRelation[] => {
    if (ask.of !== undefined && ask.of.name !== parameter) return [];
    if (ask.of === undefined && !ask.anew) return [];
    return [{ path: ask.path.join('__'), many: ask.many, anew: ask.anew, place: ask.place }];
  });

  function isOwn(statement: Statement): boolean {
    if (statement.type !== 'If') return false;
    const { start, end } = statement.test;
    return readsOwnMemory(program, text, fn.module.document.text.slice(start, Math.min(end, start + 200)));
  }
}

/** `if self.count is not None: return self.count`: what comes after it may never be reached. */
function answersBefore(statement: Statement): boolean {
  if (statement.type !== 'If') return false;
  const last = statement.body.at(-1);
  if (last?.type !== 'Return' || last.value === null) return false;
  const { value } = last;
  const isNothing =
    value.type === 'Constant' ||
    ((value.type === 'List' || value.type === 'Tuple') && value.elts.length === 0) ||
    (value.type === 'Dict' && value.keys.length === 0);
  return !isNothing;
}
