import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression } from '../../parse/python/ast.js';
import type { Held, QuerySet } from './held.js';
import type { Names } from './method-flow.js';
import { evaluate as evaluateFor, flowOfView } from './query-flow.js';
import { heldBy } from './querysets.js';

/** A view, and for which of its actions it is looked at. */
interface Asked {
  readonly view: PythonPlace<ClassDef> | undefined;
  readonly action: string | undefined;
  /** What its library gives by itself. */
  readonly all?: QuerySet;
}

/** The rows that a view of REST framework lists in an action: those of `get_queryset()` as it runs there; undefined where they cannot be told. */
export function listQuery(
  program: Program,
  asked: Asked & { readonly view: PythonPlace<ClassDef> },
): QuerySet | undefined {
  return flowOfView(program, { ...asked, heldBy: (place, depth) => heldBy(program, place, depth) });
}

/** What an expression holds, with what variables hold where it stands. */
export function evaluate(
  program: Program,
  asked: Asked,
  place: PythonPlace<Expression>,
  names: Names<Held>,
): Held | undefined {
  return evaluateFor(program, { ...asked, heldBy: (given, depth) => heldBy(program, given, depth) }, place, names);
}
