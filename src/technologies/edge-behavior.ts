import { compression } from '../facts/compression.js';
import { state, type Stated } from '../facts/fact.js';
import { proxyCache } from '../facts/proxy-cache.js';
import { unknown, type Location, type Maybe } from '../location.js';
import { isNothing, itemsOf, numberOf, reasonOf, textOf, truthOf, type Data } from './evaluated.js';

/** What a cache keeps answers under, and for how long, as a behaviour of a CDN or a policy that it names says it. */
export interface EdgeKey {
  /** `none`, `whitelist`, `allExcept`, `all`; none where nothing is said. */
  readonly cookies: Data | undefined;
  /** Names; `*` is all of them. */
  readonly headers: Data | undefined;
  /** Seconds; undefined where its maker's default counts. */
  readonly least: Data | undefined;
  readonly byDefault: Data | undefined;
  readonly most: Data | undefined;
  /** Whether clients that accept compressed answers have a key of their own, without which nothing is compressed. */
  readonly encodings: boolean;
}

/** How a CDN treats the requests of one path. */
export interface EdgeBehavior {
  /** In words: `static/* of Site`. */
  readonly where: string;
  readonly location: Location;
  readonly key: Maybe<EdgeKey>;
  readonly compress: Data | undefined;
  readonly compressAt: Location;
  /** Host name of what answers where nothing is kept yet. */
  readonly origin: string | undefined;
  /** Files that lie in a bucket: pictures or a whole site. */
  readonly isBucket: boolean;
}

/** The words of a language of configuration. */
export interface EdgeWords {
  readonly cookies: string;
  readonly headers: string;
  readonly compress: string;
}

/** Headers that hardly two visitors, or two pages that lead there, send alike. */
const OF_A_CLIENT = /^(?:user-agent|cookie|referer|x-forwarded-for|true-client-ip|cloudfront-viewer-address)$/i;

/** A cache that nothing is to be kept in is none: its makers pass requests on by the same words. */
function keeps({ headers, least, byDefault, most }: EdgeKey): boolean {
  if (numberOf(most) === 0) return false;
  if (numberOf(byDefault) === 0 && (numberOf(least) ?? 0) === 0) return false;
  return !(itemsOf(headers) ?? []).some((one) => textOf(one) === '*');
}

export function* edgeCaches(behaviors: readonly EdgeBehavior[], words: EdgeWords): Generator<Stated> {
  for (const { where, location, key, origin } of behaviors) {
    const told = 'unknown' in key ? { hits: unknown<Hits>(key.unknown), reason: '', remedy: '' } : judged(key, words);
    if (told === undefined) continue;
    yield state(proxyCache, location, {
      where,
      targets: origin === undefined ? unknown('the name of its origin is not known') : [origin],
      ...told,
    });
  }
}

type Hits = 'possible' | 'without-cookies' | 'per-client';

function judged(key: EdgeKey, words: EdgeWords): { hits: Maybe<Hits>; reason: string; remedy: string } | undefined {
  if (!keeps(key)) return undefined;
  const header = (itemsOf(key.headers) ?? []).map(textOf).find((one) => one !== undefined && OF_A_CLIENT.test(one));
  if (header !== undefined)
    return {
      hits: 'per-client',
      reason: `its key holds the header ${header}, which differs from visitor to visitor and from page to page`,
      remedy: words.headers,
    };
  const cookies = key.cookies;
  if (cookies !== undefined && !isNothing(cookies) && textOf(cookies) === undefined)
    return { hits: unknown(reasonOf(cookies)), reason: '', remedy: '' };
  if (textOf(cookies) === 'all')
    return {
      hits: 'without-cookies',
      reason: 'its key holds every cookie, those of statistics too, so that each visitor has copies of their own',
      remedy: words.cookies,
    };
  return { hits: 'possible', reason: 'what visitors differ in is not part of its key', remedy: '' };
}

/**
 * Of what a CDN keeps, whether text leaves it compressed, told once for all paths. What it passes on leaves as it came,
 * and a bucket for a path of its own may hold pictures or a page for when all is lost. The first behaviour is that of all other paths.
 */
export function* edgeCompression(
  name: string,
  behaviors: readonly EdgeBehavior[],
  hasPages: boolean,
  words: EdgeWords,
): Generator<Stated> {
  const kept = behaviors.filter(({ key }) => 'unknown' in key || keeps(key));
  const text = kept.filter((one) => !one.isBucket || (hasPages && one === behaviors[0]));
  const isOn = ({ compress, key }: EdgeBehavior): boolean | undefined =>
    isNothing(compress) ? false : 'unknown' in key || key.encodings ? truthOf(compress) : false;
  const [first] = text;
  if (first === undefined) return;
  const off = text.find((one) => isOn(one) === false);
  const open = text.find((one) => isOn(one) === undefined);
  const said = { layer: 'cdn', where: name, remedy: words.compress } as const;
  if (off !== undefined) yield state(compression, off.compressAt, { ...said, enabled: false, types: 'none' });
  else if (open === undefined) yield state(compression, first.compressAt, { ...said, enabled: true, types: 'text' });
  else {
    const reason = 'whether it compresses is not known';
    yield state(compression, open.compressAt, { ...said, enabled: unknown(reason), types: unknown(reason) });
  }
}

/** Policies that its maker offers, by id and by name: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const MANAGED: ReadonlyMap<string, 'none' | 'no-cookies' | 'no-cookies-plain' | 'as-told'> = new Map([
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'none'],
  ['Managed-CachingDisabled', 'none'],
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', 'no-cookies'],
  ['Managed-CachingOptimized', 'no-cookies'],
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', 'no-cookies-plain'],
  ['Managed-CachingOptimizedForUncompressedObjects', 'no-cookies-plain'],
  // They keep what the origin says may be kept, under all cookies.
  ['83da9c7e-98b4-4e11-a168-04f0df8e2c65', 'as-told'],
  ['Managed-UseOriginCacheControlHeaders', 'as-told'],
  ['4cc15a8a-d715-48a4-82b8-cc0b614638fe', 'as-told'],
  ['Managed-UseOriginCacheControlHeaders-QueryStrings', 'as-told'],
]);

export function managedKey(policy: string): EdgeKey | undefined {
  const kind = MANAGED.get(policy);
  if (kind === undefined) return undefined;
  const zero: Data = { kind: 'plain', value: 0, from: { places: [], resources: [] } };
  const passes = kind === 'none' || kind === 'as-told';
  return {
    ...{ cookies: undefined, headers: undefined, least: undefined, encodings: kind !== 'no-cookies-plain' },
    ...(passes
      ? { byDefault: zero, most: kind === 'none' ? zero : undefined }
      : { byDefault: undefined, most: undefined }),
  };
}
