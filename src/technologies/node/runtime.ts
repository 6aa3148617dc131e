import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { lineStarts, regionAt, type Location } from '../../location.js';
import { program as programOf } from '../../parse/shell/program.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { imageTagOf } from '../image-tag.js';
import { installedByBuild } from '../installed-by-build.js';
import { CODENAMES, NODE } from '../node-releases.js';
import { runtimeOf } from '../release-lines.js';

const STARTED = /^(?:node|nodejs|npm|npx|yarn|pnpm|pm2|pm2-runtime|next|nest|strapi)$/;

/** Of Node's own packages, and of those of Amazon Linux, which are mended as long: https://docs.aws.amazon.com/linux/al2023/ug/nodejs.html */
const PACKAGES = /\bdeb\.nodesource\.com\/(?:setup_|node_)(\d{1,2})\.x\b/g;
const OF_AMAZON = /\snodejs(\d{2})(?:-npm)?(?=[\s;&\\]|$)/g;

/** The image tells, by its tag or by what is installed in it; where a buildpack makes it, `engines` of package.json. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  const isStarted = program.launch.commands.some(({ words }) => STARTED.test(programOf(words).name));
  if (base === undefined) {
    const engine = isStarted ? engineOf(program) : undefined;
    if (engine !== undefined) yield* runtimeOf(NODE, engine.version, engine.location);
    return;
  }
  const isNode = /(?:^|\/)node$/.test(base.name);
  const version = isNode
    ? /^v?(\d+(?:\.\d+)*)/.exec(base.tag)?.[1]
    : // `nikolaik/python-nodejs:python3.12-nodejs22`, `gcr.io/distroless/nodejs24-debian13`
      /(?:^|[-_/:])node(?:js)?-?(\d+(?:\.\d+)*)/.exec(`${base.name}:${base.tag}`)?.[1];
  const word = isNode ? /^[a-z]+/.exec(base.tag)?.[0] : undefined;
  const line = version ?? (word !== undefined && Object.hasOwn(CODENAMES, word) ? CODENAMES[word] : undefined);
  if (line !== undefined) {
    yield* runtimeOf(NODE, line, base.location);
    return;
  }
  const installed =
    isStarted && !isNode
      ? installedByBuild(program, /(?:^|\/)amazonlinux$/.test(base.name) ? OF_AMAZON : PACKAGES)
      : undefined;
  if (installed !== undefined) yield* runtimeOf(NODE, installed.version, installed.location);
}

/** Buildpacks take the newest that `engines` allows: https://devcenter.heroku.com/articles/nodejs-support#specifying-a-node-js-version */
function engineOf({ launch, inventory }: Program): { version: string; location: Location } | undefined {
  const from = launch.location?.uri ?? '';
  if (!/(?:^|\/)(?:Procfile|manifest[^/]*\.ya?ml)$/.test(from)) return undefined;
  const path = [launch.directory, folderOf(from)]
    .map((folder) => joinPath(folder, 'package.json'))
    .find((one) => inventory.has(one));
  const text = path === undefined ? undefined : inventory.read(path);
  if (path === undefined || text === undefined) return undefined;
  const engines = /"engines"\s{0,20}:\s{0,20}\{[^{}]{0,500}\}/.exec(text);
  const node = engines === null ? null : /"node"\s{0,20}:\s{0,20}"([^"]{1,60})"/.exec(engines[0]);
  const version = newestMajor(node?.[1] ?? '');
  if (engines === null || node === null || version === undefined) return undefined;
  const at = engines.index + node.index;
  return { version, location: { uri: path, region: regionAt(lineStarts(text), at, at + node[0].length) } };
}

/** Of a range the newest major version that it allows, where it has an end: `14.x`, `^16.13.0`, `>=14 <17`, `16 || 18`. */
function newestMajor(range: string): string | undefined {
  const majors = range.split('||').map((one) => {
    const below = /<(=?)\s*v?(\d{1,2})(?:\.(\d{1,3}))?/.exec(one);
    if (below !== null) return Number(below[2]) - (below[1] === '' && Number(below[3] ?? 0) === 0 ? 1 : 0);
    const exact = /^\s*[v=^~]?\s*(\d{1,2})(?:\.(?:\d{1,3}|[xX*]))*\s*$/.exec(one)?.[1];
    return exact === undefined ? NaN : Number(exact);
  });
  const newest = Math.max(...majors);
  return Number.isNaN(newest) ? undefined : String(newest);
}
