const MEGABYTE = 1024 * 1024;

/** Letters that count in steps of 1,024, as most programs have it. */
export const BINARY: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1024],
  ['kb', 1024],
  ['m', MEGABYTE],
  ['mb', MEGABYTE],
  ['g', 1024 * MEGABYTE],
  ['gb', 1024 * MEGABYTE],
]);

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/; with `i` in steps of 1,024, else of 1,000. */
export const QUANTITY: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['ki', 1024],
  ['mi', MEGABYTE],
  ['gi', 1024 * MEGABYTE],
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9],
]);

/** Where a number without a letter counts megabytes: sizes of tasks, functions and machines of clouds. */
export const IN_MEGABYTES: ReadonlyMap<string, number> = new Map([
  ...BINARY,
  ...QUANTITY,
  ['', MEGABYTE],
  ['m', MEGABYTE],
]);

/** Megabytes of 1,048,576 bytes, rounded; undefined for what is no size. */
export function megabytesOf(text: string, units: ReadonlyMap<string, number>): number | undefined {
  const [, digits, unit = ''] = /^\s*(\d{1,15}(?:\.\d{1,6})?)\s{0,3}([a-z]{0,3})\s*$/i.exec(text) ?? [];
  const factor = units.get(unit.toLowerCase());
  return digits === undefined || factor === undefined ? undefined : Math.round((Number(digits) * factor) / MEGABYTE);
}
