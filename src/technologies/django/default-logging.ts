import type { Plain } from './defaults.js';

/** From django/utils/log.py, unchanged since Django 2.1: what a project builds on that adds to Django's own logging. */
export const DEFAULT_LOGGING: Plain = {
  version: 1,
  disable_existing_loggers: false,
  filters: {
    require_debug_false: { '()': 'django.utils.log.RequireDebugFalse' },
    require_debug_true: { '()': 'django.utils.log.RequireDebugTrue' },
  },
  formatters: {
    'django.server': {
      '()': 'django.utils.log.ServerFormatter',
      format: '[{server_time}] {message}',
      style: '{',
    },
  },
  handlers: {
    console: { level: 'INFO', filters: ['require_debug_true'], class: 'logging.StreamHandler' },
    'django.server': { level: 'INFO', class: 'logging.StreamHandler', formatter: 'django.server' },
    mail_admins: {
      level: 'ERROR',
      filters: ['require_debug_false'],
      class: 'django.utils.log.AdminEmailHandler',
    },
  },
  loggers: {
    django: { handlers: ['console', 'mail_admins'], level: 'INFO' },
    'django.server': { handlers: ['django.server'], level: 'INFO', propagate: false },
  },
};
