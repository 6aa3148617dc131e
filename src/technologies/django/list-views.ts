import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef } from '../../parse/python/ast.js';
import type { QuerySet } from './held.js';
import { listOf } from './querysets.js';

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
  return program.memo('django:list-views', () => {
    const { pythonCode } = program;
    const found: ListView[] = [];
    for (const module of pythonCode.modulesWith(/^class\s+\w+\([^)]{0,400}(?:View|ViewSet|Viewset|Mixin)\b/m)) {
      for (const node of module.document.tree.body) {
        if (node.type !== 'ClassDef' || node.bases.length === 0) continue;
        const place = { module, node };
        const { libraries } = pythonCode.ancestry(place);
        const serialises = libraries.some((one) => SERIALISING.test(one));
        if (!serialises && !libraries.some((one) => LISTING.test(one))) continue;
        const rows = listOf(program, place);
        const written = writtenAt(program, place);
        if (rows !== undefined && written !== undefined)
          found.push({ place, name: node.name, serialises, rows, written });
      }
    }
    return found;
  });
}

function writtenAt(program: Program, view: PythonPlace<ClassDef>): PythonPlace | undefined {
  for (const name of ['get_queryset', 'queryset', 'model']) {
    const member = program.pythonCode.member(view, name);
    if (member === undefined) continue;
    const { definition, owner } = member;
    if (definition.kind === 'value') return { module: owner.module, node: definition.node };
    if (definition.kind !== 'function') continue;
    const last = definition.node.body.at(-1);
    const given = last?.type === 'Return' ? last.value : null;
    return { module: owner.module, node: given ?? last ?? definition.node };
  }
  return undefined;
}
