import type { Inventory } from '../discover/inventory.js';
import { textIn } from './javascript/json.js';
import { manifestsOf } from './javascript/manifests.js';

/** Names that many repositories give themselves, and that tell nothing. */
const NOBODY =
  /^(?:root|app|apps?|application|web|website|api|backend|server|client|frontend|monorepo|repo|source|src|project|main|node|nodejs|service|starter|template|example|demo|undefined)$/;

/** Longer build instructions are not looked through. */
const LONGEST = 60_000;

/** Where the image of the repository says that its source is: https://github.com/opencontainers/image-spec/blob/main/annotations.md */
const SOURCE =
  /^[ \t]{0,20}(?:LABEL[ \t]{1,20})?["']?org\.opencontainers\.image\.source["']?[ \t]{0,20}[= \t][ \t]{0,20}["']?https?:\/\/[^\s"'$]{1,200}\/([\w.-]{1,100})["']?[ \t]{0,20}\\?[ \t\r]*$/m;

/** What a repository calls itself: in the manifests at its root, and in what its image says of itself, lower case. */
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
    SOURCE.exec((inventory.read('Dockerfile') ?? '').slice(0, LONGEST))?.[1]?.replace(/\.git$/, ''),
  ];
  return new Set(
    names.flatMap((one) => {
      const plain = one?.toLowerCase() ?? '';
      return plain.length < 3 || NOBODY.test(plain) ? [] : [plain];
    }),
  );
}
