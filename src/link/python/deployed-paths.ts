import type { Inventory } from '../../discover/inventory.js';

/** Files that say what containers hold: built, mounted, or made when they start. */
const TELLING =
  /(?:^|\/)(?:Dockerfile[^/]*|Containerfile[^/]*|[^/]*\.dockerfile|[^/]*compose[^/]*\.ya?ml|[^/]*\.sh|[^/]*entrypoint[^/]*|[A-Z]\w*file|values[^/]*\.ya?ml)$|(?:^|\/)(?:k8s|charts?|templates|deploy|deployments?|manifests?)\/.*\.ya?ml$/i;
/** More of them are not read. */
const MOST = 300;

const texts = new WeakMap<Inventory, readonly string[]>();

/** Whether what deploys the program names a path of the container, so that it may well be there. */
export function isMentioned(inventory: Inventory, path: string): boolean {
  if (path.length < 3) return false;
  let known = texts.get(inventory);
  if (known === undefined) {
    known = inventory.files
      .filter((file) => TELLING.test(file.path))
      .slice(0, MOST)
      .flatMap((file) => inventory.read(file.path) ?? []);
    texts.set(inventory, known);
  }
  return known.some((text) => {
    for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1))
      if (!/[\w./}-]/.test(text[at - 1] ?? '') && !/[\w.-]/.test(text[at + path.length] ?? '')) return true;
    return false;
  });
}
