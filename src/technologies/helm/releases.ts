import { applicationReleases } from './applications.js';
import { commandReleases } from './commands.js';
import { helmfileReleases } from './helmfile.js';
import type { Reading, Release } from './release.js';

/** Releases of one chart beyond this are left out. */
const MOST_OF_ONE = 30;

export interface Releases {
  /** As production has them, one of each name, by the folder of the chart. */
  readonly chosen: ReadonlyMap<string, readonly Release[]>;
  /** Files of values that any release takes. */
  readonly files: ReadonlySet<string>;
}

/** How the charts of a repository are installed, as far as anything in it says so. */
export function releasesOf(reading: Reading): Releases {
  const all = [...helmfileReleases(reading), ...applicationReleases(reading), ...commandReleases(reading)];
  const chosen = new Map<string, Release[]>();
  for (const release of all) {
    const before = chosen.get(release.chart) ?? [];
    chosen.set(release.chart, before);
    before.push(release);
  }
  for (const [chart, releases] of chosen) {
    const best = forProduction(releases);
    if (best.length === 0) chosen.delete(chart);
    else chosen.set(chart, best);
  }
  return { chosen, files: new Set(all.flatMap(({ files }) => files)) };
}

/** What is said to be for production; where nothing is, what is for nothing else. Of each name the first. */
function forProduction(releases: readonly Release[]): Release[] {
  const said = releases.filter(({ production }) => production === true);
  const open = releases.filter(({ production }) => production === undefined);
  const names = new Map<string, Release>();
  for (const release of said.length > 0 ? said : open) if (!names.has(release.name)) names.set(release.name, release);
  return [...names.values()].slice(0, MOST_OF_ONE);
}
