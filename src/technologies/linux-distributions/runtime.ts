import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import type { Location } from '../../location.js';
import { imageTagOf, type ImageTag } from '../image-tag.js';
import { lineOf, lineOfTag, runtimeOf, type ReleaseLines } from '../release-lines.js';
import { ALPINE, AMAZON_LINUX, CENTOS, DEBIAN, UBUNTU } from './releases.js';

/** Names of lines, as tags use them. */
const CODENAMES: ReadonlyMap<string, readonly [ReleaseLines, string]> = new Map([
  ['jessie', [DEBIAN, '8']],
  ['stretch', [DEBIAN, '9']],
  ['buster', [DEBIAN, '10']],
  ['bullseye', [DEBIAN, '11']],
  ['bookworm', [DEBIAN, '12']],
  ['trixie', [DEBIAN, '13']],
  ['xenial', [UBUNTU, '16.04']],
  ['bionic', [UBUNTU, '18.04']],
  ['focal', [UBUNTU, '20.04']],
  ['jammy', [UBUNTU, '22.04']],
  ['noble', [UBUNTU, '24.04']],
]);

const OWN: ReadonlyMap<string, ReleaseLines> = new Map([
  ['debian', DEBIAN],
  ['ubuntu', UBUNTU],
  ['alpine', ALPINE],
  ['amazonlinux', AMAZON_LINUX],
  ['centos', CENTOS],
]);

interface Distribution {
  readonly releases: ReleaseLines;
  readonly line: string;
  /** The words of the image that name it. */
  readonly written: string;
}

/** What the image of the project's own code is built on; what images of products are built on is their makers' choice. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  const found = base === undefined ? undefined : distributionOf(base);
  const image = program.launch.base?.image;
  if (base === undefined || found === undefined || image === undefined) return;
  yield* runtimeOf(found.releases, found.line, within(base.location, image, found.written));
}

/** `debian:11-slim`, `python:3.12-slim-bookworm`, `node:20-alpine3.18`, `gcr.io/distroless/python3-debian12`. */
function distributionOf({ name, tag }: ImageTag): Distribution | undefined {
  for (const word of tag.split(/[-_.]/)) {
    const [releases, line] = CODENAMES.get(word) ?? [];
    if (releases !== undefined && line !== undefined) return { releases, line, written: word };
  }
  const last = name.slice(name.lastIndexOf('/') + 1);
  const own = OWN.get(last);
  const [written = '', product = '', version = ''] =
    own === undefined ? (/(?:^|[-_/:])(alpine|debian|ubuntu)-?(\d+(?:\.\d+)*)/.exec(`${name}:${tag}`) ?? []) : [tag];
  const releases = own ?? OWN.get(product);
  if (releases === undefined) return undefined;
  const line = own === undefined ? lineOf(releases, version) : lineOfTag(releases, tag);
  return line === undefined ? undefined : { releases, line, written: written.replace(/^[-_/:]/, '') };
}

/** Only these words, because the others of the same image tell of another product. */
function within(location: Location, image: string, written: string): Location {
  const { startLine, startColumn, endLine, endColumn } = location.region;
  const at = image.indexOf(written);
  if (at < 0 || startLine !== endLine || endColumn - startColumn !== image.length) return location;
  const start = startColumn + at;
  return { ...location, region: { ...location.region, startColumn: start, endColumn: start + written.length } };
}
