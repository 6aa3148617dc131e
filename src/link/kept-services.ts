import type { Inventory } from '../discover/inventory.js';
import { program } from '../parse/shell/program.js';
import type { Mount } from './mount.js';

/**
 * Programs that keep services running, each in a folder with a script `run`: s6 and its overlay
 * (https://github.com/just-containers/s6-overlay), runit, and images that are built on them. They begin as the first of a container.
 */
const KEEPERS: readonly { readonly name: RegExp; readonly folders: readonly string[] }[] = [
  { name: /^init$/, folders: ['/etc/s6-overlay/s6-rc.d', '/etc/services.d', '/etc/service'] },
  { name: /^(?:my_init|runit-init|runit|runsvdir-start)$/, folders: ['/etc/service', '/etc/sv'] },
];

/** The scripts of the services that a command keeps running, as the container names them; undefined where it keeps none. */
export function keptServices(
  words: readonly string[],
  { inventory, mounts }: { readonly inventory: Inventory; readonly mounts: readonly Mount[] },
): string[] | undefined {
  const { name, args } = program(words);
  const given = /^(?:s6-svscan|runsvdir)$/.test(name) ? args.filter((word) => word.startsWith('/')).slice(-1) : [];
  const folders = given.length > 0 ? given : KEEPERS.find((one) => one.name.test(name))?.folders;
  // `/init` of a container; what is called so in a folder of the project is something else.
  if (folders === undefined || (name === 'init' && !words.includes('/init'))) return undefined;
  const runs = inventory.files.filter(({ path }) => path.endsWith('/run')).slice(0, 200);
  const found = new Set<string>();
  for (const { path } of runs)
    for (const mount of mounts) {
      if (mount.path !== '' && !path.startsWith(`${mount.path}/`)) continue;
      const inner = mount.path === '' ? path : path.slice(mount.path.length + 1);
      const inContainer = `${mount.containerPath.replace(/\/+$/, '')}/${inner}`;
      const folder = inContainer.slice(0, inContainer.lastIndexOf('/', inContainer.length - '/run'.length - 1));
      if (folders.includes(folder)) found.add(inContainer);
    }
  return found.size === 0 ? undefined : [...found].sort();
}
