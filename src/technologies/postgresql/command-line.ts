import type { Program } from '../../link/program.js';

/** `-c name=value`, `--name=value` and `-N 200` of the server's command line; dashes in names count as underscores. */
export function settingsOf(words: readonly string[]): Map<string, string> {
  const settings = new Map<string, string>();
  words.forEach((word, i) => {
    const assignment =
      words[i - 1] === '-c' ? word : (/^-c(.+=.*)$/s.exec(word)?.[1] ?? /^--([\w-]+=.*)$/s.exec(word)?.[1]);
    const [, name, value] = /^([\w-]+)\s*=\s*(.*)$/s.exec(assignment ?? '') ?? [];
    if (name !== undefined && value !== undefined) settings.set(name.replaceAll('-', '_').toLowerCase(), value);
    if (words[i - 1] === '-N') settings.set('max_connections', word);
  });
  return settings;
}

/** A file of its own says it, in the repository or not. */
export function hasFile({ launch }: Program, told: ReadonlyMap<string, string>): boolean {
  return (
    told.has('config_file') ||
    launch.mounts.some(({ containerPath }) => /postgres[^/]*\.conf$|\/conf\.d(?:\/|$)/.test(containerPath))
  );
}
