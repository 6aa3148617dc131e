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

/** Writes a configuration to start from, and never over one that is there. */
export async function init(path: string): Promise<number> {
  const root = rootOf(path);
  for (const name of ['scalecard.yaml', 'scalecard.yml']) {
    if (existsSync(join(root, name))) throw new UsageError(harmless(`${name} exists already; it is left as it is`));
  }
  try {
    // Also refuses a dangling link of that name, which would lead the write elsewhere.
    writeFileSync(join(root, 'scalecard.yaml'), STARTER, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(
      `scalecard.yaml cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`,
    );
  }
  await print('scalecard.yaml written: everything in it is a comment or the default\n');
  return 0;
}
