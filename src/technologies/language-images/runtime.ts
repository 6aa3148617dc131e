import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { imageTagOf } from '../image-tag.js';
import { lineOfTag, runtimeOf, type ReleaseLines } from '../release-lines.js';
import { DOTNET, GO, PHP, RUBY, TEMURIN } from './releases.js';

/** By the name of images of the makers, which are tagged with the version of the language. */
const LANGUAGES: ReadonlyMap<string, ReleaseLines> = new Map([
  ['php', PHP],
  ['ruby', RUBY],
  ['golang', GO],
  ['eclipse-temurin', TEMURIN],
  ...['aspnet', 'runtime', 'runtime-deps', 'sdk'].flatMap((one): [string, ReleaseLines][] => [
    [`mcr.microsoft.com/dotnet/${one}`, DOTNET],
    [`mcr.microsoft.com/dotnet/core/${one}`, DOTNET],
  ]),
]);

/** `php:7.4-fpm-alpine`, `ruby:2.7`, `eclipse-temurin:17-jre`; what only builds is no base of what runs. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const base = imageTagOf(program);
  const releases = LANGUAGES.get(base?.name.replace(/^.*(?:^|\/)(?:library|docker\.io)\//, '') ?? '');
  const line = base === undefined || releases === undefined ? undefined : lineOfTag(releases, base.tag);
  if (base !== undefined && releases !== undefined && line !== undefined)
    yield* runtimeOf(releases, line, base.location);
}
