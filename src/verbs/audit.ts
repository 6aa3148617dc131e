import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { audit as auditFolder } from '../audit.js';
import type { Audit } from '../report/report.js';
import { readConfiguration } from '../configuration/read.js';
import { harmless } from '../harmless.js';
import { isUnknown } from '../location.js';
import { didYouMean } from '../nearest.js';
import { UsageError } from '../usage-error.js';
import { environmentOf } from './environment.js';
import type { GatherFlags } from './facts.js';
import { reportOf } from './formats.js';
import { gitHubOf } from './github.js';
import { outputsOf, type OutputFlag } from './outputs.js';
import { print } from './print.js';
import { rootOf } from './root.js';
import { progressOn, terminalOptions } from './terminal.js';

export const BARS = ['error', 'warning', 'note', 'never'] as const;
export type Bar = (typeof BARS)[number];

export interface AuditFlags extends GatherFlags {
  readonly outputs: readonly OutputFlag[];
  readonly failOn: Bar;
  readonly minScore?: number;
  readonly color: boolean;
}

/** Audits a folder, writes the reports, and says by the exit status what a build should think of it. */
export async function audit(folders: readonly string[], flags: AuditFlags, verbs: readonly string[]): Promise<number> {
  const path = onlyOne(folders, verbs);
  const root = rootOf(path, verbs);
  // What could fail for the caller's own fault fails before the work begins.
  const outputs = outputsOf(flags.outputs);
  const reports = await Promise.all(outputs.map(({ format }) => reportOf(format)));
  const environment = environmentOf(flags.envFile, flags.env);
  const configuration = await readConfiguration(root, flags.config);
  const progress = progressOn(process.stderr, flags.quiet);
  const found = await auditFolder({ root, configuration, environment, progress: progress.stage }).finally(progress.end);
  const github = gitHubOf(process.env, root);
  for (const [index, { file }] of outputs.entries()) {
    const paper = file === undefined ? terminalOptions(process.stdout, flags.color) : { colour: false, width: 100 };
    const options = { ...paper, ...(github && { github }) };
    const text = reports[index]?.(found, options) ?? '';
    if (flags.quiet !== true || flags.outputs.length > 0) await print(text, file);
  }
  if (flags.quiet !== true) sayWhatIsAbove(found, root);
  return exitStatus(found, flags, path);
}

/** Hooks for single files (lint-staged, pre-commit) give them all: one file alone tells nothing that is judged here. */
function onlyOne(folders: readonly string[], verbs: readonly string[]): string {
  const [first = '.'] = folders;
  if (folders.length < 2) return first;
  const files = folders.filter((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true).length;
  if (files > 0)
    throw new UsageError(
      `single files were given (${files}), but what is audited is a folder, the whole repository; for files there is scalecard/eslint, for hooks: lint-staged '*': () => "scalecard", pre-commit pass_filenames: false`,
    );
  const meant = existsSync(first) ? '' : didYouMean(first, verbs);
  throw new UsageError(harmless(`too many arguments: ${folders.join(' ')}${meant || '; audit takes one folder'}`));
}

/** Part of a repository seldom tells how it is deployed. */
function sayWhatIsAbove({ inventory, scorecard, model }: Audit, root: string): void {
  const isDeployed = model.components.every(
    ({ directory, properties }) => directory === null || !isUnknown(properties.reach.value),
  );
  if ((isDeployed && scorecard.coverage !== null) || inventory.files.length === 0) return;
  // Who writes a configuration into a folder, or cloned it, means this folder.
  if (['.git', 'scalecard.yaml', 'scalecard.yml'].some((name) => existsSync(join(root, name)))) return;
  let above = dirname(root);
  while (!existsSync(join(above, '.git'))) {
    if (dirname(above) === above) return;
    above = dirname(above);
  }
  const where = harmless(relative(process.cwd(), above) || '.');
  process.stderr.write(
    `scalecard: this folder is part of a repository; what starts and deploys it may stand above: scalecard ${where}\n`,
  );
}

function exitStatus(
  { inventory, evaluation, scorecard }: Audit,
  { failOn, minScore, quiet }: AuditFlags,
  path: string,
): number {
  const say = (line: string) => {
    if (quiet !== true)
      process.stderr.write(`${line}
`);
  };
  if (inventory.files.length === 0) {
    process.stderr.write(`scalecard: nothing to audit here: no file that can be read found in ${harmless(path)}\n`);
    return 2;
  }
  let status = 0;
  if (minScore !== undefined && (scorecard.value === null || scorecard.value < minScore)) {
    say(
      `scalecard: the score is ${scorecard.value ?? 'none, for nothing could be judged'}; --min-score asks for ${minScore}`,
    );
    status = 1;
  }
  const counting: readonly string[] = failOn === 'never' ? [] : BARS.slice(0, BARS.indexOf(failOn) + 1);
  const reached = evaluation.results.filter(({ kind, level }) => kind === 'fail' && counting.includes(level)).length;
  if (reached > 0) {
    say(`scalecard: ${reached === 1 ? '1 result is' : `${reached} results are`} at or above --fail-on ${failOn}`);
    status = 1;
  }
  return status;
}
