import type { Inventory } from '../discover/inventory.js';
import { textIn } from './javascript/json.js';
import { manifestsOf } from './javascript/manifests.js';

/** Names that many repositories give themselves, and that tell nothing. */
const NOBODY =
  /^(?:root|app|apps?|application|web|website|api|backend|server|client|frontend|monorepo|repo|source|src|project|main|node|nodejs|service|starter|template|example|demo|undefined)$/;

/** What a repository calls itself: in the manifests at its root, lower case. */
export function ownNames(inventory: Inventory): ReadonlySet<string> {
  const manifest = manifestsOf(inventory).at('');
  const name = manifest?.name ?? '';
  const repository = textIn(manifest?.json, 'repository', 'url') ?? textIn(manifest?.json, 'repository') ?? '';
  const python = /^\[(?:project|tool\.poetry)\][^[]*?^name\s*=\s*["']([\w.-]+)["']/ms.exec(
    (inventory.read('pyproject.toml') ?? '').slice(0, 20_000),
  );
  const names = [
    name.replace(/^@[^/]*\//, ''),
    // A scope is the name of the project, or of who makes it.
    /^@([^/]+)\//.exec(name)?.[1],
    /([^/:]+?)(?:\.git)?$/.exec(repository)?.[1],
    python?.[1],
  ];
  return new Set(
    names.flatMap((one) => {
      const plain = one?.toLowerCase() ?? '';
      return plain.length < 3 || NOBODY.test(plain) ? [] : [plain];
    }),
  );
}
