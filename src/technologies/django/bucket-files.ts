import { unknown, type Location, type Maybe } from '../../location.js';
import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Program } from '../../link/program.js';
import { entry, text, type Value } from '../../link/value.js';
import type { Module } from '../../parse/python/ast.js';
import { reasonFor } from '../alternatives.js';
import { chosenBy } from './doubt.js';
import { definitionOf } from './lineage.js';
import { modulePath } from './module-path.js';
import { staticStorage } from './static-files.js';
import type { DjangoSettings } from './settings.js';

const AN_HOUR = 3_600;

/**
 * Static files that browsers load from a bucket of S3, which sends the headers that each file was stored with and no others.
 * https://django-storages.readthedocs.io/en/latest/backends/amazon-S3.html (AWS_S3_OBJECT_PARAMETERS)
 */
export function* bucketFiles(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const storage = staticStorage(program, settings);
  if (storage?.bucket !== true) return;
  const named = entry(settings.get('STORAGES'), 'staticfiles');
  const options = entry(named, 'OPTIONS');
  const given = entry(options, 'object_parameters') ?? settings.get('AWS_S3_OBJECT_PARAMETERS');
  const backEnd = text(entry(named, 'BACKEND')) ?? text(settings.get('STATICFILES_STORAGE')) ?? '';
  const maximumAge = setInClass(program, backEnd)
    ? unknown<number>(`${backEnd} sets its own headers`)
    : ageOf(given, entry(options, 'custom_domain') ?? settings.get('AWS_S3_CUSTOM_DOMAIN'));
  const place: Location | undefined = given?.origin.locations[0] ?? storage.location;
  yield state(
    httpCache,
    place ?? settings.placeOf('STORAGES'),
    {
      ...{ content: 'static', layer: 'cdn', where: 'S3', maximumAge },
      cacheable: typeof maximumAge === 'number' ? maximumAge >= AN_HOUR : unknown(maximumAge.unknown),
      remedy: storage.hashed
        ? 'AWS_S3_OBJECT_PARAMETERS = {"CacheControl": "public, max-age=31536000, immutable"}'
        : 'AWS_S3_OBJECT_PARAMETERS = {"CacheControl": "public, max-age=86400"}',
    },
    chosenBy(settings),
  );
}

function ageOf(parameters: Value | undefined, domain: Value | undefined): Maybe<number> {
  const header = entry(parameters, 'CacheControl');
  if (header !== undefined) {
    const age = /\bmax-age\s*=\s*(\d+)/.exec(text(header) ?? '')?.[1];
    if (age !== undefined) return Number(age);
    return text(header) === undefined ? unknown(reasonFor(header, 'AWS_S3_OBJECT_PARAMETERS')) : 0;
  }
  if (parameters !== undefined && parameters.kind !== 'dict')
    return unknown(reasonFor(parameters, 'AWS_S3_OBJECT_PARAMETERS'));
  // A CDN of one's own has a policy of its own.
  const isNone = domain === undefined || domain.kind === 'none' || text(domain) === '';
  return isNone ? 0 : unknown('what stands at AWS_S3_CUSTOM_DOMAIN may set the header');
}

/** `object_parameters = {...}` in a storage of the project. */
function setInClass(program: Program, name: string): boolean {
  const dot = name.lastIndexOf('.');
  const path = dot < 0 ? undefined : modulePath(program, name.slice(0, dot));
  const document = path === undefined ? undefined : program.documents.get<Module>(path, 'python');
  const definition = document === undefined ? undefined : definitionOf(document.tree.body, name.slice(dot + 1));
  if (document === undefined || definition === undefined) return false;
  return /object_parameters|CacheControl|Cache-Control/.test(document.text.slice(definition.start, definition.end));
}
