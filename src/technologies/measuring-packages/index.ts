import type { Technology } from '../technology.js';

const MENTIONS =
  /\b(?:prometheus|prom-client|opentelemetry|sentry|statsd|ddtrace|dd-trace|datadog|newrelic|elastic-?apm|scout|appdynamics|applicationinsights|honeycomb|logfire|instana|skywalking|dynatrace|aws[-_]xray|appsignal|express-status-monitor|swagger-stats|raygun|honeybadger|rollbar)\b/i;

/** Packages whose makers sell or give away measuring: who installs one has decided to look. */
export const technology: Technology = {
  id: 'measuring-packages',
  title: 'Packages that measure',
  reads: [
    {
      // Nothing is parsed: extractors ask the program, which has read what is declared.
      language: 'ini',
      paths: [
        '*requirements*.txt',
        '*requirements*.in',
        '**/requirements/*',
        'pyproject.toml',
        'Pipfile',
        'setup.py',
        'setup.cfg',
        'package.json',
      ],
      mentions: MENTIONS,
    },
  ],
};
