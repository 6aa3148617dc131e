import { posix } from 'node:path';
import type { Program } from '../link/program.js';
import { REPOSITORY } from '../link/value.js';
import { containerPath } from './container-path.js';

/** A path as the process sees it: a relative one begins where the process is started, which is the folder of the code. */
export function launchedPath(program: Program, path: string): string {
  const whole = path.startsWith('/') ? path : posix.join(REPOSITORY, program.launch.directory, path);
  return containerPath(program, whole);
}
