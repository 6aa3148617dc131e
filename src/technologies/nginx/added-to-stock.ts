import type { Inventory } from '../../discover/inventory.js';
import { deploys } from '../deploys.js';
import { isMain, type NginxDocument } from './scope.js';

const IMAGE_FILE = /(?:^|\/)(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$|\.[Dd]ockerfile$/;
/** The images that nginx's makers build, whose `nginx.conf` has gzip as a comment: https://github.com/nginx/nginx/blob/master/conf/nginx.conf */
const STOCK =
  /^FROM\s+(?:--platform=\S+\s+)?(?:[\w.:-]+\/)*(?:nginx|nginx-unprivileged)(?::[\w.-]+)?(?:@\S+)?\s*(?:$|\sAS\s)/i;
/** Files beside it are included; one in its place, or a change of it, says what nobody sees here. */
const ADDED = /^(?:COPY|ADD)\s.*\s\/etc\/nginx\/(?:conf\.d|templates)(?:\/|\s*$)/i;
const CHANGED = /nginx\.conf\b(?!\.)|\bgzip\b|\/etc\/nginx\/?\s*$/im;

/**
 * Files that the last stage of an image of the repository lays beside the configuration that nginx comes with. Whoever
 * deploys that image need not be in the repository.
 */
export function addedToStock(documents: readonly NginxDocument[], inventory: Inventory): readonly NginxDocument[] {
  // Where there is a configuration of one's own for `http`, it may be mounted over that of the image.
  if (documents.length === 0 || documents.some(isMain)) return [];
  const copied = new Set<string>();
  for (const { path } of inventory.files) {
    if (!IMAGE_FILE.test(path) || !deploys(path)) continue;
    const lines = (inventory.read(path) ?? '').split('\n');
    const last = lines.findLastIndex((line) => /^FROM\s/i.test(line));
    if (last < 0 || !STOCK.test((lines[last] ?? '').trimEnd())) continue;
    const stage = lines.slice(last + 1);
    const added = stage.filter((line) => ADDED.test(line));
    if (CHANGED.test(stage.filter((line) => !added.includes(line)).join('\n'))) continue;
    for (const line of added) for (const word of line.split(/\s+/).slice(1, -1)) copied.add(word.replace(/^\.?\//, ''));
  }
  return documents.filter(
    ({ path }) => deploys(path) && [...copied].some((one) => one !== '' && (path === one || path.endsWith(`/${one}`))),
  );
}
