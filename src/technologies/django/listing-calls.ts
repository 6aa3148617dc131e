import type { PythonPlace } from '../../link/python-code/python-code.js';
import { returnsOf } from '../../link/python-code/returns.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { descendsFrom } from './handed.js';
import type { QuerySet } from './held.js';
import { heldBy } from './querysets.js';

/** An answer with all rows that no list view gives. */
export interface WholeAnswer {
  readonly place: PythonPlace;
  readonly name: string;
  /** Undefined where whatever is listed is read as a whole. */
  readonly rows: QuerySet | undefined;
  readonly remedy: string;
}

const IN_PAGES = 'hand paginate_queryset() the query, and its page to the serializer';
const COUNTED = 'self.object_list.count() in place of len(), or a paginator without a count';

/** Lists of GraphQL and Ninja, pages that are taken of what was serialised, and paginators that read all to count. */
export function* wholeAnswers(program: Program): Iterable<WholeAnswer> {
  yield* ofGraphene(program);
  yield* ofRoutes(program);
  yield* pagedTooLate(program);
  yield* countedInMemory(program);
}

/** `resolve_books` of `books = graphene.List(BookType)`. https://docs.graphene-python.org/en/latest/types/list-and-nonnull/ */
function* ofGraphene(program: Program): Iterable<WholeAnswer> {
  for (const module of program.pythonCode.modulesWith(/\bgraphene\b/))
    for (const type of module.document.tree.body) {
      if (type.type !== 'ClassDef') continue;
      const lists = new Set(
        type.body.flatMap((one) => {
          const target = one.type === 'Assign' ? one.targets[0] : undefined;
          if (one.type !== 'Assign' || target?.type !== 'Name' || one.value.type !== 'Call') return [];
          const { func } = one.value;
          const { start } = one.value;
          const isList =
            /(?:^|\.)(?:NonNull\(\s*)?(?:graphene\.)?List$/.test(module.document.text.slice(func.start, func.end)) ||
            /^(?:graphene\.)?NonNull\(\s{0,40}(?:graphene\.)?List\(/.test(
              module.document.text.slice(start, start + 120),
            );
          return isList ? [target.id] : [];
        }),
      );
      for (const fn of type.body)
        if (fn.type === 'FunctionDef' && fn.name.startsWith('resolve_') && lists.has(fn.name.slice(8)))
          yield* allOf(
            program,
            { module, node: fn },
            'a DjangoFilterConnectionField, or arguments for a page that are bounded',
          );
    }
}

/** `@api.get("/books", response=list[BookOut])` without `@paginate`. https://django-ninja.dev/guides/response/pagination/ */
function* ofRoutes(program: Program): Iterable<WholeAnswer> {
  for (const module of program.pythonCode.modulesWith(
    /\bresponse\s{0,9}=\s{0,9}(?:typing\.)?[Ll]ist\[|\bstrawberry\b/,
  )) {
    const found: FunctionDef[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type !== 'FunctionDef') return;
      const text = node.decorators.map(({ start, end }) => module.document.text.slice(start, end)).join('\n');
      if (/\bpaginat/.test(text)) return;
      const returned = node.returns === null ? '' : module.document.text.slice(node.returns.start, node.returns.end);
      const isNinja =
        /\.(?:get|post|api_operation)\(/.test(text) && /\bresponse\s{0,9}=\s{0,9}(?:typing\.)?[Ll]ist\[/.test(text);
      const isStrawberry =
        /^strawberry(?:_django)?\.field\b/m.test(text) && /^(?:typing\.)?(?:[Ll]ist|Iterable)\[/.test(returned);
      if (isNinja || isStrawberry) found.push(node);
    });
    for (const node of found)
      yield* allOf(program, { module, node }, 'the pagination of the library, with a bounded size');
  }
}

function* allOf(program: Program, fn: PythonPlace<FunctionDef>, remedy: string): Iterable<WholeAnswer> {
  const returned = returnsOf(fn.node) ?? [];
  const [last] = returned;
  if (last === undefined || returned.length > 1) return;
  const place: PythonPlace<Expression> = { module: fn.module, node: last };
  const rows = heldBy(program, place);
  if (rows?.kind === 'queryset' && !rows.limited && !rows.filtered && rows.most === undefined && rows.empty !== true)
    yield { place, name: fn.node.name, rows, remedy };
}

/** `self.paginate_queryset(serializer.data)`: all rows are serialised for the page that is shown. */
function* pagedTooLate(program: Program): Iterable<WholeAnswer> {
  for (const module of program.pythonCode.modulesWith(/\bpaginate_queryset\(/)) {
    const calls: Call[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type !== 'Call' || node.func.type !== 'Attribute' || node.func.attr !== 'paginate_queryset') return;
      const [first] = node.args;
      if (first?.type === 'Attribute' && first.attr === 'data') calls.push(node);
    });
    for (const node of calls) {
      const [first] = node.args;
      const made = first?.type === 'Attribute' ? madeBy(program, { module, node: first.value }) : undefined;
      const [fn] = program.pythonCode.functionsAround({ module, node });
      const given = made?.args[0] ?? made?.keywords.find(({ name }) => name === 'instance')?.value;
      if (made === undefined || given === undefined || fn?.type !== 'FunctionDef') continue;
      if (!made.keywords.some(({ name }) => name === 'many')) continue;
      yield { place: { module, node: given }, name: fn.name, rows: undefined, remedy: IN_PAGES };
    }
  }
}

/** The call that made what a name holds. */
function madeBy({ pythonCode }: Program, { module, node }: PythonPlace<Expression>): Call | undefined {
  if (node.type === 'Call') return node;
  const last =
    node.type === 'Name'
      ? pythonCode.bindingOf({ module, node })?.definitions.findLast((one) => one.node.start < node.start)
      : undefined;
  return last?.kind === 'value' && last.node.type === 'Call' ? last.node : undefined;
}

/** `len(self.object_list)` in a paginator. https://docs.djangoproject.com/en/5.2/ref/paginator/#django.core.paginator.Paginator.count */
function* countedInMemory(program: Program): Iterable<WholeAnswer> {
  for (const module of program.pythonCode.modulesWith(/\blen\(self\.object_list\)/))
    for (const type of module.document.tree.body)
      if (type.type === 'ClassDef' && isPaginator(program, { module, node: type }))
        for (const fn of type.body) {
          if (fn.type !== 'FunctionDef' || fn.name !== 'count') continue;
          const calls: Call[] = [];
          walkPython(fn, (node) => {
            if (node.type === 'Call' && node.func.type === 'Name' && node.func.id === 'len') calls.push(node);
          });
          for (const node of calls.slice(0, 1))
            yield { place: { module, node }, name: type.name, rows: undefined, remedy: COUNTED };
        }
}

function isPaginator(program: Program, of: PythonPlace<ClassDef>): boolean {
  return descendsFrom(program, of, /(?:^|\.)Paginator$/);
}
