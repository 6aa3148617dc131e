import type { FactOf } from '../facts/fact.js';
import type { image } from '../facts/image.js';
import { TELLS_NOTHING } from '../repository-path.js';
import { known, type Workload } from './deployment.js';

/** Of files in folders of their own, the one whose folders share most words with an image or with what runs it. */
export function alikeBuild(
  fact: Workload,
  name: string,
  candidates: readonly FactOf<typeof image>[],
): FactOf<typeof image> | undefined {
  const wanted = new Set([...wordsOf(name), ...wordsOf(known(fact.properties.name) ?? '')]);
  const scored = candidates
    .filter((candidate) => isNamedFor(candidate.location.uri.split('/').at(-2) ?? '', wanted))
    .map((candidate) => ({
      candidate,
      score: candidate.location.uri
        .split('/')
        .slice(0, -1)
        .filter((segment) => isNamedFor(segment, wanted))
        .concat(candidate.location.uri.replace(/^.*\//, ''))
        .flatMap(wordsOf)
        .filter((word) => wanted.has(word)).length,
    }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  return best !== undefined && best.score > 0 && best.score > (second?.score ?? 0) ? best.candidate : undefined;
}

/** Of files that have names of their own in a folder for all of them, the one whose name the image ends in: `api.dockerfile` for `acme/shop-api`. */
export function calledBuild(
  fact: Workload,
  name: string,
  candidates: readonly FactOf<typeof image>[],
): FactOf<typeof image> | undefined {
  const wanted = new Set([...wordsOf(name), ...wordsOf(known(fact.properties.name) ?? '')]);
  const found = candidates.filter(({ location: { uri } }) => {
    const words = wordsOf(uri.replace(/^.*\//, ''));
    return words.length > 0 && words.every((word) => wanted.has(word));
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The folder of another part (`shop-exporter/Dockerfile`) shares words with an image (`acme/shop`) that it does not build. */
export function isNamedFor(folder: string, wanted: ReadonlySet<string>): boolean {
  return wordsOf(folder).every((word) => wanted.has(word) || TELLS_NOTHING.test(word));
}

export function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 'dockerfile');
}
