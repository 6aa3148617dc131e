import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import type { DeployedUnit } from '../deployed-unit.js';
import { cloudFunctionUnits } from './cloud-functions.js';
import { ecsModuleUnits } from './ecs-modules.js';
import { ecsUnits } from './ecs.js';
import { formationUnits } from './heroku.js';
import { kubernetesUnits } from './kubernetes-objects.js';
import { publishedUnits } from './published-applications.js';
import { scaleSetUnits } from './scale-sets.js';
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
  const makers = [
    ecsUnits,
    ecsModuleUnits,
    platformUnits,
    functionUnits,
    cloudFunctionUnits,
    machineUnits,
    scaleSetUnits,
  ];
  const others = [formationUnits, kubernetesUnits, publishedUnits];
  const units = [...makers, ...others].flatMap((unitsIn) => [...unitsIn(all)]);
  known.set(documents, units);
  return units;
}
