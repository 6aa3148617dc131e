import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { GitHub } from '../report/report.js';

/**
 * Whether this is a run of GitHub Actions, and where the audited folder stands in the repository
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/variables). The repository is the workspace,
 * or the clone inside it that holds the folder: actions/checkout can be told to put it further down.
 */
export function gitHubOf(environment: NodeJS.ProcessEnv, root: string): GitHub | undefined {
  const { GITHUB_ACTIONS: runs, GITHUB_WORKSPACE: workspace } = environment;
  if (runs !== 'true') return undefined;
  const top = workspace === undefined || workspace === '' ? undefined : realOf(workspace);
  if (top === undefined || !isBelow(root, top)) return { folder: '' };
  let repository = root;
  while (repository !== top && !isClone(repository)) repository = dirname(repository);
  return { folder: relative(repository, root).split(sep).join('/') };
}

function isBelow(folder: string, top: string): boolean {
  return folder === top || folder.startsWith(top.endsWith(sep) ? top : `${top}${sep}`);
}

/** A submodule is none: there `.git` is a file, and GitHub counts its files to the repository around it. */
function isClone(folder: string): boolean {
  const git = join(folder, '.git');
  return existsSync(git) && statSync(git).isDirectory();
}

function realOf(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}
