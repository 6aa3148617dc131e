/**
 * The day in UTC, `2026-11-21`. SOURCE_DATE_EPOCH sets it, so that a run can be repeated to the byte
 * (https://reproducible-builds.org/specs/source-date-epoch/).
 */
export function currentDay(): string {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  const set = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
  return set.toISOString().slice(0, 10);
}
