import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { entry } from '../../link/value.js';
import type { ClassDef, Expression } from '../../parse/python/ast.js';
import { spelling } from '../python-request-handlers.js';
import { possibleTexts } from './setting-texts.js';
import type { DjangoSettings } from './settings.js';
import type { View, Wrapper } from './views.js';

/** Who gets an answer of a view: anyone, only some, or undefined where that is not told. */
export type Access = 'anyone' | 'some' | undefined;

/** Decorators that let everyone through. */
const NEUTRAL =
  /^(?:django\.views\.decorators\.(?:http|cache|vary|gzip|clickjacking|csrf|debug|common|csp)\.|django\.views\.i18n\.|django\.db\.transaction\.|django\.utils\.(?:decorators|functional)\.|functools\.|typing\.|builtins\.|rest_framework\.decorators\.(?:api_view|renderer_classes|parser_classes|throttle_classes|schema|authentication_classes|action)|django_tinsel\.(?:decorators|utils)\.(?!username)|drf_spectacular\.|drf_yasg\.|abc\.)/;
const GUARDS =
  /^django\.contrib\.(?:auth\.decorators\.(?:login_required|permission_required|user_passes_test)|admin\.views\.decorators\.staff_member_required)/;
const GUARDING_CLASSES =
  /^(?:django\.contrib\.auth\.mixins\.|braces\.views\.(?:\w+\.)?(?:LoginRequired|PermissionRequired|StaffuserRequired|SuperuserRequired|GroupRequired|UserPassesTest))/;
/** Names that say it of what the repository itself wrote. */
const GUARDING_NAME =
  /login|auth|permission|staff|superuser|member|owner|admin|passes_?test|private|token|required|logged/i;

/** REST framework's permissions that let anyone read. */
const OPEN_PERMISSION =
  /^rest_framework\.permissions\.(?:AllowAny|IsAuthenticatedOrReadOnly|DjangoModelPermissionsOrAnonReadOnly)$/;
const CLOSED_PERMISSION =
  /^rest_framework\.permissions\.(?:IsAuthenticated|IsAdminUser|DjangoModelPermissions|DjangoObjectPermissions)$/;

/** Of a decorator: whether it turns some away. */
export function guards(program: Program, { name, own, at, call }: Wrapper): boolean | undefined {
  if (name === undefined) return undefined;
  if (GUARDS.test(name)) return true;
  if (/^rest_framework\.decorators\.permission_classes$/.test(name)) {
    const [classes] = call?.args ?? [];
    const access = classes === undefined ? undefined : ofPermissions(program, { module: at.module, node: classes });
    return access === undefined ? undefined : access === 'some';
  }
  if (NEUTRAL.test(name)) return false;
  if (name !== 'own' || own === undefined) return undefined;
  const text = own.module.document.text.slice(own.node.start, own.node.end);
  if (
    /user_passes_test|login_required|redirect_to_login|is_authenticated|is_staff|is_superuser|PermissionDenied|has_perm/.test(
      text,
    )
  )
    return true;
  return /\b(?:user|session|login|auth\w*|perm\w*|redirect|Forbidden|Denied|401|403|token)\b/i.test(text)
    ? undefined
    : false;
}

/** Of the classes that a view is made of. */
export function classAccess(program: Program, settings: DjangoSettings, of: PythonPlace<ClassDef>): Access {
  const { own, libraries, partial } = program.pythonCode.ancestry(of);
  if (libraries.some((one) => GUARDING_CLASSES.test(one))) return 'some';
  if (libraries.some((one) => one.startsWith('rest_framework.'))) {
    const access = ofRest(program, settings, of);
    if (access !== 'anyone') return access;
  }
  if (partial || own.some(({ node }) => GUARDING_NAME.test(node.name) && node !== of.node)) return undefined;
  return libraries.some((one) => GUARDING_NAME.test(one)) ? undefined : 'anyone';
}

