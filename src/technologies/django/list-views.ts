import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { isUnrouted } from '../unrouted-view.js';
import { unfollowedOf } from './brings-besides.js';
import { metaModel } from './handed.js';
import type { QuerySet } from './held.js';
import { listQuery } from './list-query.js';
import { flowThrough, nameOf } from './method-flow.js';
import { listOf } from './querysets.js';
import { serializersOf } from './view-serializers.js';
import { rowMemo } from './row-memo.js';

/** A view that answers with a list of rows. */
export interface ListView {
  readonly place: PythonPlace<ClassDef>;
  readonly name: string;
  /** Whether it is of Django REST framework, which serialises its rows. */
  readonly serialises: boolean;
  readonly rows: QuerySet;
  /** Where its query is written. */
  readonly written: PythonPlace;
}

/** https://www.django-rest-framework.org/api-guide/generic-views/#concrete-view-classes */
const SERIALISING =
  /^rest_framework\.(?:\w+\.)*(?:ListAPIView|ListCreateAPIView|ModelViewSet|ReadOnlyModelViewSet|ListModelMixin)$/;
const LISTING = /^django\.views\.generic\.(?:\w+\.)*(?:ListView|BaseListView|MultipleObjectMixin)$/;

/** Views of the program that list rows, where it can be told which. */
export function listViewsOf(program: Program): readonly ListView[] {
  return rowMemo(program, 'django:list-views', () => {
    const { pythonCode } = program;
    const found: ListView[] = [];
    for (const module of pythonCode.modulesWith(/^class\s+\w+\([^)]{0,400}(?:View|ViewSet|Viewset|Mixin)\b/m)) {
      for (const node of module.document.tree.body) {
        if (node.type !== 'ClassDef' || node.bases.length === 0) continue;
        const place = { module, node };
        if (isUnrouted(pythonCode, place)) continue;
        const { libraries } = pythonCode.ancestry(place);
        const serialises = libraries.some((one) => SERIALISING.test(one));
        if (!serialises && !libraries.some((one) => LISTING.test(one))) continue;
        const asked = listQuery(program, { view: place, action: 'list' });
        const rows = asked ?? (serialises ? ofSerialising(program, place) : listOf(program, place));
        const written = writtenAt(program, place);
        if (rows !== undefined && written !== undefined)
          found.push({ place, name: node.name, serialises, rows, written });
      }
    }
    return found;
  });
}

/** Of rows that are not followed step by step nobody knows what they bring. */
function ofSerialising(program: Program, view: PythonPlace<ClassDef>): QuerySet | undefined {
  const rows = listOf(program, view) ?? shownBy(program, view);
  return rows === undefined ? undefined : unfollowedOf(program, view, rows);
}

/** Whatever its query is, a view lists rows of the model that its serialiser shows. */
function shownBy(program: Program, view: PythonPlace<ClassDef>): QuerySet | undefined {
  const [model, ...others] = new Set(serializersOf(program, view, 'list')?.map((one) => metaModel(program, one)));
  return model === undefined || others.length > 0
    ? undefined
    : {
        kind: 'queryset',
        model,
        brought: new Set(),
        limited: false,
        filtered: true,
        opaque: true,
        ofRow: undefined,
      };
}

/** Where the rows of a view are named, or brought together with what they refer to. */
function writtenAt(program: Program, view: PythonPlace<ClassDef>): PythonPlace | undefined {
  const { pythonCode } = program;
  const method = pythonCode.member(view, 'get_queryset');
  const list = pythonCode.member(view, 'queryset') ?? pythonCode.member(view, 'model');
  const named =
    list?.definition.kind === 'value' && !(list.definition.node.type === 'Constant')
      ? { module: list.owner.module, node: list.definition.node }
      : undefined;
  if (method?.definition.kind !== 'function') return named;
  const fn = { module: method.owner.module, node: method.definition.node };
  const text = fn.module.document.text.slice(fn.node.start, fn.node.end);
  // What a class above does for all of its children is told at each of them.
  const shared = method.owner.node !== view.node && /\bself\.model\b/.test(text);
  const narrows = named !== undefined && (shared || /\bself\.queryset\b|\bsuper\(/.test(text));
  if (narrows && !/(?:select|prefetch)_related\(/.test(text)) return named;
  const returned = flowThrough<Expression>(fn, 'list', { evaluate: (node) => node, join: (one) => one }).filter(
    (one) => one !== undefined,
  );
  const isNone = (node: Expression): boolean =>
    node.type === 'Call' && node.func.type === 'Attribute' && node.func.attr === 'none';
  const given = returned.findLast((one) => !isNone(one)) ?? returned.at(-1);
  const made = given === undefined || nameOf(given) !== undefined ? madeIn(fn.module, fn.node) : undefined;
  return { module: fn.module, node: made ?? given ?? fn.node };
}

/** Where a method makes the query that it returns by a name: where it brings relations, else where it begins. */
function madeIn({ document }: PythonModule, fn: FunctionDef): Expression | undefined {
  const queries: Expression[] = [];
  for (const statement of fn.body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda') return false;
      if (node.type === 'Assign' && node.value.type === 'Call') queries.push(node.value);
      return true;
    });
  const text = (node: Expression): string => document.text.slice(node.start, node.end);
  return (
    queries.find((node) => /\.(?:select|prefetch)_related\(/.test(text(node))) ??
    queries.find((node) => /\.objects\b|get_queryset\(/.test(text(node)))
  );
}
