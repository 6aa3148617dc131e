import type { Binding, Definition, PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Expression, Name, Node, Parameter } from '../../parse/python/ast.js';
import { gathered, isEmptyList, unwrapped } from './gathered-rows.js';
import { handed, rowIn } from './handed.js';
import type { Held, HeldBy, QuerySet, Row } from './held.js';
import { modelNamedBy } from './managers.js';
import { libraryModel, modelsOf, type Model } from './models.js';
import { ANYTHING, rowOf } from './queryset-methods.js';

/** A variable holds what the last line above it gave it. */
export function named(
  program: Program,
  { module, node }: PythonPlace<Name>,
  depth: number,
  heldBy: HeldBy,
): Held | undefined {
  const { pythonCode } = program;
  const binding = pythonCode.bindingOf({ module, node });
  if (binding === undefined) return undefined;
  const before = binding.definitions.filter((one) => placeOf(one) < node.start);
  const last = before.at(-1) ?? binding.definitions.at(-1);
  if (last === undefined) return undefined;
  switch (last.kind) {
    case 'value':
      return assigned(program, { module, node }, binding, before, last.node, depth, heldBy);
    case 'element':
      return elementOf({ module, node: last.node }, depth, heldBy);
    case 'parameter': {
      const [target] = pythonCode.resolve({ module, node });
      const model =
        target?.kind === 'instance'
          ? modelsOf(program).get(target.of.node)
          : target?.kind === 'library' && target.name.endsWith('()')
            ? libraryModel(program, target.name.slice(0, -2))
            : undefined;
      if (model !== undefined) return rowIn(model, last.node);
      // A resolver's `self` is the row that its type shows.
      if (last.of.type !== 'FunctionDef' || (target?.kind === 'instance' && !last.of.name.startsWith('resolve_')))
        return undefined;
      return (
        handed(program, module, last.node, last.of, (given) => heldBy(given, depth + 2)) ??
        annotated(program, module, last.node)
      );
    }
    case 'import': {
      const [target] = pythonCode.resolve({ module, node });
      return target?.kind === 'value' && target.at.node !== node ? heldBy(target.at, depth + 1) : undefined;
    }
    case 'other':
      return unpacked({ module, node }, last.node, depth, heldBy);
    default:
      return undefined;
  }
}

/** What a branch gave it, where that can be told, else what it had before. */
function assigned(
  program: Program,
  { module, node }: PythonPlace<Name>,
  binding: Binding,
  before: readonly Definition[],
  last: Expression,
  depth: number,
  heldBy: HeldBy,
): Held | undefined {
  let held: Held | undefined;
  for (const one of [...before].reverse()) {
    if (one.kind !== 'value') break;
    const given = isEmptyList(one.node)
      ? gathered(program, module, binding, depth, heldBy)
      : heldBy({ module, node: one.node }, depth + 1);
    held = held === undefined ? given : given?.kind === 'queryset' ? eitherOf(held, given) : held;
    // What a branch gives counts together with what was there before it.
    if (held !== undefined && (held.kind !== 'queryset' || !isInBranch(program, { module, node: one.node }, node)))
      return held;
  }
  if (held !== undefined) return held;
  return before.length === 0 ? heldBy({ module, node: last }, depth + 1) : undefined;
}

const ROWS_OF =
  /^(?:QuerySet|RelatedManager|Manager|list|List|set|Set|tuple|Tuple|Iterable|Iterator|Sequence|Collection|frozenset|QuerySetAny|ValuesQuerySet)$/;

/** `books: QuerySet[Book]`, `books: list["Book"]`: rows of which nobody knows what came with them. */
function annotated(program: Program, module: PythonModule, { annotation }: Parameter): QuerySet | undefined {
  if (annotation?.type !== 'Subscript') return undefined;
  const { value, slice } = annotation;
  const name = value.type === 'Name' ? value.id : value.type === 'Attribute' ? value.attr : '';
  if (!ROWS_OF.test(name)) return undefined;
  const [first] = slice.type === 'Tuple' ? slice.elts : [slice];
  const model = first === undefined ? undefined : namedIn(program, module, first);
  return model === undefined
    ? undefined
    : {
        kind: 'queryset',
        model,
        brought: new Set([ANYTHING]),
        limited: false,
        filtered: true,
        opaque: true,
        ofRow: undefined,
        handed: true,
      };
}

function namedIn(program: Program, module: PythonModule, node: Expression): Model | undefined {
  if (node.type !== 'Constant') return modelNamedBy(program, { module, node });
  if (node.kind !== 'str') return undefined;
  const wanted = node.value.split('.').at(-1);
  const found = [...modelsOf(program).values()].filter((one) => one.name === wanted);
  return found.length === 1 ? found[0] : undefined;
}

/** `for i, book in enumerate(books)`, `for book, copy in zip(books, copies)` */
function unpacked({ module, node }: PythonPlace<Name>, loop: Node, depth: number, heldBy: HeldBy): Row | undefined {
  if ((loop.type !== 'For' && loop.type !== 'ComprehensionClause') || loop.target.type !== 'Tuple') return undefined;
  const { iter, target } = loop;
  if (iter.type !== 'Call' || iter.func.type !== 'Name') return undefined;
  const at = target.elts.findIndex((one) => one.type === 'Name' && one.id === node.id);
  if (iter.func.id === 'enumerate') return at === 1 ? elementOf({ module, node: iter }, depth, heldBy) : undefined;
  const given = /^zip(?:_longest)?$/.test(iter.func.id) && at >= 0 ? iter.args[at] : undefined;
  const of = given === undefined ? undefined : heldBy({ module, node: given }, depth + 1);
  return of?.kind === 'queryset' ? rowOf(of, iter) : undefined;
}

/** What a loop over an expression gets. */
function elementOf(place: PythonPlace<Expression>, depth: number, heldBy: HeldBy): Row | undefined {
  const of = heldBy({ module: place.module, node: unwrapped(place.node) }, depth + 1);
  return of?.kind === 'queryset' ? rowOf(of, place.node) : undefined;
}

function isInBranch(program: Program, { module, node }: PythonPlace, use: Node): boolean {
  const around = new Set(program.pythonCode.above({ module, node: use }));
  return program.pythonCode
    .above({ module, node })
    .some((one) => (one.type === 'If' || one.type === 'Try') && !around.has(one));
}

/** Either of two queries: all that one of them brings, and as wide as the wider one. */
function eitherOf(later: Held, earlier: QuerySet): Held {
  if (later.kind !== 'queryset' || later.model !== earlier.model) return later;
  return {
    ...later,
    brought: new Set([...later.brought, ...earlier.brought]),
    filtered: later.filtered && earlier.filtered,
    limited: later.limited && earlier.limited,
    opaque: later.opaque || earlier.opaque,
  };
}

/** Where a definition begins to count: `books = books.all()` speaks of what was before. */
function placeOf(definition: Definition): number {
  if (definition.kind === 'value') return definition.node.end - 1;
  return 'target' in definition ? definition.target.start : definition.node.start;
}
