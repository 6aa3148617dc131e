import { LIMITS, fail, charge, type Arguments, type Interpreter } from './interpreter.js';
import { iterate } from './iterate.js';
import { mayBeAbsent, merger, touch } from './journal.js';
import type { Method, Methods } from './method.js';
import { changed } from './changed.js';
import { spread } from './spread.js';
import { isNamespace, missingVariable, setItem } from './subscript.js';
import { toRepr } from './format.js';
import {
  dependingOn,
  derived,
  dictValue,
  listValue,
  markBirth,
  noneValue,
  strValue,
  tupleValue,
  unknownValue,
} from './values.js';
import { keyOf, type DictValue, type UnknownValue, type Value } from '../value.js';

function onDict(run: (py: Interpreter, dict: DictValue, args: Arguments) => Value): Method {
  return {
    run: (py, self, args) =>
      self.kind === 'dict' ? run(py, self, args) : unknownValue('the dictionary is not known', derived(args.at, self)),
  };
}

/** What a key stands for, or the outcome of `otherwise`; the environment variable asked for is kept either way. */
function lookUp(py: Interpreter, dict: DictValue, key: Value, args: Arguments, otherwise: () => Value): Value {
  const spelling = keyOf(key);
  if (spelling === undefined) {
    const open = spread(args.at, [key], ([one = key]) => lookUp(py, dict, one, args, otherwise));
    return open ?? unknownValue('the key is not known', derived(args.at, key));
  }
  const asked = dict === py.environ && key.kind === 'str' ? [key.value] : [];
  const found = dict.entries.get(spelling)?.value;
  if (found === undefined) {
    const fallback = otherwise();
    return dependingOn(fallback, asked);
  }
  if (!mayBeAbsent(found)) return dependingOn(found, asked);
  const doubt = { reason: found.kind === 'unknown' ? found.reason : '', origin: found.origin, complete: true };
  return merger(doubt)(found, otherwise());
}

function update(py: Interpreter, dict: DictValue, other: Value, args: Arguments): void {
  if (other.kind === 'dict') {
    charge(py, other.entries.size);
    touch(py, dict);
    for (const [spelling, { key, value }] of other.entries) {
      if (dict.entries.size >= LIMITS.items) break;
      const kept = dict.entries.get(spelling);
      const put =
        mayBeAbsent(value) && kept !== undefined && value.kind === 'unknown'
          ? merger({ reason: value.reason, origin: value.origin, complete: true })(value, kept.value)
          : value;
      dict.entries.set(spelling, { key, value: dependingOn(put, py.frame?.control ?? []) });
    }
    changed(dict, args.at, noneValue({ locations: [], variables: py.frame?.control ?? [] }));
    return;
  }
  const pairs = iterate(py, other, args.at);
  if (pairs === undefined) {
    touch(py, dict);
    const reason = other.kind === 'unknown' ? other.reason : 'what the dictionary was updated with is not known';
    const doubt = unknownValue(reason, derived(args.at, dict, other));
    if (isNamespace(dict)) replaceData(dict, doubt);
    else Object.assign(dict, doubt);
    return;
  }
  for (const pair of pairs) {
    const parts = iterate(py, pair, args.at);
    if (parts?.[0] !== undefined && parts[1] !== undefined) setItem(py, dict, parts[0], parts[1], args.at);
  }
}

/** Any name of the module may have been set: data is not known from here on, what is called stays what it was. */
function replaceData(namespace: DictValue, doubt: UnknownValue): void {
  for (const [spelling, { key, value }] of namespace.entries) {
    if (spelling.startsWith('s__') || spelling.startsWith('s#')) continue;
    if (['function', 'class', 'module', 'external', 'instance'].includes(value.kind)) continue;
    const [at] = doubt.origin.locations;
    const origin = at === undefined ? doubt.origin : derived(at, doubt, value);
    namespace.entries.set(spelling, { key, value: { ...doubt, origin } });
  }
  namespace.entries.set('s*', { key: strValue('*'), value: doubt });
}

export const DICT_METHODS: Methods = {
  get: onDict((py, dict, args) => {
    const key = args.positional[0] ?? args.keywords.get('key') ?? args.rest;
    if (key === undefined) return unknownValue('the key is not known', derived(args.at, dict));
    return lookUp(
      py,
      dict,
      key,
      args,
      () =>
        args.positional[1] ??
        args.keywords.get('default') ??
        noneValue(derived(args.at, { locations: [], variables: key.origin.variables })),
    );
  }),
  setdefault: onDict((py, dict, args) => {
    const [key, fallback = noneValue(derived(args.at))] = args.positional;
    if (key === undefined) return unknownValue('the key is not known', derived(args.at, dict));
    return lookUp(py, dict, key, args, () => {
      setItem(py, dict, key, fallback, args.at);
      return fallback;
    });
  }),
  pop: onDict((py, dict, args) => {
    const [key, fallback] = args.positional;
    if (key === undefined) return unknownValue('the key is not known', derived(args.at, dict));
    const outcome = lookUp(py, dict, key, args, () => {
      if (fallback !== undefined) return fallback;
      return dict === py.environ && key.kind === 'str'
        ? missingVariable(py, key.value, args.at)
        : fail(py, 'KeyError', `key ${toRepr(key) ?? ''} is not in the dictionary`, args.at, dict);
    });
    touch(py, dict);
    const spelling = keyOf(key);
    if (spelling !== undefined) dict.entries.delete(spelling);
    changed(dict, args.at);
    return outcome;
  }),
  popitem: onDict((py, dict, args) => {
    const last = [...dict.entries].at(-1);
    if (last === undefined) return fail(py, 'KeyError', 'the dictionary is empty', args.at, dict);
    touch(py, dict);
    dict.entries.delete(last[0]);
    return tupleValue([last[1].key, last[1].value], derived(args.at, dict));
  }),
  update: onDict((py, dict, args) => {
    for (const other of args.positional) update(py, dict, other, args);
    for (const [name, value] of args.keywords) setItem(py, dict, strValue(name), value, args.at);
    if (args.rest !== undefined) update(py, dict, args.rest, args);
    return noneValue();
  }),
  clear: onDict((py, dict, args) => {
    touch(py, dict);
    dict.entries.clear();
    changed(dict, args.at);
    return noneValue();
  }),
  copy: onDict((_, dict, args) =>
    markBirth({
      kind: 'dict',
      entries: new Map([...dict.entries].map(([key, one]) => [key, { ...one }])),
      origin: derived(args.at, dict),
    }),
  ),
  keys: view((one) => one.key),
  values: view((one) => one.value),
  items: view((one, args) => tupleValue([one.key, one.value], derived(args.at, one.value))),
  fromkeys: onDict((py, dict, args) => {
    const [keys, value = noneValue(derived(args.at))] = args.positional;
    const items = keys === undefined ? undefined : iterate(py, keys, args.at);
    if (items === undefined) return unknownValue('the keys are not known', derived(args.at, dict));
    return dictValue(
      items.map((key) => [key, value]),
      derived(args.at),
    );
  }),
};

function view(part: (one: { key: Value; value: Value }, args: Arguments) => Value): Method {
  return onDict((py, dict, args) => {
    charge(py, dict.entries.size);
    const entries = [...dict.entries.values()];
    const open = entries.find((one) => mayBeAbsent(one.value));
    if (open?.value.kind === 'unknown') return unknownValue(open.value.reason, derived(args.at, dict));
    return listValue(
      entries.map((one) => part(one, args)),
      derived(args.at, dict),
    );
  });
}
