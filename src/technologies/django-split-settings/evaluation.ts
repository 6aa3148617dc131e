import { insideRepository, kindOfPath } from '../../link/python/files.js';
import { globPaths } from '../../link/python/glob.js';
import { noteGap, type Arguments, type Interpreter } from '../../link/python/interpreter.js';
import { functionsOf, textOf } from '../../link/python/library.js';
import type { PythonModels } from '../../link/python/models.js';
import { directoryOf, joinPath, normalPath } from '../../link/python/path-text.js';
import { derived, externalValue, noneValue } from '../../link/python/values.js';
import { REPOSITORY, type Value } from '../../link/value.js';

/** `include('components/*.py', optional('local.py'))`: runs files in the namespace of the caller, in the order of their names. */
function include(py: Interpreter, args: Arguments): Value {
  const { frame } = py;
  if (frame === undefined) return noneValue();
  const folder = directoryOf(`${REPOSITORY}/${frame.module.path}`);
  for (const given of args.positional) {
    const isOptional = given.kind === 'external' && given.name === 'split_settings.tools.optional';
    const wanted = given.kind === 'external' ? given.call?.args[0] : given;
    const pattern = textOf(wanted);
    if (pattern === undefined) {
      if (wanted?.kind !== 'none' && wanted !== undefined) noteGap(py, 'which file is included is not known', args.at);
      continue;
    }
    const full = normalPath(joinPath(folder, pattern));
    const paths = /[*?[]/.test(full) ? globPaths(py, '/', full) : kindOfPath(py, full) === 'file' ? [full] : [];
    if (paths.length === 0 && !isOptional) noteGap(py, `${pattern} is included, and is not in the repository`, args.at);
    for (const path of paths) {
      const inner = insideRepository(py, path);
      if (inner !== undefined)
        py.runFile(inner, { ...frame, kind: 'module', locals: frame.module.namespace, outer: undefined }, args.at);
    }
  }
  return noneValue();
}

export const models: Partial<PythonModels> = {
  names: new Map<string, (py: Interpreter) => Value>(
    functionsOf('split_settings.tools', {
      include,
      optional: (_, args) =>
        externalValue('split_settings.tools.optional', derived(args.at), {
          args: args.positional,
          keywords: args.keywords,
        }),
    }),
  ),
  distributions: new Map([['split_settings', ['django-split-settings']]]),
};
