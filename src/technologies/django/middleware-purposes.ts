/** What a middleware is for, in the words of the fact kind. */
export type Purpose =
  | 'security'
  | 'sessions'
  | 'authentication'
  | 'messages'
  | 'forgery-protection'
  | 'localisation'
  | 'pages'
  | 'cache'
  | 'compression'
  | 'static-files'
  | 'diagnostics'
  | 'other';

/** Django 5.2 (ref/middleware) and each other package's documentation. */
const PURPOSES: Readonly<Record<string, Purpose>> = {
  'django.middleware.security.SecurityMiddleware': 'security',
  'django.middleware.clickjacking.XFrameOptionsMiddleware': 'security',
  'django.middleware.csp.ContentSecurityPolicyMiddleware': 'security',
  'django.middleware.csrf.CsrfViewMiddleware': 'forgery-protection',
  'django.contrib.sessions.middleware.SessionMiddleware': 'sessions',
  'django.contrib.auth.middleware.AuthenticationMiddleware': 'authentication',
  'django.contrib.auth.middleware.RemoteUserMiddleware': 'authentication',
  'django.contrib.auth.middleware.PersistentRemoteUserMiddleware': 'authentication',
  'django.contrib.auth.middleware.LoginRequiredMiddleware': 'authentication',
  'django.contrib.messages.middleware.MessageMiddleware': 'messages',
  'django.middleware.locale.LocaleMiddleware': 'localisation',
  'django.contrib.flatpages.middleware.FlatpageFallbackMiddleware': 'pages',
  'django.contrib.redirects.middleware.RedirectFallbackMiddleware': 'pages',
  'django.contrib.sites.middleware.CurrentSiteMiddleware': 'pages',
  'django.middleware.cache.UpdateCacheMiddleware': 'cache',
  'django.middleware.cache.FetchFromCacheMiddleware': 'cache',
  'django.middleware.http.ConditionalGetMiddleware': 'cache',
  'django.middleware.gzip.GZipMiddleware': 'compression',
  'whitenoise.middleware.WhiteNoiseMiddleware': 'static-files',
  'corsheaders.middleware.CorsMiddleware': 'security',
  'csp.middleware.CSPMiddleware': 'security',
  'allauth.account.middleware.AccountMiddleware': 'authentication',
  'django_otp.middleware.OTPMiddleware': 'authentication',
  'oauth2_provider.middleware.OAuth2TokenMiddleware': 'authentication',
  'mozilla_django_oidc.middleware.SessionRefresh': 'authentication',
  'axes.middleware.AxesMiddleware': 'security',
  'wagtail.contrib.redirects.middleware.RedirectMiddleware': 'pages',
  'wagtail.contrib.legacy.sitemiddleware.SiteMiddleware': 'pages',
  'debug_toolbar.middleware.DebugToolbarMiddleware': 'diagnostics',
  'silk.middleware.SilkyMiddleware': 'diagnostics',
  'querycount.middleware.QueryCountMiddleware': 'diagnostics',
  'django_cprofile_middleware.middleware.ProfilerMiddleware': 'diagnostics',
  'pyinstrument.middleware.ProfilerMiddleware': 'diagnostics',
  'nplusone.ext.django.NPlusOneMiddleware': 'diagnostics',
  'kolo.middleware.KoloMiddleware': 'diagnostics',
  'speedinfo.middleware.ProfilerMiddleware': 'diagnostics',
  'django_prometheus.middleware.PrometheusBeforeMiddleware': 'diagnostics',
  'django_prometheus.middleware.PrometheusAfterMiddleware': 'diagnostics',
  'django_structlog.middlewares.RequestMiddleware': 'diagnostics',
};

export function middlewarePurpose(name: string): Purpose | undefined {
  return PURPOSES[name];
}
