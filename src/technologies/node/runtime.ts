import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { imageTagOf } from '../image-tag.js';
import { runtimeOf } from '../release-lines.js';
import { CODENAMES, NODE } from './releases.js';

/** The image tells; `engines` of package.json only says what is possible. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  if (base === undefined) return;
  const isNode = /(?:^|\/)node$/.test(base.name);
  const version = isNode
    ? /^v?(\d+(?:\.\d+)*)/.exec(base.tag)?.[1]
    : // `nikolaik/python-nodejs:python3.12-nodejs22`, `gcr.io/distroless/nodejs24-debian13`
      /(?:^|[-_/:])node(?:js)?-?(\d+(?:\.\d+)*)/.exec(`${base.name}:${base.tag}`)?.[1];
  const word = isNode ? /^[a-z]+/.exec(base.tag)?.[0] : undefined;
  const line = version ?? (word !== undefined && Object.hasOwn(CODENAMES, word) ? CODENAMES[word] : undefined);
  if (line !== undefined) yield* runtimeOf(NODE, line, base.location);
}
