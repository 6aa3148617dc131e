/** What a cache is for, as its name and the literal parts of its keys say. */
export type NamedPurpose = 'sessions' | 'rate-limit' | 'lock' | 'only-copy';

const NAMES: readonly (readonly [RegExp, NamedPurpose])[] = [
  // Rates of exchange, countries and entries are no limits.
  [/rate[-_ ]?(?:limit|cache|map|count)|limit|attempt|throttl|(?:^|_|login)tries|brute/i, 'rate-limit'],
  [/lock|mutex|in_?progress/i, 'lock'],
  [/session|logged_?in|refresh_?token/i, 'sessions'],
  [
    /otp|verif|code|nonce|csrf|token|oauth|state|challenge|captcha|reset|magic|pending|online|presence|seen|dedup|processed|idempot/i,
    'only-copy',
  ],
];

export function namedPurpose(words: readonly string[]): NamedPurpose | undefined {
  return NAMES.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1];
}
