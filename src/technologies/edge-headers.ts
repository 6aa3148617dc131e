import { state, type Stated } from '../facts/fact.js';
import { httpCache } from '../facts/http-cache.js';
import { unknown, type Location, type Maybe } from '../location.js';

const AN_HOUR = 3600;
/** Paths and patterns of files that pages load. */
const FILES =
  /(?:^|[/({|])(?:assets?|static|_next|_nuxt|_app|dist|build|js|css|images?|img|fonts?|media)(?:[/)}|(*:]|$)|\.\(?(?:\w+\|)*(?:js|css|woff2?|png|svg|jpe?g|webp)\b/i;

/** What a platform that sends files from its edge is told to say of those of one path; nothing of other paths. */
export function edgeHeader(location: Location, path: string, header: string, remedy: string): Stated | undefined {
  if (!FILES.test(path.slice(0, 500))) return undefined;
  const age = ageOf(header.slice(0, 500));
  return state(httpCache, location, {
    content: 'static',
    layer: 'cdn',
    where: path,
    cacheable: typeof age === 'number' ? age >= AN_HOUR : unknown(age.unknown),
    maximumAge: age,
    remedy,
  });
}

function ageOf(header: string): Maybe<number> {
  if (/\bno-(?:store|cache)\b/i.test(header)) return 0;
  const age = /\bmax-age=(\d{1,10})/i.exec(header)?.[1];
  return age === undefined ? unknown('the header names no age for browsers') : Number(age);
}
