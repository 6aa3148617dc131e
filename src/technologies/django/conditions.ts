import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { items, text, type Value } from '../../link/value.js';
import type { Expression, Node } from '../../parse/python/ast.js';
import { spelling } from '../python-request-handlers.js';
import { settingOf } from './default-settings.js';
import type { DjangoSettings } from './settings.js';

/** Whether a place runs with these settings; undefined where a condition around it cannot be decided by them. */
export function runsWith(program: Program, settings: DjangoSettings, place: PythonPlace): boolean | undefined {
  let inner: Node = place.node;
  let sure = true;
  for (const node of program.pythonCode.above(place)) {
    if (node.type === 'If' || node.type === 'IfExp') {
      const body: readonly Node[] = node.type === 'If' ? node.body : [node.body];
      const orelse: readonly Node[] = node.type === 'If' ? node.orelse : [node.orelse];
      const wanted = body.includes(inner) ? true : orelse.includes(inner) ? false : undefined;
      if (wanted !== undefined) {
        const met = decided(settings, node.test);
        if (met === !wanted) return false;
        if (met === undefined) sure = false;
      }
    }
    inner = node;
  }
  return sure ? true : undefined;
}

/** What a condition over settings comes to: `settings.DEBUG and not settings.USE_S3`. */
function decided(settings: DjangoSettings, test: Expression): boolean | undefined {
  switch (test.type) {
    case 'BoolOp': {
      const parts = test.values.map((one) => decided(settings, one));
      const ends = test.op === 'or';
      if (parts.includes(ends)) return ends;
      return parts.includes(undefined) ? undefined : !ends;
    }
    case 'UnaryOp': {
      const inner = test.op === 'not' ? decided(settings, test.operand) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    case 'Constant':
      return test.kind === 'bool' ? test.value : undefined;
    case 'Compare': {
      const [op] = test.ops;
      const [right] = test.comparators;
      if (test.comparators.length !== 1 || right === undefined) return undefined;
      if (op === 'in' || op === 'not in') {
        const wanted = test.left.type === 'Constant' && test.left.kind === 'str' ? test.left.value : undefined;
        const list = items(valueOf(settings, right));
        if (wanted === undefined || list === undefined) return undefined;
        const held = list.some((item) => text(item) === wanted);
        // One of those that are not known may be it.
        if (!held && list.some((item) => text(item) === undefined)) return undefined;
        return held === (op === 'in');
      }
      const left = text(valueOf(settings, test.left));
      const other = right.type === 'Constant' && right.kind === 'str' ? right.value : undefined;
      if (left === undefined || other === undefined) return undefined;
      return op === '==' ? left === other : op === '!=' ? left !== other : undefined;
    }
    default:
      return truth(valueOf(settings, test));
  }
}

/** `settings.DEBUG`, `getattr(settings, "DEBUG", False)`. */
function valueOf(settings: DjangoSettings, node: Expression): Value | undefined {
  if (node.type === 'Attribute' && /^(?:\w+\.)?settings$/.test(spelling(node.value)))
    return settingOf(settings, node.attr);
  if (node.type === 'Call' && spelling(node.func) === 'getattr') {
    const [object, name] = node.args;
    if (object?.type === 'Name' && object.id === 'settings' && name?.type === 'Constant' && name.kind === 'str')
      return settingOf(settings, name.value);
  }
  return undefined;
}

function truth(value: Value | undefined): boolean | undefined {
  switch (value?.kind) {
    case 'bool':
      return value.value;
    case 'none':
      return false;
    case 'int':
      return value.value !== 0 && value.value !== 0n;
    case 'str':
    case 'path':
      return value.value !== '';
    case 'list':
    case 'tuple':
      return value.items.length > 0;
    default:
      return undefined;
  }
}
