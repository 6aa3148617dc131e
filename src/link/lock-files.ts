import { normalizedName } from './requirement.js';

/** The versions that a lock file fixes, by distribution. */
export function* lockedVersions(fileName: string, read: () => string | undefined): Generator<[string, string]> {
  if (fileName === 'poetry.lock' || fileName === 'uv.lock' || fileName === 'pdm.lock') {
    // Both are TOML of one shape; going by lines is a hundred times faster than a TOML reader on files of this size.
    let name: string | undefined;
    for (const line of (read() ?? '').split('\n')) {
      if (line.startsWith('[')) name = undefined;
      const match = /^(name|version) = "([^"]*)"/.exec(line);
      if (match?.[1] === 'name' && match[2] !== undefined) name = normalizedName(match[2]);
      else if (match?.[1] === 'version' && match[2] !== undefined && name !== undefined) {
        yield [name, match[2]];
        name = undefined;
      }
    }
  } else if (fileName === 'Pipfile.lock') {
    let plain: unknown;
    try {
      plain = JSON.parse(read() ?? '{}');
    } catch {
      return;
    }
    const packages = typeof plain === 'object' && plain !== null && 'default' in plain ? plain.default : undefined;
    if (typeof packages !== 'object' || packages === null) return;
    for (const [name, one] of Object.entries(packages as Record<string, unknown>)) {
      const version = typeof one === 'object' && one !== null && 'version' in one ? one.version : undefined;
      if (typeof version === 'string') yield [normalizedName(name), version.replace(/^=+/, '')];
    }
  }
}
