import type { Inventory } from '../../discover/inventory.js';
import { unknown, type Maybe } from '../../location.js';
import { deploys } from '../deploys.js';
import { isMain, type NginxDocument } from './scope.js';

const IMAGE_FILE = /(?:^|\/)(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$|\.[Dd]ockerfile$/;
/** The images that nginx's makers build, whose `nginx.conf` has gzip as a comment: https://github.com/nginx/nginx/blob/master/conf/nginx.conf */
const STOCK =
  /^FROM\s+(?:--platform=\S+\s+)?(?:[\w.:-]+\/)*(?:nginx|nginx-unprivileged)(?::[\w.-]+)?(?:@\S+)?\s*(?:$|\sAS\s)/i;
/** Files beside it are included; one in its place, or a change of it, says what nobody sees here. */
const ADDED = /^(?:COPY|ADD)\s.*\s\/etc\/nginx\/(?:conf\.d|templates)(?:\/|\s*$)/i;
const CHANGED = /nginx\.conf\b(?!\.)|\bgzip\b|\/etc\/nginx\/?\s*$/im;
/** Templates of operators' tools that bring a configuration of their own: an ingress, a chart, a role. */
const ELSEWHERE = /(?:^|\/)(?:charts?|helm|roles|ingress)\//i;

type Types = 'html-only' | 'none';

/** A file that is laid beside the configuration that nginx comes with, and what that one compresses. */
export interface Beside {
  readonly document: NginxDocument;
  readonly types: Maybe<Types>;
}

/** Files of servers in a repository that has no configuration of one's own for `http`. */
export function besideStock(documents: readonly NginxDocument[], inventory: Inventory): readonly Beside[] {
  // One of those may be mounted over that of the image.
  if (
    documents.length === 0 ||
    documents.some(isMain) ||
    inventory.files.some(({ path }) => isMainFile(path, inventory))
  )
    return [];
  const { copied, changed } = copiedFiles(inventory);
  const ofDistribution = unknown<Types>('whether nginx is that of its makers or of a distribution is not told', [
    'none',
    'html-only',
  ]);
  const seen = new Set<string>();
  return documents.flatMap((document): readonly Beside[] => {
    const { path } = document;
    // A template and what was made of it are one configuration.
    const name = path.replace(/\.(?:template|tmpl|tpl|erb|j2|in)$/, '');
    if (!deploys(path) || ELSEWHERE.test(path) || seen.has(name)) return [];
    seen.add(name);
    if ([...copied].some((one) => one !== '' && (path === one || path.endsWith(`/${one}`))))
      return [{ document, types: 'none' }];
    return changed ? [] : [{ document, types: ofDistribution }];
  });
}

/** A file that only includes others is not read by itself. */
function isMainFile(path: string, inventory: Inventory): boolean {
  return (
    /(?:^|\/)[^/]*nginx[^/]*$|\.conf(?:\.\w{1,12})?$/i.test(path) &&
    /^[ \t]*(?:http|events)[ \t\n]*\{/m.test(inventory.read(path) ?? '')
  );
}

/** What the last stages of the repository's images lay beside it, and whether one of them changes the configuration itself. Whoever deploys such an image need not be in the repository. */
function copiedFiles(inventory: Inventory): { copied: ReadonlySet<string>; changed: boolean } {
  const copied = new Set<string>();
  let changed = false;
  for (const { path } of inventory.files) {
    if (!IMAGE_FILE.test(path) || !deploys(path)) continue;
    const lines = (inventory.read(path) ?? '').split('\n');
    const last = lines.findLastIndex((line) => /^FROM\s/i.test(line));
    const stage = lines.slice(last + 1);
    const added = stage.filter((line) => ADDED.test(line));
    if (CHANGED.test(stage.filter((line) => !added.includes(line)).join('\n'))) {
      changed = true;
      continue;
    }
    if (last < 0 || !STOCK.test((lines[last] ?? '').trimEnd())) continue;
    for (const line of added) for (const word of line.split(/\s+/).slice(1, -1)) copied.add(word.replace(/^\.?\//, ''));
  }
  return { copied, changed };
}
