import { isUnknown } from '../../location.js';
import { noneValue, strValue, unknownValue } from '../python/values.js';
import type { EnvironmentVariable, Launch } from '../program.js';
import type { Origin, Value } from '../value.js';

/** Set on every machine, to what only that machine knows. */
const MACHINE = new Set(['HOME', 'PATH', 'HOSTNAME', 'USER', 'PWD', 'SHELL', 'TMPDIR', 'LANG']);

/**
 * A variable as the program finds it: what the line that starts it sets, what the deployment sets, else nothing, so that the
 * default of the code counts.
 */
export function readEnvironment(
  launch: Launch,
  own: ReadonlyMap<string, EnvironmentVariable>,
  loaded: (name: string) => Value | undefined,
): (name: string) => Value {
  return (name) => {
    const variable = own.get(name) ?? launch.environment.get(name);
    const origin: Origin = {
      locations: variable?.location === undefined ? [] : [variable.location],
      variables: [name],
    };
    if (variable !== undefined) {
      if (!isUnknown(variable.value)) return strValue(variable.value, origin);
      return unknownValue(
        `environment variable ${name}: ${variable.value.unknown}`,
        origin,
        variable.value.candidates?.map((one) => strValue(one, origin)),
      );
    }
    if (MACHINE.has(name)) return unknownValue(`environment variable ${name} is up to the machine`, origin);
    const found = loaded(name);
    if (found !== undefined) return found;
    if (launch.openEnvironment !== undefined)
      return unknownValue(`environment variable ${name}: ${launch.openEnvironment}`, origin);
    // Whoever runs it in production is told everywhere to set it; many forget.
    if (name === 'NODE_ENV')
      return unknownValue('nothing here sets NODE_ENV', origin, [strValue('production', origin), noneValue(origin)]);
    return noneValue(origin);
  };
}
