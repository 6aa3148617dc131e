import { unknown, type Location, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import { get, pair, place, string } from '../../parse/yaml/read.js';
import type { Service } from './service.js';

/** Megabytes of runtimes of the second generation: https://cloud.google.com/appengine/docs/standard#second-gen-runtimes */
const CLASSES: Readonly<Record<string, number>> = {
  ...{ F1: 384, F2: 768, F4: 1_536, F4_1G: 3_072 },
  ...{ B1: 384, B2: 768, B4: 1_536, B4_1G: 3_072, B8: 3_072 },
};

/** What an instance may take: that of its class, or what is asked for on machines of its own. */
export function memoryOf(
  document: Document,
  { root, flexible }: Service,
): { limit: Maybe<number>; location: Location } | undefined {
  const written = flexible ? pair(get(root, 'resources'), 'memory_gb') : pair(root, 'instance_class');
  const text = string(written?.value);
  if (written === undefined || text === undefined) return undefined;
  const location = locate(document, place(written));
  const known = flexible
    ? /^\d{1,4}(?:\.\d{1,3})?$/.test(text)
      ? Math.round(Number(text) * 1_024)
      : undefined
    : Object.hasOwn(CLASSES, text)
      ? CLASSES[text]
      : undefined;
  return { limit: known ?? unknown('its size is none that is known here'), location };
}
