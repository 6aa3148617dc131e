import type { Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, items, text, type Value } from '../../link/value.js';
import { lineageOf } from './lineage.js';
import type { DjangoSettings } from './settings.js';
import { isAtLeast } from './version.js';

/** Whether names of static files hold a hash of their content, and whether they stand on the disk that is served from. */
interface StaticStorage {
  readonly hashed: boolean;
  readonly local: boolean;
  /** Whether it is a bucket of S3, which sends no header that nobody gave it. */
  readonly bucket?: true;
}

const plain: StaticStorage = { hashed: false, local: true };
const hashed: StaticStorage = { hashed: true, local: true };
const remote: StaticStorage = { hashed: false, local: false };
const bucket: StaticStorage = { hashed: false, local: false, bucket: true };

/** Django 5.2, ref/contrib/staticfiles; WhiteNoise 6, "Using WhiteNoise with Django"; django-pipeline; django-storages. */
const STORAGES: Readonly<Record<string, StaticStorage>> = {
  'django.contrib.staticfiles.storage.StaticFilesStorage': plain,
  'django.contrib.staticfiles.storage.ManifestStaticFilesStorage': hashed,
  // Removed in Django 3.1.
  'django.contrib.staticfiles.storage.CachedStaticFilesStorage': hashed,
  'whitenoise.storage.CompressedStaticFilesStorage': plain,
  'whitenoise.storage.CompressedManifestStaticFilesStorage': hashed,
  // Until WhiteNoise 4.
  'whitenoise.django.GzipManifestStaticFilesStorage': hashed,
  'pipeline.storage.PipelineStorage': plain,
  'pipeline.storage.PipelineManifestStorage': hashed,
  'storages.backends.s3.S3Storage': bucket,
  'storages.backends.s3.S3StaticStorage': bucket,
  'storages.backends.s3.S3ManifestStaticStorage': { ...bucket, hashed: true },
  'storages.backends.s3boto3.S3Boto3Storage': bucket,
  'storages.backends.s3boto3.S3StaticStorage': bucket,
  'storages.backends.s3boto3.S3ManifestStaticStorage': { ...bucket, hashed: true },
  'storages.backends.gcloud.GoogleCloudStorage': remote,
  'storages.backends.azure_storage.AzureStorage': remote,
};

/** The storage of static files, with the place that names it; undefined where it is not known. */
export function staticStorage(
  program: Program,
  settings: DjangoSettings,
): (StaticStorage & { location: Location | undefined }) | undefined {
  const named = entry(settings.get('STORAGES'), 'staticfiles');
  // https://docs.djangoproject.com/en/5.1/releases/5.1/#features-removed-in-5-1
  const old = settings.get('STATICFILES_STORAGE');
  const isRead = settings.djangoVersion === undefined || !isAtLeast(settings.djangoVersion, '5.1');
  const value: Value | undefined = entry(named, 'BACKEND') ?? (isRead ? old : undefined);
  if (value === undefined) {
    // A STORAGES that is not known may name any.
    const storages = settings.get('STORAGES');
    return storages === undefined || storages.kind === 'dict'
      ? { ...plain, location: old?.origin.locations[0] }
      : undefined;
  }
  const name = text(value);
  const lineage = name === undefined ? undefined : lineageOf(program, name, (known) => STORAGES[known]);
  return lineage === undefined ? undefined : { ...lineage.known, location: value.origin.locations[0] };
}

const SERVING: ReadonlySet<string> = new Set([
  'whitenoise.middleware.WhiteNoiseMiddleware',
  // A fork of it, for ASGI.
  'servestatic.middleware.ServeStaticMiddleware',
]);

/** The entry of MIDDLEWARE that has the application serve its static files, whatever the project calls its own kind of it. */
export function whiteNoise(program: Program, settings: DjangoSettings): Value | undefined {
  const list = items(settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES')) ?? [];
  return list.find(
    (item) => lineageOf(program, text(item) ?? '', (known) => (SERVING.has(known) ? true : undefined)) !== undefined,
  );
}

/** The setting that gives static files names with a hash, as the declared version of Django and the project spell it. */
export function hashedNames(settings: DjangoSettings): string {
  const backEnd = '"whitenoise.storage.CompressedManifestStaticFilesStorage"';
  if (settings.names.has('STORAGES')) return `STORAGES["staticfiles"] = {"BACKEND": ${backEnd}}`;
  // STORAGES came with Django 4.2, and what was before it went with 5.1.
  const version = settings.djangoVersion;
  if (!isAtLeast(version, '4.2') || (settings.names.has('STATICFILES_STORAGE') && !isAtLeast(version, '5.1')))
    return `STATICFILES_STORAGE = ${backEnd}`;
  const files = settings.get('DEFAULT_FILE_STORAGE');
  const store = text(files) ?? 'django.core.files.storage.FileSystemStorage';
  return `STORAGES = {"default": {"BACKEND": "${store}"}, "staticfiles": {"BACKEND": ${backEnd}}}`;
}
