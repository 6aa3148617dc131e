import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef } from '../../parse/python/ast.js';
import type { QuerySet } from './held.js';

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
