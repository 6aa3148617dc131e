import { entry, type Value } from '../../../link/value.js';
import type { DjangoSettings } from '../settings.js';

/** A setting of REST framework: a key of REST_FRAMEWORK. */
export function settingOfFramework(settings: DjangoSettings, name: string): Value | undefined {
  const all = settings.get('REST_FRAMEWORK');
  return (
    entry(all, name) ??
    (all?.kind === 'unknown' ? all.candidates?.map((one) => entry(one, name)).find(Boolean) : undefined)
  );
}
