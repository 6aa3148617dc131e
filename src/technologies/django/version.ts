import type { Dependency } from '../../link/program.js';

/** The version of Django that the repository declares: of several, the one of a declaration for production. */
export function djangoVersionOf(dependencies: readonly Dependency[]): string | undefined {
  const own = dependencies.filter((one) => one.name === 'django' && one.version !== undefined);
  return (own.find((one) => !one.development) ?? own[0])?.version;
}

/** Whether a version is at least another; versions that are not declared count as current. */
export function isAtLeast(version: string | undefined, wanted: string): boolean {
  if (version === undefined) return true;
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference > 0;
  }
  return true;
}
