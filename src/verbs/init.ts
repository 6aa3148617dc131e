import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { harmless } from '../harmless.js';
import { UsageError } from '../usage-error.js';
import { print } from './print.js';
import { rootOf } from './root.js';

/** Valid as it stands: everything in it is a comment or the default. */
export const STARTER = `# yaml-language-server: $schema=./node_modules/scalecard/dist/configuration/configuration.schema.json
# How Scalecard looks at this repository. Every key is optional; "scalecard --help" tells the flags.

# How far the application is meant to grow: process, host (one machine) or cluster (several machines).
target: cluster

# Files and folders to leave out, in the syntax of .gitignore. "include" limits the audit to what it lists.
exclude:
  # - experiments/
# include:
#   - services/shop/

# The level of a rule (error, warning, note) or off. "scalecard rules" lists them.
rules:
  # session-on-one-instance: error

# Folders with rules of your own: <folder>/<category>/<rule-id>.yaml.
# rule-folders:
#   - architecture/rules

# What the repository does not say about a component, by its name in the report.
components:
  # web:
  #   instances: 4            # in how many instances it really runs
  # scheduler:
  #   single: true            # one instance and no more: results about growth are notes at most
  # prototype:
  #   ignore: true
  # admin:
  #   target: host
  #   rules:
  #     file-on-one-host: off
`;

export interface InitFlags {
  /** ESLint and VS Code are set up as well. */
  readonly eslint?: boolean;
}

/** Writes a configuration to start from, and never over one that is there. */
export async function init(path: string, { eslint = false }: InitFlags = {}): Promise<number> {
  const root = rootOf(path);
  const existing = ['scalecard.yaml', 'scalecard.yml'].find((name) => existsSync(join(root, name)));
  if (existing !== undefined && !eslint)
    throw new UsageError(harmless(`${existing} exists already; it is left as it is`));
  if (existing === undefined) {
    try {
      // Also refuses a dangling link of that name, which would lead the write elsewhere.
      writeFileSync(join(root, 'scalecard.yaml'), STARTER, { flag: 'wx' });
    } catch (error) {
      throw notWritten('scalecard.yaml', error);
    }
    await print('scalecard.yaml written: everything in it is a comment or the default\n');
  }
  if (eslint) {
    const { initEslint } = await import('./init-eslint.js');
    try {
      await print(`${initEslint(root).join('\n')}\n`);
    } catch (error) {
      throw notWritten('the set-up of ESLint', error);
    }
  }
  return 0;
}

function notWritten(what: string, error: unknown): UsageError {
  return new UsageError(`${what} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
}
