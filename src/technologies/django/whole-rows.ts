import { state, type Stated } from '../../facts/fact.js';
import { wholeRows } from '../../facts/whole-rows.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Comprehension, Name } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { addedByRequests } from './added-rows.js';
import { fieldsOf } from './columns.js';
import type { QuerySet } from './held.js';
import { modelsOf } from './models.js';
import { heldBy } from './querysets.js';
import { written } from './repeated-in-loop.js';
import { settingsOf } from './settings.js';

/** Fields that hold as much as somebody wrote. */
const LARGE =
  /^(?:Text|JSON|Binary|RichText(?:Uploading)?|HTML|CKEditor5|Markdown\w*|Martor|TinyMCE|Stream|Array|HStore|Quill)Field$/;

/** So many columns or fewer have a call that reads nothing else. */
const FEW = 2;

/** Lists of a column or two that are made of whole rows, where the rows have large columns besides. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined || modelsOf(program).size === 0) return;
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/[[({][^\n]{0,120}\bfor\s/)) {
    if (/(?:^|\/)(?:management|commands|scripts?|seeds?)\/|(?:^|\/)admin\.py$/.test(module.path)) continue;
    const all: Comprehension[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Comprehension') all.push(node);
    });
    for (const node of all) {
      const place = { module, node };
      const found = usedOf(program, place);
      if (found === undefined) continue;
      const { queryset, used } = found;
      const fields = fieldsOf(program, queryset.model);
      const large = [...fields].filter(([name, kind]) => LARGE.test(kind) && !used.includes(name));
      // What leads to other rows is another rule's.
      if (large.length === 0 || !used.every((one) => one === 'id' || isColumn(fields.get(one)))) continue;
      const added = addedByRequests(program, queryset.model);
      const [fn] = pythonCode.functionsAround(place);
      if (added === undefined || fn?.type !== 'FunctionDef') continue;
      const path = pythonRequestPath(program, place);
      if (path?.kind !== 'request') continue;
      const [clause] = node.clauses;
      yield state(
        wholeRows,
        pythonCode.locate(place),
        {
          rows: clause === undefined ? '' : written({ module, node: clause.iter }),
          used,
          large: large.map(([name]) => name),
          limited: queryset.limited,
          handler: fn.name,
          remedy: `.values_list(${used.map((one) => `"${one}"`).join(', ')}${used.length === 1 ? ', flat=True' : ''})`,
        },
        [
          { message: `a request adds rows to ${queryset.model.name}`, location: pythonCode.locate(added) },
          ...path.evidence,
        ],
      );
    }
  }
}

function isColumn(kind: string | undefined): boolean {
  return kind !== undefined && !/ForeignKey|OneToOne|ManyToMany|Generic|Parental/.test(kind);
}

/** A comprehension straight over a query, and the columns that it takes of each row. */
function usedOf(
  program: Program,
  { module, node }: PythonPlace<Comprehension>,
): { readonly queryset: QuerySet; readonly used: readonly string[] } | undefined {
  const [clause, ...others] = node.clauses;
  if (clause?.target.type !== 'Name' || others.length > 0 || !/^(?:Call|Subscript)$/.test(clause.iter.type))
    return undefined;
  const { target } = clause;
  const queryset = heldBy(program, { module, node: clause.iter });
  if (queryset?.kind !== 'queryset' || queryset.opaque || queryset.ofRow !== undefined) return undefined;
  const text = module.document.text.slice(clause.iter.start, clause.iter.end);
  if (/\.(?:only|defer|raw|using)\(/.test(text)) return undefined;
  const used = new Set<string>();
  let whole = false;
  for (const part of [node.element, ...(node.value === null ? [] : [node.value]), ...clause.ifs])
    walkPython(part, (one, parents) => {
      if (one.type !== 'Name' || !isSame(one, target)) return;
      const parent = parents.at(-1);
      const above = parents.at(-2);
      if (parent?.type !== 'Attribute' || (above?.type === 'Call' && above.func === parent)) whole = true;
      else used.add(parent.attr.replace(/^pk$/, 'id'));
    });
  return whole || used.size === 0 || used.size > FEW ? undefined : { queryset, used: [...used] };
}

function isSame(one: Name, target: Name): boolean {
  return one.id === target.id;
}
