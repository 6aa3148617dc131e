import type { Inventory } from '../../discover/inventory.js';
import type { Location, Maybe } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { Audience } from '../audience.js';
import { maybe, numberOf, textOf, type Data } from '../evaluated.js';
import { everything } from './module.js';
import type { Resource } from './resource.js';
import { rootsOf } from './roots.js';
import type { View } from './view.js';

/** A resource with the root that applies it. */
export interface Applied extends Resource {
  readonly audience: Audience;
  /** Unique in the repository: `infra: aws_ecs_service.web`. */
  readonly unit: string;
  /** Of the same root. */
  readonly beside: readonly Applied[];
}

const MOST_RESOURCES = 5_000;
const known = new WeakMap<readonly Document[], readonly Applied[]>();

/** All resources that anybody applies. */
export function resourcesOf(documents: readonly Document[], inventory: Inventory): readonly Applied[] {
  const found = known.get(documents);
  if (found !== undefined) return found;
  const all: Applied[] = [];
  for (const { module, path, audience } of rootsOf(documents, inventory)) {
    const beside: Applied[] = [];
    for (const resource of everything(module)) {
      if (all.length >= MOST_RESOURCES) break;
      const unit = `${path === '' ? '' : `${path}: `}${resource.address}`;
      const applied = { ...resource, audience, unit, beside };
      beside.push(applied);
      all.push(applied);
    }
  }
  known.set(documents, all);
  return all;
}

/** The resource of one of these types that a value is taken of, the nearest first. */
export function referred(
  data: Data | undefined,
  { beside }: Applied,
  ...types: readonly string[]
): Applied | undefined {
  for (const address of data?.from.resources ?? []) {
    const found = beside.find((one) => one.address === address && types.includes(one.type));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A property as facts have it; what is not set has its default. */
export function numberIn(view: View, name: string, byDefault: number): Maybe<number> {
  const data = view.get(name);
  return data === undefined || (data.kind === 'plain' && data.value === null) ? byDefault : maybe(data, numberOf);
}

export function knownText(view: View | undefined, name: string): string | undefined {
  return textOf(view?.get(name));
}

/** Where the value of an attribute was set: a default, a file of values, or where it is written. */
export function setAt(view: View, name: string): Location {
  return view.get(name)?.from.places[0] ?? view.at(name);
}
