import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { harmless } from '../harmless.js';
import { UsageError } from '../usage-error.js';

/** Variables from `--env-file` (later files win), then from `--env`. */
export function environmentOf(
  files: readonly string[] = [],
  pairs: readonly string[] = [],
): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const file of files) {
    for (const [name, value] of Object.entries(parseEnv(readText(file)))) {
      if (value !== undefined) variables.set(name, value);
    }
  }
  for (const pair of pairs) {
    const [, name, value] = /^([^=]+)=([^]*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(harmless(`--env ${pair}: write it as NAME=VALUE`));
    }
    variables.set(name, value);
  }
  return variables;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new UsageError(
      harmless(`--env-file ${file}: ${code === 'ENOENT' ? 'no such file' : `cannot be read: ${code}`}`),
    );
  }
}