export function accessOf(program: Program, settings: DjangoSettings, view: View): Access {
  const each = view.wrappers.map((one) => guards(program, one));
  if (each.includes(true)) return 'some';
  const isApiFunction = view.wrappers.some(({ name }) => name === 'rest_framework.decorators.api_view');
  const said = view.wrappers.some(({ name }) => name === 'rest_framework.decorators.permission_classes');
  const ofClass =
    view.of !== undefined
      ? classAccess(program, settings, view.of)
      : isApiFunction && !said
        ? byDefault(program, settings)
        : 'anyone';
  if (ofClass === 'some') return 'some';
  return each.includes(undefined) ? undefined : ofClass;
}

function ofRest(program: Program, settings: DjangoSettings, of: PythonPlace<ClassDef>): Access {
  if (program.pythonCode.member(of, 'get_permissions') !== undefined) return undefined;
  if (program.pythonCode.member(of, 'check_permissions') !== undefined) return undefined;
  // One of the project's own may turn away whoever sends nothing.
  const who = program.pythonCode.member(of, 'authentication_classes');
  if (who?.definition.kind === 'value' && namesOwn(program, who.owner.module, who.definition.node)) return undefined;
  const member = program.pythonCode.member(of, 'permission_classes');
  if (member === undefined) return byDefault(program, settings);
  if (member.definition.kind !== 'value') return undefined;
  return ofPermissions(program, { module: member.owner.module, node: member.definition.node });
}

function byDefault(program: Program, settings: DjangoSettings): Access {
  const set = entry(settings.get('REST_FRAMEWORK'), 'DEFAULT_PERMISSION_CLASSES');
  if (set === undefined) {
    const rest = settings.get('REST_FRAMEWORK');
    return rest === undefined || rest.kind === 'dict' ? 'anyone' : undefined;
  }
  const names = possibleTexts(set);
  if (names === undefined) return undefined;
  return together(
    names.map((name) => {
      const [target] = program.pythonCode.resolveText(name);
      return target?.kind === 'class' && letsEveryoneRead(program, target.at) ? ANYONE : name;
    }),
  );
}

function ofPermissions(program: Program, { module, node }: PythonPlace<Expression>): Access {
  if (node.type !== 'List' && node.type !== 'Tuple') {
    const [target, ...others] = program.pythonCode.resolve({ module, node });
    if (target?.kind !== 'value' || others.length > 0 || target.at.node === node) return undefined;
    return ofPermissions(program, target.at);
  }
  return together(
    node.elts.map((one) => {
      const [target] = program.pythonCode.resolve({ module, node: one });
      if (target?.kind === 'class' && letsEveryoneRead(program, target.at)) return ANYONE;
      return target?.kind === 'library' ? target.name : spelling(one);
    }),
  );
}

const ANYONE = 'rest_framework.permissions.AllowAny';

/** A permission that begins with `if request.method in SAFE_METHODS: return True`, or returns that first. */
function letsEveryoneRead(program: Program, of: PythonPlace<ClassDef>): boolean {
  const member = program.pythonCode.member(of, 'has_permission');
  if (member?.definition.kind !== 'function') return false;
  const first = member.definition.node.body.find((one) => one.type !== 'Expr');
  // `return request.method in SAFE_METHODS or ...`
  if (first?.type === 'Return' && first.value !== null) {
    const { value } = first;
    return asksSafe(value.type === 'BoolOp' && value.op === 'or' ? value.values[0] : value);
  }
  if (first?.type !== 'If') return false;
  const [then] = first.body;
  return (
    asksSafe(first.test) && then?.type === 'Return' && then.value?.type === 'Constant' && then.value.value === true
  );
}

function namesOwn(program: Program, module: PythonModule, node: Expression): boolean {
  if (node.type !== 'List' && node.type !== 'Tuple') return true;
  return node.elts.some((one) =>
    program.pythonCode.resolve({ module, node: one }).some(({ kind }) => kind !== 'library'),
  );
}

function asksSafe(node: Expression | undefined): boolean {
  if (node?.type !== 'Compare' || node.ops[0] !== 'in') return false;
  const [list] = node.comparators;
  return list !== undefined && spelling(list).endsWith('SAFE_METHODS');
}

function together(names: readonly string[]): Access {
  if (names.some((name) => CLOSED_PERMISSION.test(name))) return 'some';
  return names.every((name) => OPEN_PERMISSION.test(name)) ? 'anyone' : undefined;
}
