import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import { launched } from './launched.js';

/** Where the `default.conf` of the packages finds its pages. */
const PAGES = '/usr/share/nginx/html';

/**
 * Where a component is told to hand out a folder with the configuration that nginx comes with: it sets no lifetimes
 * and compresses nothing. Undefined where there is any sign of another configuration.
 */
export function stockSite(program: Program): Location | undefined {
  const { location, mounts, commands } = program.launch;
  if (location === undefined || !mounts.some(({ containerPath }) => containerPath.startsWith(PAGES))) return undefined;
  if (launched(program) !== undefined) return undefined;
  // A ConfigMap, a copy from another stage or an edit in the image leaves no mount behind, but its path.
  const told = new Set([location.uri, ...commands.map((command) => command.location.uri)]);
  return [...told].some((path) => /\/etc\/nginx|nginx\.conf/.test(program.inventory.read(path) ?? ''))
    ? undefined
    : location;
}
