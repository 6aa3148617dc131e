import type { PythonPlace } from '../../../link/python-code/python-code.js';
import type { Program } from '../../../link/program.js';
import type { Value } from '../../../link/value.js';
import { isUnknown } from '../../../location.js';
import type { Expression, Node } from '../../../parse/python/ast.js';
import { walkPython } from '../../../parse/python/walk.js';
import { alternatives } from '../../alternatives.js';
import { spelling } from '../../python-request-handlers.js';
import { settingsOf } from '../settings.js';

/** A test that must have an outcome for a place to be reached. */
export interface Condition {
  readonly test: PythonPlace<Expression>;
  readonly needed: boolean;
}

/** The conditions around a place within its innermost function, or the module; those that make a function return before it too. */
export function conditionsOf(program: Program, place: PythonPlace): readonly Condition[] {
  const found: Condition[] = [];
  let inner: Node = place.node;
  const at = (node: Expression): PythonPlace<Expression> => ({ module: place.module, node });
  for (const outer of program.pythonCode.above(place)) {
    if (outer.type === 'If' || outer.type === 'IfExp') {
      const branches = outer.type === 'If' ? [outer.body, outer.orelse] : [[outer.body], [outer.orelse]];
      const [yes = [], no = []] = branches as readonly (readonly Node[])[];
      if (yes.includes(inner)) found.push({ test: at(outer.test), needed: true });
      else if (no.includes(inner)) found.push({ test: at(outer.test), needed: false });
    }
    if (outer.type === 'FunctionDef' || outer.type === 'If' || outer.type === 'With' || outer.type === 'Try') {
      for (const statement of outer.body) {
        if (statement === inner) break;
        const [only] = statement.type === 'If' ? statement.body.slice(-1) : [];
        if (statement.type === 'If' && only?.type === 'Return' && statement.orelse.length === 0)
          found.push({ test: at(statement.test), needed: false });
      }
    }
    if (outer.type === 'FunctionDef' || outer.type === 'Lambda') break;
    inner = outer;
  }
  return found;
}

/** What production makes of a test; undefined where that cannot be told. */
export function outcomeOf(program: Program, { module, node }: PythonPlace<Expression>): boolean | undefined {
  const part = (one: Expression): boolean | undefined => outcomeOf(program, { module, node: one });
  if (node.type === 'UnaryOp' && node.op === 'not') return negated(part(node.operand));
  if (node.type === 'BoolOp') {
    const parts = node.values.map(part);
    const decisive = node.op === 'or';
    if (parts.includes(decisive)) return decisive;
    return parts.includes(undefined) ? undefined : !decisive;
  }
  if (node.type === 'Constant') return node.kind === 'bool' ? node.value : node.kind === 'none' ? false : undefined;
  const text = module.document.text.slice(node.start, node.end);
  if (/\bsys\.argv\b/.test(text)) return ofArguments(program, node, text);
  const own = ofItself(node, text);
  if (own !== undefined) return own;
  if (node.type === 'Compare' && node.comparators.length === 1 && node.comparators[0] !== undefined) {
    const [op] = node.ops;
    const left = valueOf(program, node.left);
    const right = valueOf(program, node.comparators[0]);
    if (left === undefined || right === undefined) return undefined;
    const same = left.plain === right.plain;
    if (op === '==' || op === 'is') return same;
    return op === '!=' || op === 'is not' ? !same : undefined;
  }
  const value = valueOf(program, node);
  return value === undefined
    ? undefined
    : value.plain !== 'none' && value.plain !== '' && value.plain !== 'false' && value.plain !== '0';
}

/** Whether it runs already: in each process it does not, the first time that this is asked. */
function ofItself(node: Expression, text: string): boolean | undefined {
  if (/\bsettings\.|environ|getenv/.test(text)) return undefined;
  if (/(?:running|started|is_alive|initiali[sz]ed)\b(?:\(\))?$|^hasattr\(/i.test(text)) return false;
  if (/\bapps_ready\b/.test(text)) return true;
  if (!/(?:scheduler|thread|timer|instance)\b/i.test(text)) return undefined;
  return node.type === 'Name' || (node.type === 'Compare' && /\bis (?:not )?None$/.test(text)) ? true : undefined;
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** `"runserver" in sys.argv`, `any(word in sys.argv for word in ("migrate", "test"))`: the words of what the component starts. */
function ofArguments(program: Program, node: Expression, text: string): boolean | undefined {
  const words: string[] = [];
  walkPython(node, (part) => {
    if (part.type === 'Constant' && part.kind === 'str') words.push(part.value);
  });
  const started = new Set(
    program.launch.commands.flatMap((command) => command.words.map((word) => word.replace(/^.*\//, ''))),
  );
  const present = words.some((word) => started.has(word));
  if (words.length === 0 || words.some((word) => !/^[\w.-]+$/.test(word))) return undefined;
  return /\bnot in\b|!=/.test(text) ? !present : present;
}

/** A value that comparisons can be made with: texts as they are, others as "true", "false", "none" or digits. */
function valueOf(program: Program, node: Expression): { plain: string } | undefined {
  if (node.type === 'Constant') {
    if (node.kind === 'none') return { plain: 'none' };
    return node.kind === 'str' || node.kind === 'int' || node.kind === 'bool'
      ? { plain: String(node.value) }
      : undefined;
  }
  if (node.type === 'Attribute' && node.value.type === 'Name' && node.value.id === 'settings') {
    const value = settingsOf(program)?.get(node.attr);
    return value === undefined ? undefined : plainOf(value);
  }
  if (node.type === 'Call') {
    const called = spelling(node.func);
    if (called === 'getattr' && node.args[0]?.type === 'Name' && node.args[0].id === 'settings') {
      const [, name, fallback] = node.args;
      const value = name?.type === 'Constant' && name.kind === 'str' ? settingsOf(program)?.get(name.value) : undefined;
      return value === undefined ? (fallback === undefined ? undefined : valueOf(program, fallback)) : plainOf(value);
    }
    if (!/(?:environ\.get|getenv)$/.test(called)) {
      // `os.environ.get("X", "").lower()`
      const inner =
        node.func.type === 'Attribute' && /^(?:lower|strip)$/.test(node.func.attr)
          ? valueOf(program, node.func.value)
          : undefined;
      return inner === undefined ? undefined : { plain: inner.plain.toLowerCase() };
    }
    const [name, fallback] = node.args;
    if (name?.type !== 'Constant' || name.kind !== 'str') return undefined;
    const given = program.launch.environment.get(name.value);
    if (given !== undefined) return isUnknown(given.value) ? undefined : { plain: given.value };
    // Set by the development server alone: https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver.
    if (program.launch.openEnvironment !== undefined && name.value !== 'RUN_MAIN') return undefined;
    return fallback === undefined ? { plain: 'none' } : valueOf(program, fallback);
  }
  return undefined;
}

function plainOf(value: Value): { plain: string } | undefined {
  const [only, ...others] = alternatives(value) ?? [];
  if (only === undefined || others.length > 0) return undefined;
  if (only.kind === 'none') return { plain: 'none' };
  return only.kind === 'str' || only.kind === 'int' || only.kind === 'bool' ? { plain: String(only.value) } : undefined;
}
