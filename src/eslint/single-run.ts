/**
 * Whether this process lints once and ends: what starts it is ESLint's or oxlint's own command, or a thread of that. Everything
 * else (a language server, a daemon, a program of the user) may live for days and see files change.
 */
export function isSingleRun(program = process.argv[1] ?? ''): boolean {
  return /[\\/](?:\.bin[\\/](?:eslint|oxlint)(?:\.js)?|eslint[^\\/]*[\\/](?:bin[\\/]eslint|lib[\\/]eslint[\\/]worker)\.js|oxlint[\\/].*)$/.test(
    program,
  );
}

/** Whether the texts that are linted are, once the first is done, what other rules have made of those on the disk. */
export function isFixing(words = process.argv): boolean {
  return isSingleRun() && words.some((word) => word.startsWith('--fix')) && !words.includes('--stdin');
}
