import { load, members } from '../members.js';
import { harmless } from '../harmless.js';
import { didYouMean } from '../nearest.js';
import type { Prepare, Report } from '../report/report.js';
import { UsageError } from '../usage-error.js';

/** The report of a format: any module of `report/` that exports one. */
export async function reportOf(format: string): Promise<Report> {
  const { report, prepare } = members('report').modules.includes(format) ? await moduleOf(format) : {};
  if (report !== undefined) {
    await prepare?.();
    return report;
  }
  const known = await formats();
  const meant = didYouMean(format, known) || `; known are ${known.join(', ')}`;
  throw new UsageError(harmless(`--format ${format}: no such format${meant}`));
}

/** Names of all formats. Loads every one of them, so for help and mistakes only. */
export async function formats(): Promise<string[]> {
  const names: string[] = [];
  for (const name of members('report').modules) if ((await moduleOf(name)).report !== undefined) names.push(name);
  return names;
}

async function moduleOf(name: string): Promise<{ report?: Report; prepare?: Prepare }> {
  return (await load(`report/${name}`)) as { report?: Report; prepare?: Prepare };
}
