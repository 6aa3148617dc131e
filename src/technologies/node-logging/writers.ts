import type { Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { unknown, type Maybe } from '../../location.js';
import { argument, at, nameOf } from '../javascript-place.js';

/** Something that writes the log to a file. */
export interface Writer {
  readonly place: Placed;
  /** What writes, as the code or its configuration names it. */
  readonly handler: string;
  readonly rotates: Maybe<boolean>;
  /** The file, or the folder where its name is made of the date. */
  readonly path: Placed | undefined;
  /** What to write in its place. */
  readonly remedy: string;
}

type Reader = (program: Program, use: Use) => Writer | undefined;

/** What each package is asked by: a call or construction of it that may write a file. */
export const WRITERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['winston', ofWinston],
  ['winston-daily-rotate-file', ofDailyRotation],
  ['pino', ofPino],
  ['bunyan', ofBunyan],
  ['log4js', ofLog4js],
  ['morgan', ofMorgan],
  ['rotating-file-stream', ofRotatingStream],
]);

const CONSOLE = 'new winston.transports.Console()';

/** https://github.com/winstonjs/winston/blob/master/docs/transports.md#file-transport: `maxsize` starts another file, each process when it thinks so. */
function ofWinston(program: Program, use: Use): Writer | undefined {
  const steps = named(use);
  if (steps === 'transports.DailyRotateFile') return ofDailyRotation(program, use);
  // Version 2 is handed the class and its options: `winston.add(winston.transports.File, { filename })`.
  if (steps === 'add') {
    const transport = argument(use, 0);
    if (transport?.node.type !== 'MemberExpression' || nameOf(transport.node) !== 'File') return undefined;
    return written(program, use, argument(use, 1), 'winston.transports.File', 'maxsize', `winston.add(${CONSOLE})`);
  }
  if (steps !== 'transports.File') return undefined;
  return written(program, use, argument(use, 0), 'winston.transports.File', 'maxsize', CONSOLE);
}

/** Files are called by the day, which all processes agree on; `maxSize` adds a count, which each keeps for itself. */
function ofDailyRotation(program: Program, use: Use): Writer | undefined {
  const steps = named(use);
  if (use.receiver !== undefined || !/^(?:|transports\.DailyRotateFile)$/.test(steps)) return undefined;
  return written(program, use, argument(use, 0), 'DailyRotateFile', 'maxSize', CONSOLE);
}

function written(
  program: Program,
  use: Use,
  options: Placed | undefined,
  handler: string,
  limit: string,
  remedy: string,
): Writer | undefined {
  if (options === undefined) return undefined;
  const { javascript } = program;
  const size = javascript.option(options, limit);
  const name = given(program, options, 'filename');
  // A stream in place of a file.
  if (name === undefined && given(program, options, 'stream') !== undefined) return undefined;
  const folder = given(program, options, 'dirname');
  const rotates = size === undefined ? unknown('the options of the log cannot be followed') : size !== 'absent';
  return { place: use, handler, rotates, path: folder === undefined ? name : undefined, remedy };
}

/** https://github.com/pinojs/pino/blob/main/docs/api.md#pino-destination: a number is a descriptor that is open already, 1 the standard output. */
function ofPino(program: Program, use: Use): Writer | undefined {
  const steps = named(use);
  const remedy = 'pino() without a destination, which writes to standard output';
  const found = (place: Placed, path: Placed): Writer => ({ place, handler: 'pino', rotates: false, path, remedy });
  if (steps === 'destination') {
    const first = argument(use, 0);
    const path = first?.node.type === 'ObjectExpression' ? given(program, first, 'dest') : first;
    return path !== undefined && text(program.javascript.value(path)) !== undefined ? found(use, path) : undefined;
  }
  const options = argument(use, 0);
  const transport = steps === 'transport' ? options : steps === '' ? given(program, options, 'transport') : undefined;
  if (transport === undefined) return undefined;
  for (const target of [transport, ...elementsOf(program, given(program, transport, 'targets'))]) {
    const name = given(program, target, 'target');
    if (name === undefined || text(program.javascript.value(name)) !== 'pino/file') continue;
    const path = given(program, given(program, target, 'options'), 'destination');
    if (path !== undefined && text(program.javascript.value(path)) !== undefined) return found(target, path);
  }
  return undefined;
}

