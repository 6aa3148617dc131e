import type { DjangoSettings } from './settings.js';

/** Whether the declared Django is at least this release; undefined where none is declared. */
export function isAtLeast(settings: DjangoSettings, major: number, minor: number): boolean | undefined {
  const [, declaredMajor, declaredMinor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(settings.djangoVersion ?? '') ?? [];
  if (declaredMajor === undefined) return undefined;
  return Number(declaredMajor) > major || (Number(declaredMajor) === major && Number(declaredMinor) >= minor);
}
