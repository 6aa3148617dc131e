import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, Keyword } from '../../parse/python/ast.js';
import { modelNamedBy } from './managers.js';
import type { Model } from './models.js';
import { heldBy } from './querysets.js';

/** What gives one row, or tells whether there is one. */
const ONE = /^a?(?:get|first|last|exists|get_or_create|update_or_create)$/;
/** What is done to the rows that were found, which narrows them no further. */
const DONE =
  /^a?(?:all|select_related|prefetch_related|only|defer|using|order_by|values|values_list|annotate|distinct|count|delete|update|iterator|exclude|reverse|in_bulk|aggregate)$/;

/** Variables that one question goes through. */
const DEEPEST = 2;

/** The model that a call asks for one row of, and all that narrows it; undefined where more than columns do. */
export function narrowing(
  program: Program,
  { module, node }: PythonPlace<Call>,
): { readonly model: Model; readonly keywords: readonly Keyword[] } | undefined {
  const { func } = node;
  if (func.type === 'Name') {
    const [from, ...others] = node.args;
    if (!/^a?get_object_or_404$/.test(func.id) || from === undefined || others.length > 0) return undefined;
    const model = modelNamedBy(program, { module, node: from });
    return model === undefined
      ? ofChain(program, { module, node: from }, node.keywords)
      : { model, keywords: node.keywords };
  }
  if (func.type !== 'Attribute' || node.args.length > 0) return undefined;
  if (func.attr === 'filter')
    return isNarrowedFurther(program, { module, node }) ? undefined : ofChain(program, { module, node }, []);
  if (!ONE.test(func.attr)) return undefined;
  const keywords = node.keywords.filter(({ name }) => name !== 'defaults' && name !== 'create_defaults');
  return ofChain(program, { module, node: func.value }, keywords);
}

/** Whether what stands above a `filter()` narrows its rows once more, or is not known: then that is what has to find them. */
function isNarrowedFurther(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const above = program.pythonCode.above({ module, node });
  let at = 0;
  for (; at + 1 < above.length; at += 2) {
    const [step, call] = [above[at], above[at + 1]];
    if (step?.type !== 'Attribute' || call?.type !== 'Call' || call.func !== step) break;
    if (!DONE.test(step.attr)) return true;
  }
  const holder = above[at];
  const [target] = holder?.type === 'Assign' ? holder.targets : [];
  if (target?.type !== 'Name') return false;
  // `tickets = Ticket.objects.filter(...)`, and later `tickets.filter(...)`.
  const references = program.pythonCode.bindingOf({ module, node: target })?.references ?? [];
  return references.some(({ node: name }) => {
    if (name.start < node.end) return false;
    const [step] = program.pythonCode.above({ module, node: name });
    return step?.type === 'Attribute' && !DONE.test(step.attr);
  });
}

/** `Ticket.objects.select_related("owner").filter(code=code)`: followed down to the manager. */
function ofChain(
  program: Program,
  { module, node }: PythonPlace<Expression>,
  above: readonly Keyword[],
  depth = 0,
): { readonly model: Model; readonly keywords: readonly Keyword[] } | undefined {
  const keywords = [...above];
  let root = node;
  while (root.type === 'Call' && root.func.type === 'Attribute') {
    if (root.func.attr === 'filter') {
      if (root.args.length > 0) return undefined;
      keywords.push(...root.keywords);
    } else if (
      !/^(?:all|select_related|prefetch_related|only|defer|using|order_by|values|values_list|annotate)$/.test(
        root.func.attr,
      )
    )
      return undefined;
    root = root.func.value;
  }
  // `tickets = Ticket.objects.filter(open=True)`, and later `tickets.filter(code=code)`.
  if (root.type === 'Name' && depth < DEEPEST) {
    const made = program.pythonCode
      .bindingOf({ module, node: root })
      ?.definitions.find((one) => one.kind === 'value' && one.node.end < node.start);
    return made?.kind === 'value' ? ofChain(program, { module, node: made.node }, keywords, depth + 1) : undefined;
  }
  if (root.type !== 'Attribute' || keywords.length === 0) return undefined;
  const held = heldBy(program, { module, node: root });
  return held?.kind === 'queryset' && held.ofRow === undefined && !held.filtered && !held.opaque
    ? { model: held.model, keywords }
    : undefined;
}
