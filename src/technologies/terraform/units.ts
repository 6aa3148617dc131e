import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import type { DeployedUnit } from '../deployed-unit.js';
import { ecsUnits } from './ecs.js';
import { functionUnits } from './functions-deployed.js';
import { machineUnits } from './machines.js';
import { platformUnits } from './platforms.js';
import { resourcesOf } from './resources.js';

const known = new WeakMap<readonly Document[], readonly DeployedUnit[]>();

/** Everything of the project's own that is run. */
export function unitsOf(documents: readonly Document[], inventory: Inventory): readonly DeployedUnit[] {
  const found = known.get(documents);
  if (found !== undefined) return found;
  const all = resourcesOf(documents, inventory);
  const units = [...ecsUnits(all), ...platformUnits(all), ...functionUnits(all), ...machineUnits(all)];
  known.set(documents, units);
  return units;
}
