import { SCOPES } from '../../facts/fact.js';
import { isUnknown, unknown } from '../../location.js';
import type { ComponentProperties, Station } from '../model.js';

/** What the state that a component cannot do without means for it: the ceiling against the reach, then against the target. */
export function standingOf(properties: Partial<ComponentProperties>): NonNullable<Station['standing']> {
  const { reach, ceiling, target, single, singleByDesign } = properties;
  if (ceiling === undefined) return unknown('how far it can grow is not told');
  if (isUnknown(ceiling.value)) return unknown(ceiling.value.unknown);
  const can = SCOPES.indexOf(ceiling.value);
  if (reach !== undefined && !isUnknown(reach.value) && can < SCOPES.indexOf(reach.value)) return 'broken';
  if (target !== undefined && !isUnknown(target.value) && can < SCOPES.indexOf(target.value))
    return single?.value === true || singleByDesign?.value === true ? 'tolerated' : 'blocking';
  return 'fits';
}
