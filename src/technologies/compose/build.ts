import type { FactOf } from '../../facts/fact.js';
import type { workload } from '../../facts/workload.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { isScalar } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { textOf } from './interpolated.js';
import { field, type Service } from './services.js';

type Build = Pick<FactOf<typeof workload>['properties'], 'buildContext' | 'dockerfile' | 'buildTarget'>;

/** What `build` says, in its short and its long form. */
export function buildOf(service: Service): Build {
  const found = field(service, 'build');
  if (found === undefined) return {};
  const isShort = isScalar(found.value);
  const context = textOf(isShort ? found.value : field(service, 'build', 'context')?.value) ?? '.';
  if (isUnknown(context)) return { buildContext: context, dockerfile: context };
  if (/^(?:https?:\/\/|git@|github\.com\/|ssh:\/\/)/.test(context)) {
    const elsewhere = unknown('it is built from another repository');
    return { buildContext: elsewhere, dockerfile: elsewhere };
  }
  const said = isShort ? found : (field(service, 'build', 'context') ?? found);
  const buildContext = joinPath(folderOf(said.document.path), context);
  if (isShort) return { buildContext, dockerfile: joinPath(buildContext, 'Dockerfile') };
  const file = textOf(field(service, 'build', 'dockerfile')?.value) ?? 'Dockerfile';
  const target = textOf(field(service, 'build', 'target')?.value);
  // An inline build file has no path of its own.
  const dockerfile = field(service, 'build', 'dockerfile_inline') === undefined ? under(buildContext, file) : undefined;
  return {
    buildContext,
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(target === undefined ? {} : { buildTarget: target }),
  };
}

function under(context: string, file: Maybe<string>): Maybe<string> {
  return isUnknown(file) ? file : joinPath(context, file);
}
