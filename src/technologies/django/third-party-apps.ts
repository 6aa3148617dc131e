/**
 * What apps of INSTALLED_APPS do by themselves, without a word in the project's code. An app that is not here may do
 * anything, and what it could do is unknown.
 */
export interface AppHabits {
  /** What it keeps in a cache; absent where it keeps nothing there. */
  readonly cache?: 'general' | 'rate-limit';
  /** Whether it stores files of users in the default storage. */
  readonly uploads?: true;
  /** Whether it reads or writes the session, the user of the session, or messages. */
  readonly sessions?: true;
}

const plain: AppHabits = {};
const sessions: AppHabits = { sessions: true };

/** By the first parts of the dotted name; the longest that fits counts. */
const APPS: Readonly<Record<string, AppHabits>> = {
  'django.contrib': plain,
  'django.contrib.admin': sessions,
  'django.contrib.auth': plain,
  'django.contrib.messages': plain,
  'django.contrib.sessions': plain,
  django_filters: plain,
  rest_framework: plain,
  'rest_framework.authtoken': plain,
  rest_framework_simplejwt: plain,
  'rest_framework_simplejwt.token_blacklist': plain,
  rest_framework_nested: plain,
  rest_framework_swagger: plain,
  drf_spectacular: plain,
  drf_spectacular_sidecar: plain,
  drf_yasg: plain,
  dj_rest_auth: plain,
  rest_auth: plain,
  djoser: plain,
  knox: plain,
  corsheaders: plain,
  storages: plain,
  whitenoise: plain,
  'whitenoise.runserver_nostatic': plain,
  django_extensions: plain,
  crispy_forms: plain,
  crispy_bootstrap3: plain,
  crispy_bootstrap4: plain,
  crispy_bootstrap5: plain,
  crispy_tailwind: plain,
  bootstrap3: plain,
  bootstrap4: plain,
  bootstrap5: plain,
  django_bootstrap5: plain,
  widget_tweaks: plain,
  django_tables2: plain,
  tables: plain,
  mptt: plain,
  treebeard: plain,
  taggit: plain,
  guardian: plain,
  reversion: plain,
  simple_history: plain,
  auditlog: plain,
  modeltranslation: plain,
  parler: plain,
  import_export: plain,
  phonenumber_field: plain,
  django_countries: plain,
  localflavor: plain,
  timezone_field: plain,
  django_celery_beat: plain,
  django_celery_results: plain,
  celery: plain,
  django_rq: plain,
  django_q: plain,
  daphne: plain,
  channels: plain,
  anymail: plain,
  gunicorn: plain,
  graphene_django: plain,
  strawberry_django: plain,
  ninja: plain,
  ninja_extra: plain,
  oauth2_provider: sessions,
  mozilla_django_oidc: sessions,
  social_django: sessions,
  allauth: sessions,
  // docs.allauth.org, rate limits: on by default, counted in the default cache.
  'allauth.account': { cache: 'rate-limit', sessions: true },
  hijack: sessions,
  impersonate: sessions,
  two_factor: sessions,
  django_otp: sessions,
  jazzmin: plain,
  grappelli: plain,
  suit: plain,
  unfold: plain,
  admin_interface: plain,
  colorfield: plain,
  nested_admin: plain,
  debug_toolbar: plain,
  silk: plain,
  django_prometheus: plain,
  environ: plain,
  model_utils: plain,
  polymorphic: plain,
  rules: plain,
  actstream: plain,
  markdownx: { uploads: true },
  ckeditor: plain,
  ckeditor_uploader: { uploads: true },
  django_ckeditor_5: { uploads: true },
  tinymce: plain,
  django_summernote: { uploads: true },
  froala_editor: { uploads: true },
  filer: { uploads: true, sessions: true },
  filebrowser: { uploads: true },
  easy_thumbnails: plain,
  sorl: { cache: 'general' },
  imagekit: { cache: 'general' },
  versatileimagefield: { cache: 'general' },
  wagtail: { cache: 'general', sessions: true },
  'wagtail.images': { cache: 'general', uploads: true, sessions: true },
  'wagtail.documents': { cache: 'general', uploads: true, sessions: true },
  cms: { uploads: true, cache: 'general', sessions: true },
  oscar: { uploads: true, cache: 'general', sessions: true },
  waffle: { cache: 'general' },
  constance: { cache: 'general' },
  compressor: { cache: 'general' },
  cachalot: { cache: 'general' },
  django_select2: { cache: 'general' },
  django_ratelimit: plain,
  axes: plain,
  django_cleanup: plain,
  django_vite: plain,
  webpack_loader: plain,
  tailwind: plain,
  compat: plain,
  django_htmx: plain,
  sass_processor: plain,
  django_browser_reload: plain,
};

export function habitsOf(app: string): AppHabits | undefined {
  const parts = app.split('.');
  for (let length = parts.length; length > 0; length--) {
    const habits = APPS[parts.slice(0, length).join('.')];
    if (habits !== undefined) return habits;
  }
  return undefined;
}
