import { load, members } from '../members.js';
import { harmless } from '../harmless.js';
import { didYouMean } from '../nearest.js';
import type { Report } from '../report/report.js';
import { UsageError } from '../usage-error.js';

/** The report of a format: any module of `report/` that exports one. */
export async function reportOf(format: string): Promise<Report> {
  const report = members('report').modules.includes(format) ? await reportIn(format) : undefined;
  if (report !== undefined) return report;
  const known = await formats();
  const meant = didYouMean(format, known) || `; known are ${known.join(', ')}`;
  throw new UsageError(harmless(`--format ${format}: no such format${meant}`));
}

/** Names of all formats. Loads every one of them, so for help and mistakes only. */
export async function formats(): Promise<string[]> {
  const names: string[] = [];
  for (const name of members('report').modules) if ((await reportIn(name)) !== undefined) names.push(name);
  return names;
}

async function reportIn(name: string): Promise<Report | undefined> {
  const module = (await load(`report/${name}`)) as { report?: Report };
  return module.report;
}
