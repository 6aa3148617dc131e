import { posix } from 'node:path';
import type { Program } from '../link/program.js';
import { REPOSITORY } from '../link/value.js';

const MEDIA =
  /(?:^|\/)(?:uploads?|media|files|attachments|avatars|screenshots?|thumbnails?|storage|userdata|images\/uploads|user-?content)(?:\/|$)/i;
const ASSET = /\.(?:css|m?js|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|eot|otf|wasm|mp4|webm|mp3)$/i;
const OWN = /^(?:favicon|robots|apple-touch-icon)/;

/**
 * What lies in a folder that is served: files of users, or what belongs to the application. Undefined where the repository
 * holds the folder, and nothing in it that a page would load again and again.
 */
export function contentOf(
  program: Program,
  root: string | undefined,
  where: string | undefined,
): 'static' | 'media' | undefined {
  if (MEDIA.test(root ?? '') || MEDIA.test(where ?? '')) return 'media';
  if (root === undefined) return 'static';
  const whole = root.startsWith('/') ? root : posix.join(REPOSITORY, program.launch.directory, root);
  if (!whole.startsWith(`${REPOSITORY}/`)) return 'static';
  const prefix = `${whole.slice(REPOSITORY.length + 1).replace(/\/+$/, '')}/`;
  const files = program.inventory.files.filter(({ path }) => path.startsWith(prefix));
  // A folder that a build makes is not there.
  if (files.length === 0) return 'static';
  const names = files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  return names.some((name) => ASSET.test(name) && !OWN.test(name)) ? 'static' : undefined;
}
