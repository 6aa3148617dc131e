import type { Value } from '../../link/value.js';
import { defaultsOf } from './defaults.js';
import { asValue } from './global-settings.js';
import type { DjangoSettings } from './settings.js';

/** A setting as Django sees it: the project's, else Django's default in the declared version. */
export function settingOf(settings: DjangoSettings, name: string): Value | undefined {
  const own = settings.get(name);
  if (own !== undefined) return own;
  const known = defaultsOf(settings.djangoVersion)[name];
  return known === undefined ? undefined : asValue(known.value);
}
