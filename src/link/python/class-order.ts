import type { ClassValue, Value } from '../value.js';

/** The classes in the order in which attributes are looked up (C3); bases that are not known stand in it as they are. */
export function resolutionOrder(type: ClassValue, depth = 0): readonly Value[] {
  const known = orders.get(type);
  if (known !== undefined) return known;
  if (depth > 30) return [type];
  const lists = type.bases.map((base) => (base.kind === 'class' ? [...resolutionOrder(base, depth + 1)] : [base]));
  lists.push([...type.bases]);
  const order: Value[] = [type];
  let rest = lists.filter((list) => list.length > 0);
  while (rest.length > 0 && order.length < 200) {
    const next = rest
      .map((list) => list[0])
      .find((head) => head !== undefined && !rest.some((list) => list.indexOf(head, 1) > 0));
    // An order that Python would refuse: take what comes first.
    const chosen = next ?? rest[0]?.[0];
    if (chosen === undefined) break;
    order.push(chosen);
    rest = rest.map((list) => list.filter((one) => one !== chosen)).filter((list) => list.length > 0);
  }
  orders.set(type, order);
  return order;
}

const orders = new WeakMap<ClassValue, readonly Value[]>();

export function isSubclass(type: ClassValue, other: Value): boolean | undefined {
  let open = false;
  for (const base of resolutionOrder(type)) {
    if (base === other) return true;
    if (base.kind === 'class' && other.kind === 'class' && base.qualifiedName === other.qualifiedName) return true;
    if (base.kind !== 'class') {
      if (base.kind === 'external' && other.kind === 'external' && base.name === other.name) return true;
      open = true;
    }
  }
  if (other.kind === 'class' && other.qualifiedName === 'builtins.object') return true;
  return open ? undefined : false;
}

/** Looks an attribute up in a class and its bases. `external` is the base that may hold it where nothing known does. */
export function findInClass(type: ClassValue, name: string, after?: ClassValue): { found?: Value; external?: Value } {
  let external: Value | undefined;
  let started = after === undefined;
  for (const base of resolutionOrder(type)) {
    if (!started) {
      if (base === after) started = true;
      continue;
    }
    if (base.kind !== 'class') {
      external ??= base;
      continue;
    }
    const found = base.attributes.get(name);
    if (found !== undefined) return external === undefined ? { found } : { found, external };
  }
  return external === undefined ? {} : { external };
}
