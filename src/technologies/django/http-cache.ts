import { unknown, type Maybe } from '../../location.js';
import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';
import { reasonFor } from '../alternatives.js';
import { settingOf } from './default-settings.js';
import { chosenBy, doubted } from './doubt.js';
import { hashedNames, staticStorage, whiteNoise } from './static-files.js';
import { bucketFiles } from './bucket-files.js';
import { servedFiles } from './served-files.js';
import { pagesTogether } from './page-policy.js';
import { settingsOf, type DjangoSettings } from './settings.js';
import { wrappedStatic } from './wrapped-static.js';

/** WhiteNoise 6: names with a hash are immutable for ten years, other files may be kept for WHITENOISE_MAX_AGE, one minute. */
const IMMUTABLE = 315_360_000;
const DEFAULT_AGE = 60;
const AN_HOUR = 3_600;

/** What browsers and proxies are told of static files, and of pages that are the same for everyone. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  yield* doubted(settings, staticFiles(program, settings));
  yield* doubted(settings, bucketFiles(program, settings));
  yield* doubted(settings, servedFiles(program, settings));
  if (whiteNoise(program, settings) === undefined) yield* doubted(settings, wrappedStatic(program, settings));
  yield* doubted(settings, pagesTogether(program, settings));
}

/** Without WhiteNoise Django serves no static files in production. */
function* staticFiles(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const middleware = whiteNoise(program, settings);
  if (middleware === undefined) return;
  const storage = staticStorage(program, settings);
  if (storage?.local === false) return;
  const ageSetting = settings.get('WHITENOISE_MAX_AGE');
  const age: Maybe<number> =
    storage === undefined
      ? unknown('the storage of static files is not known')
      : settings.names.has('WHITENOISE_IMMUTABLE_FILE_TEST')
        ? unknown('WHITENOISE_IMMUTABLE_FILE_TEST decides')
        : storage.hashed
          ? IMMUTABLE
          : ageOf(settings, ageSetting);
  const deciding = storage?.hashed === true ? storage.location : ageSetting?.origin.locations[0];
  yield state(
    httpCache,
    deciding ?? middleware.origin.locations[0] ?? settings.placeOf('MIDDLEWARE'),
    {
      content: 'static',
      layer: 'application',
      where: 'WhiteNoise',
      cacheable: typeof age === 'number' ? age >= AN_HOUR : unknown(age.unknown),
      maximumAge: age,
      remedy: hashedNames(settings),
    },
    chosenBy(settings),
  );
}

function ageOf(settings: DjangoSettings, value: Value | undefined): Maybe<number> {
  if (value === undefined) {
    // While DEBUG is on nothing may be kept.
    const debug = settingOf(settings, 'DEBUG');
    return debug?.kind === 'bool' ? (debug.value ? 0 : DEFAULT_AGE) : unknown(reasonFor(debug, 'DEBUG'));
  }
  if (value.kind === 'none') return 0;
  return value.kind === 'int' || value.kind === 'float'
    ? Number(value.value)
    : unknown(reasonFor(value, 'WHITENOISE_MAX_AGE'));
}
