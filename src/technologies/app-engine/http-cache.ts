import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, place, string } from '../../parse/yaml/read.js';
import { serviceOf } from './service.js';

/** https://cloud.google.com/appengine/docs/standard/reference/app-yaml#default_expiration */
const DEFAULT = 600;
const AN_HOUR = 3600;
const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

/** Files that the platform sends itself, without the application. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const service = serviceOf(document);
  if (service === undefined || service.flexible) return;
  const general = string(get(service.root, 'default_expiration'));
  for (const handler of items(get(service.root, 'handlers'))) {
    const url = pair(handler, 'url');
    if (url === undefined || (get(handler, 'static_dir') ?? get(handler, 'static_files')) === undefined) continue;
    const where = string(url.value) ?? '/';
    // The page itself, a robots.txt, an icon: what is asked for by a name that stays the same.
    if (get(handler, 'static_dir') === undefined && !/\\?\.\(?[^/]*(?:js|css|\|)/.test(where)) continue;
    const written = pair(handler, 'expiration');
    const header = string(get(handler, 'http_headers', 'Cache-Control'));
    const age = header === undefined ? ageOf(string(written?.value) ?? general) : fromHeader(header);
    yield state(httpCache, locate(document, place(written ?? url)), {
      content: 'static',
      layer: 'cdn',
      where,
      cacheable: typeof age === 'number' ? age >= AN_HOUR : unknown(age.unknown),
      maximumAge: age,
      remedy: 'expiration: "30d"',
    });
  }
}

/** `4d 5h`, `10m`. */
function ageOf(text: string | undefined): Maybe<number> {
  if (text === undefined) return DEFAULT;
  const parts = text.trim().split(/\s+/).slice(0, 8);
  let sum = 0;
  for (const part of parts) {
    const [, amount, unit = 's'] = /^(\d{1,9})([dhms]?)$/.exec(part) ?? [];
    if (amount === undefined) return unknown(`no time: ${text.slice(0, 40)}`);
    sum += Number(amount) * (SECONDS[unit === '' ? 's' : unit] ?? 1);
  }
  return sum;
}

function fromHeader(header: string): Maybe<number> {
  if (/\bno-(?:store|cache)\b/.test(header)) return 0;
  const age = /\bmax-age=(\d{1,10})/.exec(header)?.[1];
  return age === undefined ? unknown('the header names no age') : Number(age);
}
