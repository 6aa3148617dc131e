import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import { imageTagOf } from '../image-tag.js';

/**
 * Whether a component runs nginx 1.29.7 or later, which keeps connections to the servers of an `upstream`, speaks HTTP/1.1
 * to them and sends no `Connection: close` unless it is told to (docs/xml/nginx/changes.xml of nginx, 2026-03-24).
 */
export function keepsByDefault(program: Program): Maybe<boolean> {
  const image = imageTagOf(program);
  const open = unknown<boolean>('which version of nginx runs is not told', [true, false]);
  if (image === undefined) return open;
  const version = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?![\w.])/.exec(image.tag);
  // Packages of OpenResty and others carry the version of the nginx inside, but not the newest.
  if (version === null) return /(?:^|\/)nginx(?:-unprivileged)?$/.test(image.name) ? isNewest(image.tag, open) : open;
  const [major = 0, minor, patch] = version
    .slice(1)
    .map((part?: string) => (part === undefined ? undefined : Number(part)));
  if (major !== 1) return major > 1 && /(?:^|\/)nginx/.test(image.name) ? true : open;
  if (minor === undefined || minor > 29) return true;
  return minor === 29 && (patch === undefined || patch >= 7);
}

/** `latest`, `alpine`, `stable-alpine`: what was newest when the image was pulled, 1.30 and 1.31 since the spring of 2026. */
function isNewest(tag: string, open: Maybe<boolean>): Maybe<boolean> {
  return tag === '' || /^(?:latest|mainline|stable|alpine|perl|otel|trixie|bookworm|bullseye)/.test(tag) ? true : open;
}
