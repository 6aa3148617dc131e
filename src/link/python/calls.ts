import { findInClass, resolutionOrder } from './class-order.js';
import { fromClass } from './attributes.js';
import { bindArguments } from './arguments.js';
import { bind, closureOf, type DefinedClosure } from './functions.js';
import {
  LIMITS,
  LimitReached,
  PythonRaise,
  charge,
  classOfException,
  fail,
  isCaught,
  noteGap,
  type Arguments,
  type Frame,
  type Interpreter,
} from './interpreter.js';
import { instanceOfIterator } from './iterator.js';
import { objectOfExtended } from './extended-type.js';
import { touch } from './journal.js';
import { spread } from './spread.js';
import { isNamespace } from './subscript.js';
import {
  dependingOn,
  derived,
  dictValue,
  externalValue,
  markBirth,
  sameValue,
  strValue,
  tupleValue,
  unknownValue,
} from './values.js';
import type { ClassValue, ExternalValue, FunctionValue, InstanceValue, Value } from '../value.js';

/** Calls a value of the audited program, as `callee(*args)` would. */
export function callValue(py: Interpreter, callee: Value, args: Arguments): Value {
  charge(py);
  switch (callee.kind) {
    case 'function':
      return callFunction(py, callee, args);
    case 'class':
      return instantiate(py, callee, args);
    case 'instance': {
      const { found } = findInClass(callee.class, '__call__');
      if (found === undefined) return fail(py, 'TypeError', 'the object cannot be called', args.at, callee);
      return callValue(py, fromClass(py, found, callee, callee.class, args.at), args);
    }
    case 'external':
      return callExternal(py, callee, args);
    case 'unknown': {
      const open = spread(args.at, [callee], ([one = callee]) => callValue(py, one, args));
      return open ?? unknownValue(callee.reason, derived(args.at, callee));
    }
    default:
      return fail(py, 'TypeError', `a value of ${callee.kind} cannot be called`, args.at, callee);
  }
}

function callFunction(py: Interpreter, callee: FunctionValue, args: Arguments): Value {
  const closure = closureOf(callee);
  switch (closure.type) {
    case 'native':
      return closure.run(py, args);
    case 'bound':
      return callFunction(py, closure.function, { ...args, positional: [closure.self, ...args.positional] });
    case 'static':
    case 'class':
      return callValue(py, closure.function, args);
    case 'property':
      return unknownValue('a property is called', derived(args.at));
    case 'defined':
      return callDefined(py, callee, closure, args);
  }
}

function callDefined(py: Interpreter, callee: FunctionValue, closure: DefinedClosure, args: Arguments): Value {
  if (py.calls >= LIMITS.calls) {
    noteGap(py, `${callee.name} calls itself too deeply to be followed`, args.at);
    return unknownValue('the recursion is too deep to be followed', derived(args.at));
  }
  const locals = dictValue([], callee.origin);
  const [self] = args.positional;
  const frame: Frame = {
    kind: 'function',
    locals,
    outer: closure.frame,
    module: closure.frame.module,
    globals: closure.globals,
    nonlocals: closure.nonlocals,
    ...(closure.owner === undefined ? {} : { owner: closure.owner }),
    ...(self === undefined ? {} : { self }),
    control: py.frame?.control ?? [],
    ...(closure.generator ? { yielded: [] } : {}),
    ...(args.atYield === undefined ? {} : { atYield: args.atYield }),
  };
  const trouble = bindArguments(closure, frame, args);
  if (trouble !== undefined) return fail(py, 'TypeError', `${callee.name}: ${trouble}`, args.at);
  const caller = py.frame;
  py.frame = frame;
  py.calls++;
  const { depth } = py;
  try {
    const outcome = py.runBody(frame, closure.body);
    if (closure.generator) return instanceOfIterator(frame.yielded ?? [], derived(args.at));
    if (closure.asynchronous) return externalValue('coroutine', derived(args.at));
    return dependingOn(outcome, frame.control);
  } catch (error) {
    if (error instanceof RangeError) throw new LimitReached('the program is nested too deeply to be followed');
    if (!(error instanceof PythonRaise) || isCaught(py, classOfException(error.exception))) throw error;
    // Nobody catches it: the program as deployed cannot have come this way.
    noteGap(py, error.message, error.at);
    return unknownValue(error.message, derived(args.at, error.exception));
  } finally {
    py.frame = caller;
    py.calls--;
    py.depth = depth;
  }
}

function instantiate(py: Interpreter, type: ClassValue, args: Arguments): Value {
  const maker = findInClass(type, '#new');
  if (maker.found?.kind === 'function') {
    if (type.attributes.has('#new')) return callFunction(py, maker.found, args);
    const base = resolutionOrder(type).find((one) => one.kind === 'class' && one.attributes.has('#new'));
    if (
      base?.kind === 'class' &&
      !base.qualifiedName.endsWith('Error') &&
      !isExceptionLike(base) &&
      !type.attributes.has('#members')
    )
      return objectOfExtended(type, callFunction(py, maker.found, args), args);
  }
  const members = type.attributes.get('#members');
  if (members !== undefined && 'items' in members) {
    const [wanted] = args.positional;
    const found = members.items.find(
      (one) => one.kind === 'instance' && wanted !== undefined && sameMember(one, wanted),
    );
    return found ?? unknownValue('the member of the enumeration is not known', derived(args.at, ...args.positional));
  }
  const instance: InstanceValue = markBirth({
    kind: 'instance',
    class: type,
    attributes: markBirth(new Map<string, Value>()),
    origin: derived(args.at),
  });
  const { found, external } = findInClass(type, '__init__');
  if (isExceptionLike(type))
    instance.attributes.set('args', tupleValue([...args.positional], derived(args.at, ...args.positional)));
  if (found?.kind === 'function') callValue(py, bind(instance, found), args);
  else if (external !== undefined) for (const [name, value] of args.keywords) instance.attributes.set(name, value);
  // An object of a library may stand for something else as soon as it is made.
  const settled = findInClass(type, '#settled').found;
  return settled?.kind === 'function' ? callValue(py, bind(instance, settled), { ...args, positional: [] }) : instance;
}

function sameMember(member: InstanceValue, wanted: Value): boolean {
  const value = member.attributes.get('value');
  return member === wanted || (value !== undefined && sameValue(value, wanted));
}

function isExceptionLike(type: ClassValue): boolean {
  return resolutionOrder(type).some((base) => base.kind === 'class' && base.qualifiedName === 'builtins.BaseException');
}

function callExternal(py: Interpreter, callee: ExternalValue, args: Arguments): Value {
  for (const given of args.positional) handOver(py, callee, given, args);
  const name = callee.call === undefined ? callee.name : `${callee.name}()`;
  const keywords = new Map(args.keywords);
  if (args.rest !== undefined) keywords.set('**', args.rest);
  return externalValue(name, derived(args.at, callee, ...args.positional, ...keywords.values()), {
    args: [...args.positional],
    keywords,
  });
}

/** Who gets the names of a module, `load(globals())`, is there to set some: which ones nobody knows. */
function handOver(py: Interpreter, { name }: ExternalValue, given: Value, { at }: Arguments): void {
  if (given.kind !== 'dict' || !isNamespace(given) || /^(?:logging|pprint|copy|types|typing|inspect)\./.test(name))
    return;
  touch(py, given);
  const value = unknownValue(`${name} is given the names of the module, and may set others`, derived(at, given));
  given.entries.set('s*', { key: strValue('*'), value });
}
