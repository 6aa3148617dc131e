import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression } from '../../parse/python/ast.js';
import { spelling } from '../python-request-handlers.js';

const BY_ADMINISTRATORS = /(?:^|\/)admin(?:\.py$|\/)/;
/** What lets in nobody but those who run the place, by the names that projects and libraries have for it. */
const STAFF =
  /^(?:is_?)?(?:staff|super_?user|admin)|staff_?(?:member|user)?_?(?:required|permission)|superuser_?required|IsAdminUser|Is\w*Staff|Is\w*Superuser/i;

/** Whether a view is there for staff alone, as its decorators, its mixins or its permissions say. */
export function isForStaff(program: Program, place: PythonPlace, of?: PythonPlace<ClassDef>): boolean {
  const { pythonCode } = program;
  if (BY_ADMINISTRATORS.test(place.module.path)) return true;
  for (const fn of pythonCode.functionsAround(place)) {
    if (fn.type !== 'FunctionDef') continue;
    if (fn.decorators.some(isStaffDecorator)) return true;
  }
  const owner =
    of ??
    pythonCode
      .functionsAround(place)
      .flatMap((fn) => pythonCode.ownerOf({ module: place.module, node: fn }) ?? [])
      .at(0);
  if (owner === undefined) return false;
  if (owner.node.decorators.some(isStaffDecorator)) return true;
  if (owner.node.bases.some((base) => STAFF.test(spelling(base).split('.').at(-1) ?? ''))) return true;
  for (const name of ['permission_classes', 'permission_required']) {
    const member = pythonCode.member(owner, name);
    if (member?.definition.kind !== 'value') continue;
    const { start, end } = member.definition.node;
    const text = member.owner.module.document.text.slice(start, Math.min(end, start + 300));
    if (isClosed(member.definition.node) && /\bIsAdminUser\b|Staff|[Ss]uper_?[Uu]ser|is_staff/.test(text)) return true;
  }
  return false;
}

/** Of `[A | B]` either is enough, and of a list all are asked. */
function isClosed(node: Expression): boolean {
  return (node.type !== 'List' && node.type !== 'Tuple') || node.elts.every((one) => one.type !== 'BinOp');
}

function isStaffDecorator(node: Expression): boolean {
  const call = node.type === 'Call' ? node : undefined;
  const name =
    spelling(call?.func ?? node)
      .split('.')
      .at(-1) ?? '';
  if (name === 'method_decorator') return call?.args.some(isStaffDecorator) === true;
  return /staff|superuser|^admin_?(?:only|required)/i.test(name);
}
