import { readConfiguration } from '../configuration/read.js';
import { harmlessJson } from '../harmless.js';
import { isUnknown } from '../location.js';
import { simulate as simulateFolder, type Simulation } from '../simulate.js';
import { environmentOf } from './environment.js';
import type { GatherFlags } from './facts.js';
import { print } from './print.js';
import { rootOf } from './root.js';
import { simulationPage } from './simulation-page.js';
import { progressOn, terminalOptions } from './terminal.js';

export interface SimulateFlags extends GatherFlags {
  readonly instances: number;
  readonly component?: readonly string[];
  readonly format: 'text' | 'json';
  readonly color: boolean;
}

/** Prints what breaks when components run in so many instances; exit status 1 where something does. */
export async function simulate(path: string, flags: SimulateFlags): Promise<number> {
  const root = rootOf(path);
  const environment = environmentOf(flags.envFile, flags.env);
  const configuration = await readConfiguration(root, flags.config);
  const progress = progressOn(process.stderr, flags.quiet);
  const found = await simulateFolder({
    root,
    configuration,
    environment,
    progress: progress.stage,
    instances: flags.instances,
    only: flags.component ?? [],
  }).finally(progress.end);
  await print(
    flags.format === 'json'
      ? harmlessJson(`${JSON.stringify(plain(found), null, 2)}\n`)
      : simulationPage(found, terminalOptions(process.stdout, flags.color)),
  );
  return found.breaks.length > 0 ? 1 : 0;
}

function plain({ instances, components, breaks, holds, undecided }: Simulation) {
  return {
    instances,
    components: components.map(({ component: { name, properties }, today }) => ({
      name,
      today: isUnknown(today) ? { unknown: today.unknown } : today,
      canMultiply: properties.canMultiply.value,
    })),
    breaks: breaks.map(({ from, result }) => ({ from, ...result })),
    holds,
    undecided,
  };
}
