import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import type { Model } from './models.js';
import { heldBy } from './querysets.js';
import { rowMemo } from './row-memo.js';

const ADDS = /^a?(?:create|create_user|bulk_create|get_or_create|update_or_create)$/;
/** Calls of one model that are followed up to a request. */
const MOST = 12;

/** Where a request or task adds rows to the table of a model, so that it grows with use; undefined where none is seen. */
export function addedByRequests(program: Program, model: Model): PythonPlace<Call> | undefined {
  const known = rowMemo(program, 'django:added-by-requests', () => new Map<Model, PythonPlace<Call> | undefined>());
  if (known.has(model)) return known.get(model);
  const made = program.pythonCode.callsOf(model.place).filter((one) => one.module !== model.place.module);
  const calls = [...(creations(program).get(model) ?? []), ...made].slice(0, MOST);
  const found = calls.find((call) => {
    if (/(?:^|\/)(?:management|commands|scripts?|seeds?)\/|(?:^|\/)admin\.py$/.test(call.module.path)) return false;
    const path = pythonRequestPath(program, call);
    return path !== undefined && path.kind !== 'signal';
  });
  known.set(model, found);
  return found;
}

/** `Ticket.objects.create(...)` and its like, by model. */
function creations(program: Program): ReadonlyMap<Model, readonly PythonPlace<Call>[]> {
  return rowMemo(program, 'django:creations', () => {
    const all = new Map<Model, PythonPlace<Call>[]>();
    for (const module of program.pythonCode.modulesWith(/\.a?(?:create|create_user|bulk_create|\w+_or_create)\(/))
      walkPython(module.document.tree, (node) => {
        if (node.type !== 'Call' || node.func.type !== 'Attribute' || !ADDS.test(node.func.attr)) return;
        const base = heldBy(program, { module, node: node.func.value });
        if (base?.kind !== 'queryset') return;
        all.set(base.model, [...(all.get(base.model) ?? []), { module, node }]);
      });
    return all;
  });
}
