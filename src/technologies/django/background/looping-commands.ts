import type { PythonPlace } from '../../../link/python-code/python-code.js';
import type { Program } from '../../../link/program.js';
import type { Call, Expression } from '../../../parse/python/ast.js';
import { walkPython } from '../../../parse/python/walk.js';
import { pythonEntries } from '../../python-entries.js';
import { spelling } from '../../python-request-handlers.js';
import { started } from '../../started.js';
import type { Clock } from './clocks.js';

const SERVERS =
  /^(?:gunicorn|uwsgi|uvicorn|daphne|hypercorn|granian|waitress-serve|nginx|apache2ctl|httpd|circusd)(?:3|_python3)?$/;

/** What sleeps less looks for work that others left; what sleeps longer is a clock. */
const SHORTEST = 60;

/** Commands of the project that sleep in a loop, started in every container beside what answers requests. */
export function* loopingCommands(program: Program): Iterable<Clock> {
  if (started(program, SERVERS).length === 0) return;
  for (const { fn, module } of pythonEntries(program)) {
    if (fn?.node.type !== 'FunctionDef') continue;
    const nap = longNapIn(fn.node);
    if (nap === undefined) continue;
    const call: PythonPlace<Call> = { module, node: nap.call };
    const name = /(\w+)\.py$/.exec(module.path)?.[1] ?? 'a command';
    const every = `every ${String(nap.seconds)} s`;
    yield { call, name, work: fn, every, started: [call], plain: false, library: 'a command' };
  }
}

function longNapIn(fn: Parameters<typeof walkPython>[0]): { call: Call; seconds: number } | undefined {
  let found: { call: Call; seconds: number } | undefined;
  walkPython(fn, (node, parents) => {
    if (found !== undefined || node.type !== 'Call' || !/(?:^|\.)sleep$/.test(spelling(node.func))) return;
    if (!parents.some((one) => one.type === 'While')) return;
    const seconds = productOf(node.args[0], 0);
    if (seconds !== undefined && seconds >= SHORTEST) found = { call: node, seconds };
  });
  return found;
}

/** `60 * 15` */
function productOf(node: Expression | undefined, depth: number): number | undefined {
  if (node?.type === 'Constant') return node.kind === 'int' || node.kind === 'float' ? Number(node.value) : undefined;
  if (node?.type !== 'BinOp' || node.op !== '*' || depth > 4) return undefined;
  const [left, right] = [productOf(node.left, depth + 1), productOf(node.right, depth + 1)];
  return left === undefined || right === undefined ? undefined : left * right;
}
