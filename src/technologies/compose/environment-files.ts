import { isUnknown } from '../../location.js';
import { get, isScalar, items, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { interpolated } from './interpolated.js';
import { fieldInAll, type Service } from './services.js';

/** The files of variables that a service is handed, from the root of the repository. */
export function environmentFiles(service: Service): string[] {
  return fieldInAll(service, 'env_file').flatMap(({ node, document }) =>
    (isScalar(node) ? [node] : items(node)).flatMap((item) => {
      const path = interpolated(string(item) ?? string(get(item, 'path')) ?? '');
      return isUnknown(path) || path === ''
        ? []
        : [joinPath(path.startsWith('/') ? '' : folderOf(document.path), path)];
    }),
  );
}
