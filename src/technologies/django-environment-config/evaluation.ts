import type { Interpreter } from '../../link/python/interpreter.js';
import { functionsOf } from '../../link/python/library.js';
import type { PythonModels } from '../../link/python/models.js';
import { derived, unknownValue } from '../../link/python/values.js';
import type { Value } from '../../link/value.js';

/**
 * django-environment-config (https://pypi.org/project/django-environment-config/) keeps settings in classes; `classproperty`
 * makes a setting of what a method gives.
 */
export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>(
    functionsOf('env_config.decorators', {
      classproperty: (_, args) => args.positional[0] ?? unknownValue('the method is not known', derived(args.at)),
    }),
  ),
};
