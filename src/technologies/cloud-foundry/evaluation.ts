import { readVariable } from '../../link/python/environment.js';
import type { Arguments, Interpreter } from '../../link/python/interpreter.js';
import { argument, nativeClass, type PythonModels } from '../../link/python/models.js';
import { derived, unknownValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

/** `AppEnv().get_credential(name, default)` of cfenv asks the services that are bound, then the environment. */
function credential(py: Interpreter, args: Arguments): Value {
  const name = argument(args, 1, 'name');
  const origin = derived(args.at, ...args.positional);
  if (name?.kind !== 'str') return unknownValue('which credential is asked for is not known', origin);
  const reason = `${name.value} may be a credential of a service that is bound`;
  return readVariable(py, name.value) ?? unknownValue(reason, { ...origin, variables: [name.value] });
}

const unseen = (_: Interpreter, args: Arguments): Value =>
  unknownValue('the services that are bound are not known', derived(args.at));

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>([
    ['cfenv.AppEnv', () => nativeClass('cfenv.AppEnv', { get_credential: credential, get_service: unseen })],
  ]),
  distributions: new Map([['cfenv', ['cfenv']]]),
};
