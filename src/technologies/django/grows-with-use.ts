import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef } from '../../parse/python/ast.js';
import { addedByRequests } from './added-rows.js';
import { fieldsOf } from './columns.js';
import { descendsFrom, metaModel } from './handed.js';
import { listQuery } from './list-query.js';
import { isLookupTable } from './lookup-table.js';
import { modelNamedBy } from './managers.js';
import { userModel, type Model } from './models.js';
import { rowMemo } from './row-memo.js';

/** Views that add a row for whoever sends one. */
const ADDS = /(?:^|\.)(?:CreateView|CreateAPIView|ListCreateAPIView|ModelViewSet|CreateModelMixin)$/;
/** What stands around what only administrators do. */
const BY_ADMINISTRATORS = /admin|staff|superuser|manage/i;
/** Fields that hold what somebody wrote or uploaded: rows of such are never handfuls. */
const CONTENT = /^(?:TextField|FileField|ImageField|RichTextField|StreamField|MarkupField|MarkdownxField)$/;

/**
 * Whether a table grows as long as the application is used: requests or tasks add rows, or it holds what people write from day to
 * day. What is set up once and chosen from, and what only administrators add to, stays small.
 */
export function growsWithUse(program: Program, model: Model): boolean {
  if (model === userModel(program)) return true;
  if (isLookupTable(program, model)) return false;
  return (
    addedByRequests(program, model) !== undefined || addedByViews(program).has(model) || holdsContent(program, model)
  );
}

/** Texts, files, and what belongs to something else, each with a date: articles, files of releases, orders of a product. */
function holdsContent(program: Program, model: Model): boolean {
  const kinds = [...fieldsOf(program, model).values()];
  if (!kinds.some((kind) => /^Date(?:Time)?Field$/.test(kind))) return false;
  const user = userModel(program);
  return (
    kinds.some((kind) => CONTENT.test(kind)) ||
    [...model.relations.values()].some(
      ({ name, to, target }) => to === 'one' && target !== user && fieldsOf(program, model).has(name),
    )
  );
}

/** Models of which views make rows that are not for administrators alone. */
function addedByViews(program: Program): ReadonlySet<Model> {
  return rowMemo(program, 'django:added-by-views', () => {
    const { pythonCode } = program;
    const found = new Set<Model>();
    for (const module of pythonCode.modulesWith(/^class\s+\w+\([^)]{0,400}(?:View|ViewSet|Viewset|Mixin)\b/m)) {
      if (/(?:^|\/)(?:admin|staff)(?:\.py$|\/)/.test(module.path)) continue;
      for (const node of module.document.tree.body) {
        if (node.type !== 'ClassDef' || BY_ADMINISTRATORS.test(node.name)) continue;
        const view = { module, node };
        if (!pythonCode.ancestry(view).libraries.some((one) => ADDS.test(one)) || isForAdministrators(program, view))
          continue;
        const model = madeBy(program, view);
        if (model !== undefined) found.add(model);
      }
    }
    return found;
  });
}

function isForAdministrators({ pythonCode }: Program, view: PythonPlace<ClassDef>): boolean {
  const { own, libraries } = pythonCode.ancestry(view);
  const member = pythonCode.member(view, 'permission_classes');
  const text =
    member?.definition.kind === 'value'
      ? member.owner.module.document.text.slice(member.definition.node.start, member.definition.node.end)
      : '';
  return (
    BY_ADMINISTRATORS.test(text) ||
    libraries.some((one) => /UserPassesTest|SuperuserRequired|Staff\w*Required/.test(one)) ||
    own.some(({ node }) => node !== view.node && BY_ADMINISTRATORS.test(node.name))
  );
}

/** The model of a view that adds rows: its `model`, that of its form, or that of its rows. */
function madeBy(program: Program, view: PythonPlace<ClassDef>): Model | undefined {
  const { pythonCode } = program;
  const named = pythonCode.member(view, 'model');
  if (named?.definition.kind === 'value')
    return modelNamedBy(program, { module: named.owner.module, node: named.definition.node });
  const form = pythonCode.member(view, 'form_class') ?? pythonCode.member(view, 'serializer_class');
  const [made] =
    form?.definition.kind === 'value'
      ? pythonCode.resolve({ module: form.owner.module, node: form.definition.node })
      : [];
  if (made?.kind === 'class') {
    const model = metaModel(program, made.at);
    if (model !== undefined) return model;
  }
  return descendsFrom(program, view, /^rest_framework\./)
    ? listQuery(program, { view, action: 'create' })?.model
    : undefined;
}
