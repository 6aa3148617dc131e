import { gather } from '../audit.js';
import { readConfiguration } from '../configuration/read.js';
import { harmlessJson } from '../harmless.js';
import { compareLocations } from '../location.js';
import { environmentOf } from './environment.js';
import { print } from './print.js';
import { rootOf } from './root.js';
import { progressOn } from './terminal.js';

export interface GatherFlags {
  readonly config?: string;
  readonly env?: readonly string[];
  readonly envFile?: readonly string[];
  readonly quiet?: boolean;
}

/** Prints what was read and derived, before any rule looks at it. */
export async function facts(path: string, flags: GatherFlags): Promise<number> {
  const root = rootOf(path);
  const environment = environmentOf(flags.envFile, flags.env);
  const configuration = await readConfiguration(root, flags.config);
  const progress = progressOn(process.stderr, flags.quiet);
  const found = await gather({ root, configuration, environment, progress: progress.stage }).finally(progress.end);
  const content = {
    facts: [...found.facts].sort(
      (a, b) => compareLocations(a.location, b.location) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0),
    ),
    // The workload stands among the facts already.
    components: found.model.components.map((component) => ({ ...component, workload: undefined })),
    headroom: found.model.headroom,
    notifications: found.model.notifications,
  };
  await print(harmlessJson(`${JSON.stringify(content, null, 2)}\n`));
  return 0;
}
