import { memoryClaim } from '../../facts/memory-claim.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { isUnknown } from '../../location.js';
import { scriptedCommands } from '../package-scripts.js';
import { serverOf } from './app-server.js';

const HEAP = /--max[-_]old[-_]space[-_]size=(\d{1,7})\b/;

/** https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib: on the command line, which wins, or in NODE_OPTIONS. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const server = serverOf(program);
  if (program.launch.location === undefined || server === undefined) return;
  const { command } = server;
  const own = scriptedCommands(program).includes(command) ? command.args.join(' ') : '';
  const deployed = program.launch.environment.get('NODE_OPTIONS');
  const option = Object.hasOwn(command.environment, 'NODE_OPTIONS') ? command.environment.NODE_OPTIONS : undefined;
  const inherited = deployed === undefined || isUnknown(deployed.value) ? '' : deployed.value;
  const found = [
    { text: own, location: command.location },
    { text: option ?? '', location: command.location },
    { text: option === undefined ? inherited : '', location: deployed?.location ?? command.location },
  ].find(({ text }) => HEAP.test(text));
  const size = HEAP.exec(found?.text ?? '')?.[1];
  if (found === undefined || size === undefined) return;
  yield state(memoryClaim, found.location, {
    megabytes: Number(size),
    each: 'process',
    setting: `--max-old-space-size=${size}`,
  });
}
