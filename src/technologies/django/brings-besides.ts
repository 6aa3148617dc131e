import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef } from '../../parse/python/ast.js';
import type { QuerySet } from './held.js';
import { ANYTHING } from './queryset-methods.js';

/** `filter_queryset()` and settings of libraries may bring relations besides. */
export function filteredBy(program: Program, view: PythonPlace<ClassDef>, rows: QuerySet): QuerySet {
  const { own, libraries } = program.pythonCode.ancestry(view);
  const brings =
    libraries.some((one) => /prefetch|eager/i.test(one)) ||
    own.some(({ module, node }) =>
      node.body.some((part) => {
        if (part.type === 'FunctionDef')
          return (
            /^(?:filter_queryset|paginate_queryset|list)$/.test(part.name) &&
            /prefetch|select_related|eager/.test(module.document.text.slice(part.start, part.end))
          );
        const [target] = part.type === 'Assign' ? part.targets : [];
        return target?.type === 'Name' && /prefetch|select_related|eager/.test(target.id);
      }),
    );
  return brings ? { ...rows, opaque: true } : rows;
}

/** A list of relations that is made while it runs: `prefetch_related(*relations_of(serializer))`. */
const MADE = /(?:select|prefetch)_related\((?!\s{0,200}(?:["')]|(?:models\.)?Prefetch\())/;

/** Rows of a view whose query is not followed step by step: where one of its classes makes what it brings, that may be anything. */
export function unfollowedOf(program: Program, view: PythonPlace<ClassDef>, rows: QuerySet): QuerySet {
  const makes = program.pythonCode
    .ancestry(view)
    .own.some(({ module, node }) =>
      node.body.some(
        (part) =>
          part.type === 'FunctionDef' &&
          /^(?:get_queryset|filter_queryset|list|get)$/.test(part.name) &&
          MADE.test(module.document.text.slice(part.start, part.end)),
      ),
    );
  return { ...rows, opaque: true, brought: makes ? new Set([...rows.brought, ANYTHING]) : rows.brought };
}
