import type { Frame, Interpreter } from './interpreter.js';
import { recordValue, strValue, noneValue } from './values.js';
import type { Assign, Expression, AugAssign } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import { evaluate } from './expressions.js';
import type { Value } from '../value.js';
import { unpack } from './unpack.js';
import { setAttribute } from './attributes.js';
import { setSlice, setItem, type SliceOf, getItem, deleteItem } from './subscript.js';
import { iterate, iterateOpen } from './iterate.js';
import { restOf } from './rest.js';
import { rootName, noteChange, storeName, deleteName } from './scope.js';
import { inPlace } from './in-place.js';
import { changed } from './changed.js';
import { binary } from './binary.js';
import { loseExternal } from './changed-external.js';

/** Keeps which names a class body annotates, in their order, and the words of their types: the fields of records. */
export function annotate(frame: Frame, name: string, type: Expression): void {
  const held = frame.locals.entries.get('s__annotations__')?.value;
  const annotations = held?.kind === 'dict' ? held : recordValue([]);
  const word = typeWord(type);
  annotations.entries.set(`s${name}`, {
    key: strValue(name),
    value: word === undefined ? noneValue() : strValue(word),
  });
  frame.locals.entries.set('s__annotations__', { key: strValue('__annotations__'), value: annotations });
}

/** `bool` of `bool`, `Optional[bool]`, `bool | None` and `Annotated[bool, ...]`; `list` of `list[str]`. */
function typeWord(type: Expression, depth = 0): string | undefined {
  if (depth > 5) return undefined;
  if (type.type === 'Name') return type.id;
  if (type.type === 'Attribute') return type.attr;
  if (type.type === 'BinOp') return typeWord(type.left, depth + 1);
  if (type.type !== 'Subscript') return undefined;
  const outer = typeWord(type.value, depth + 1);
  if (!['Optional', 'Annotated', 'Union', 'Final'].includes(outer ?? '')) return outer?.toLowerCase();
  const inner = type.slice.type === 'Tuple' ? type.slice.elts[0] : type.slice;
  return inner === undefined || inner.type === 'Slice' ? undefined : typeWord(inner, depth + 1);
}

export function assign(py: Interpreter, frame: Frame, node: Assign, at: Location): void {
  const value = evaluate(py, frame, node.value);
  for (const target of node.targets) store(py, frame, target, value, at);
}

/** Assigns to any target. */
export function store(py: Interpreter, frame: Frame, target: Expression, value: Value, at: Location): void {
  unpack(py, frame, target, value, at, (other, part) => {
    if (other.type === 'Attribute') setAttribute(py, evaluate(py, frame, other.value), other.attr, part, at);
    else if (other.type === 'Subscript') {
      const container = evaluate(py, frame, other.value);
      if (container.kind === 'external' || container.kind === 'unknown') loseExternal(py, frame, rootName(other), at);
      if (other.slice.type === 'Slice')
        setSlice(py, container, sliceOf(py, frame, other.slice), iterate(py, part, at), at);
      else setItem(py, container, evaluate(py, frame, other.slice), part, at);
    } else return;
    const name = rootName(other);
    if (name !== undefined) noteChange(frame, name, at);
  });
}

function sliceOf(py: Interpreter, frame: Frame, node: Expression & { type: 'Slice' }): SliceOf {
  const part = (one: Expression | null): Value | undefined => (one === null ? undefined : evaluate(py, frame, one));
  return { lower: part(node.lower), upper: part(node.upper), step: part(node.step) };
}

export function augment(py: Interpreter, frame: Frame, node: AugAssign, at: Location): void {
  const { target } = node;
  if (target.type === 'Subscript') {
    const container = evaluate(py, frame, target.value);
    if (target.slice.type === 'Slice') {
      setSlice(py, container, sliceOf(py, frame, target.slice), undefined, at);
      return;
    }
    const key = evaluate(py, frame, target.slice);
    setItem(
      py,
      container,
      key,
      augmented(py, node, getItem(py, container, key, at), evaluate(py, frame, node.value), at),
      at,
    );
  } else if (target.type === 'Attribute') {
    const owner = evaluate(py, frame, target.value);
    setAttribute(
      py,
      owner,
      target.attr,
      augmented(py, node, py.attribute(owner, target.attr, at), evaluate(py, frame, node.value), at),
      at,
    );
  } else if (target.type === 'Name') {
    const before = evaluate(py, frame, target);
    const outcome = augmented(py, node, before, evaluate(py, frame, node.value), at);
    if (outcome === before && frame.kind === 'module') noteChange(frame, target.id, at);
    else storeName(py, frame, target.id, outcome, at);
    return;
  }
  const name = rootName(target);
  if (name !== undefined) noteChange(frame, name, at);
}

/** What cannot be told is many items; what can be several lists is each of them. */
function openRest(by: Value, at: Location): readonly Value[] | undefined {
  if (by.kind === 'unknown' ? by.candidates !== undefined : by.kind !== 'external') return undefined;
  return [restOf(by, at)];
}

function augmented(py: Interpreter, node: AugAssign, before: Value, by: Value, at: Location): Value {
  const items = before.kind === 'list' && node.op === '+' ? (iterateOpen(py, by, at) ?? openRest(by, at)) : undefined;
  const outcome = inPlace(py, node.op, before, items, by, at);
  if (outcome !== undefined)
    return changed(outcome, at, noneValue({ locations: [], variables: py.frame?.control ?? [] }));
  return binary(py, node.op, before, by, at);
}

export function remove(py: Interpreter, frame: Frame, target: Expression, at: Location): void {
  if (target.type === 'Name') deleteName(py, frame, target.id);
  else if (target.type === 'Tuple' || target.type === 'List') for (const one of target.elts) remove(py, frame, one, at);
  else if (target.type === 'Attribute') {
    const owner = evaluate(py, frame, target.value);
    if (owner.kind === 'instance' || owner.kind === 'class') owner.attributes.delete(target.attr);
  } else if (target.type === 'Subscript') {
    const container = evaluate(py, frame, target.value);
    if (target.slice.type === 'Slice') setSlice(py, container, sliceOf(py, frame, target.slice), [], at);
    else deleteItem(py, container, evaluate(py, frame, target.slice), at);
    const name = rootName(target);
    if (name !== undefined) noteChange(frame, name, at);
  }
}
