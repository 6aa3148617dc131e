import { instanceOf, type Arguments } from './interpreter.js';
import { nativeClass, nativeFunction, type Native } from './models.js';
import { derived, recordValue, tupleValue, unknownValue } from './values.js';
import type { Value } from '../value.js';

const MANAGER = nativeClass('contextlib.manager', {});

/** `@contextmanager`: calling the generator function gives an object that `with` runs the function for. */
export const contextmanager: Native = (_, args) => {
  const [generator] = args.positional;
  if (generator?.kind !== 'function') return unknownValue('the context manager is not known', derived(args.at));
  return nativeFunction(generator.name, (__, given) =>
    instanceOf(MANAGER, derived(given.at), [
      ['#generator', generator],
      ['#positional', tupleValue([...given.positional])],
      ['#keywords', recordValue(given.keywords)],
    ]),
  );
};

/** The generator function of such an object, and what to call it with. */
export function managerOf(
  context: Value,
): (Pick<Arguments, 'positional' | 'keywords'> & { readonly function: Value }) | undefined {
  if (context.kind !== 'instance' || context.class !== MANAGER) return undefined;
  const generator = context.attributes.get('#generator');
  const positional = context.attributes.get('#positional');
  const keywords = context.attributes.get('#keywords');
  if (generator === undefined || positional?.kind !== 'tuple' || keywords?.kind !== 'dict') return undefined;
  const named = new Map<string, Value>();
  for (const { key, value } of keywords.entries.values()) if (key.kind === 'str') named.set(key.value, value);
  return { function: generator, positional: positional.items, keywords: named };
}
