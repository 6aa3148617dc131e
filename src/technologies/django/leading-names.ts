import type { Program } from '../../link/program.js';
import { modelsOf } from './models.js';
import { isQuerySetMethod } from './queryset-methods.js';
import { rowMemo } from './row-memo.js';

/** Names by which rows are reached that no model declares. */
const OTHERS =
  /^(?:objects|_default_manager|_base_manager|object_list|queryset|object|instance|user|save|delete)$|_set$/;

/** Whether a name behind a point may lead from rows or queries to others: most names of a program never do. */
export function mayLead(program: Program, name: string): boolean {
  if (OTHERS.test(name) || isQuerySetMethod(name)) return true;
  return rowMemo(program, 'django:leading-names', () => {
    const names = new Set<string>();
    for (const { place, relations } of modelsOf(program).values()) {
      for (const relation of relations.keys()) names.add(relation);
      for (const owner of program.pythonCode.ancestry(place).own)
        for (const statement of owner.node.body) {
          if (statement.type === 'FunctionDef') names.add(statement.name);
          const targets = statement.type === 'Assign' ? statement.targets : [];
          // Managers by other names.
          if (statement.type === 'Assign' && statement.value.type !== 'Constant')
            for (const target of targets) if (target.type === 'Name') names.add(target.id);
        }
    }
    for (const { document } of program.pythonCode.modulesWith(/(?:Manager|QuerySet)\w*\s*[(:]/))
      for (const node of document.tree.body)
        if (node.type === 'ClassDef')
          for (const statement of node.body) if (statement.type === 'FunctionDef') names.add(statement.name);
    return names;
  }).has(name);
}
