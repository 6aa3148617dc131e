import type { Engine } from './engine.js';
import type { Placed } from './javascript-program.js';
import { REPOSITORY } from '../value.js';

/** The files that a computed specifier of require() or import() stands for. */
export function computedPaths(js: Engine, place: Placed): readonly string[] {
  const value = js.evaluate(place, undefined);
  const texts = (value.kind === 'unknown' ? (value.candidates ?? []) : [value]).flatMap((one) =>
    one.kind === 'str' ? [one.value] : [],
  );
  return texts.flatMap((text) => {
    const target = text.startsWith(`${REPOSITORY}/`)
      ? js.graph.resolver.file(text.slice(REPOSITORY.length + 1))
      : js.graph.target(text, place.module.path);
    const path = typeof target === 'string' ? target : target?.kind === 'file' ? target.path : undefined;
    return path === undefined ? [] : [path];
  });
}
