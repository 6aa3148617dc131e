import { state, type Stated } from '../../facts/fact.js';
import { logFile } from '../../facts/log-file.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { launchedPath } from '../launched-path.js';
import { isReached } from '../reached.js';
import { WRITERS, type Writer } from './writers.js';

/** Of all files that the code writes its log to in production, the first that is rotated, else the first. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  const writers = [...writersOf(program)];
  const first =
    writers.find(({ rotates }) => rotates === true) ?? writers.find(({ rotates }) => isUnknown(rotates)) ?? writers[0];
  if (first === undefined) return;
  const { handler, rotates, remedy } = first;
  const path = pathOf(program, first);
  yield state(
    logFile,
    javascript.locate(first.place),
    { handler, rotates, setting: nameOfFile(path), remedy, path },
    writers
      .filter((one) => one !== first)
      .slice(0, 8)
      .map((one) => ({ message: `${one.handler} writes one as well`, location: javascript.locate(one.place) })),
  );
}

function* writersOf(program: Program): Iterable<Writer> {
  const { javascript } = program;
  const told = new Set<unknown>();
  for (const [name, read] of WRITERS) {
    if (!javascript.imports(name)) continue;
    for (const use of javascript.uses(name)) {
      const writer = read(program, use);
      if (writer === undefined || told.has(writer.place.node)) continue;
      const reached = isReached(program, writer.place);
      if (reached === false) continue;
      told.add(writer.place.node);
      // `/dev/stdout` is no file.
      if (/^\/(?:dev|proc)\//.test(textOf(program, writer) ?? '')) continue;
      yield reached === true
        ? writer
        : { ...writer, rotates: unknown('whether production comes here is not known'), path: undefined };
    }
  }
}

function textOf(program: Program, { path }: Writer): string | undefined {
  return path === undefined ? undefined : text(program.javascript.value(path));
}

function pathOf(program: Program, writer: Writer): Maybe<string> {
  const written = textOf(program, writer);
  return written === undefined ? unknown('what names the file is not known') : launchedPath(program, written);
}

function nameOfFile(path: Maybe<string>): string {
  return isUnknown(path) ? 'a file' : path;
}
