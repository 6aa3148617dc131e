import { DICT_METHODS } from './dict-methods.js';
import { LIST_METHODS, TUPLE_METHODS } from './list-methods.js';
import type { Method, Methods } from './method.js';
import { NUMBER_METHODS } from './number-methods.js';
import { PATH_METHODS } from './path-methods.js';
import { SET_METHODS } from './set-methods.js';
import { BYTES_METHODS, TEXT_METHODS } from './text-methods.js';
import type { Value } from '../value.js';

const NONE: Methods = {};

const BY_KIND: Readonly<Record<Value['kind'], Methods>> = {
  str: TEXT_METHODS,
  bytes: BYTES_METHODS,
  list: LIST_METHODS,
  tuple: TUPLE_METHODS,
  set: SET_METHODS,
  frozenset: SET_METHODS,
  dict: DICT_METHODS,
  path: PATH_METHODS,
  int: NUMBER_METHODS,
  float: NUMBER_METHODS,
  bool: NUMBER_METHODS,
  none: NONE,
  function: NONE,
  class: NONE,
  instance: NONE,
  module: NONE,
  external: NONE,
  unknown: NONE,
};

/** A method of a value of a builtin type. */
export function methodOf(value: Value, name: string): Method | undefined {
  const methods = BY_KIND[value.kind];
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}