/** https://github.com/trentm/node-bunyan#stream-type-rotating-file warns of several processes. */
function ofBunyan(program: Program, use: Use): Writer | undefined {
  if (!/^(?:|createLogger)$/.test(named(use)) || use.receiver !== undefined) return undefined;
  for (const stream of elementsOf(program, given(program, argument(use, 0), 'streams'))) {
    const path = given(program, stream, 'path');
    if (path === undefined) continue;
    const type = given(program, stream, 'type');
    const rotates = type !== undefined && text(program.javascript.value(type)) === 'rotating-file';
    return { place: stream, handler: 'bunyan', rotates, path, remedy: '{ stream: process.stdout }' };
  }
  return undefined;
}

/** Its processes leave writing to one of them: https://log4js-node.github.io/log4js-node/clustering.html */
function ofLog4js(program: Program, use: Use): Writer | undefined {
  if (named(use) !== 'configure') return undefined;
  const appenders = given(program, argument(use, 0), 'appenders');
  if (appenders?.node.type !== 'ObjectExpression') return undefined;
  for (const property of appenders.node.properties) {
    if (property.type !== 'Property') continue;
    const appender = at(appenders, property.value);
    const type = given(program, appender, 'type');
    if (type === undefined || !/^(?:file|fileSync|dateFile)$/.test(text(program.javascript.value(type)) ?? ''))
      continue;
    const path = given(program, appender, 'filename');
    return { place: appender, handler: 'log4js', rotates: false, path, remedy: "{ type: 'stdout' }" };
  }
  return undefined;
}

function ofMorgan(program: Program, use: Use): Writer | undefined {
  if (use.receiver !== undefined) return undefined;
  const stream = given(program, argument(use, 1), 'stream');
  if (stream === undefined) return undefined;
  for (const traced of program.javascript.trace(stream)) {
    if (traced.kind !== 'package' || traced.call === undefined) continue;
    if (!/^node:fs$/.test(traced.package) || !traced.steps.includes('createWriteStream')) continue;
    const path = argument(traced.call, 0);
    return { place: traced.call, handler: 'morgan', rotates: false, path, remedy: "morgan('combined')" };
  }
  return undefined;
}

/** https://github.com/iccicci/rotating-file-stream renames. */
function ofRotatingStream(program: Program, use: Use): Writer | undefined {
  if (!/^(?:|createStream)$/.test(named(use)) || use.receiver !== undefined) return undefined;
  const folder = given(program, argument(use, 1), 'path');
  const name = argument(use, 0);
  const remedy = 'process.stdout in its place';
  return { place: use, handler: 'rotating-file-stream', rotates: true, path: folder ?? name, remedy };
}

function named({ steps }: Use): string {
  return steps.filter((step) => step !== 'new' && step !== '()' && step !== 'default').join('.');
}

function given(program: Program, object: Placed | undefined, key: string): Placed | undefined {
  const found = object === undefined ? 'absent' : program.javascript.option(object, key);
  return found === 'absent' ? undefined : found;
}

function elementsOf(program: Program, list: Placed | undefined): readonly Placed[] {
  if (list === undefined) return [];
  for (const traced of program.javascript.trace(list))
    if (traced.kind === 'repository' && traced.at.node.type === 'ArrayExpression')
      return traced.at.node.elements.flatMap((one) => (one === null ? [] : [at(traced.at, one)]));
  return list.node.type === 'ArrayExpression'
    ? list.node.elements.flatMap((one) => (one === null ? [] : [at(list, one)]))
    : [];
}
