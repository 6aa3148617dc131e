import { gather } from '../audit.js';
import { readConfiguration } from '../configuration/read.js';
import { harmlessJson } from '../harmless.js';
import { load, members } from '../members.js';
import { settingsPage } from './settings-page.js';
import type { SettingsModule, SettingsReport } from '../technologies/settings-report.js';
import { environmentOf } from './environment.js';
import type { GatherFlags } from './facts.js';
import { print } from './print.js';
import { rootOf } from './root.js';
import { progressOn, terminalOptions } from './terminal.js';

/** Prints the settings as the code would see them in production, with the place that last set each. */
export async function settings(
  path: string,
  flags: GatherFlags & { readonly format: 'text' | 'json'; readonly color: boolean },
): Promise<number> {
  const root = rootOf(path);
  const environment = environmentOf(flags.envFile, flags.env);
  const configuration = await readConfiguration(root, flags.config);
  const progress = progressOn(process.stderr, flags.quiet);
  const { programs } = await gather({ root, configuration, environment, progress: progress.stage }).finally(
    progress.end,
  );
  const modules: SettingsModule[] = [];
  for (const report of await settingsReports()) modules.push(...report(programs));
  await print(
    flags.format === 'json'
      ? harmlessJson(`${JSON.stringify({ modules }, null, 2)}\n`)
      : settingsPage(modules, terminalOptions(process.stdout, flags.color)),
  );
  return 0;
}

async function settingsReports(): Promise<SettingsReport[]> {
  const found: SettingsReport[] = [];
  for (const id of members('technologies').folders) {
    if (!members(`technologies/${id}`).modules.includes('settings-report')) continue;
    const module = (await load(`technologies/${id}/settings-report`)) as { settings: SettingsReport };
    found.push(module.settings);
  }
  return found;
}
