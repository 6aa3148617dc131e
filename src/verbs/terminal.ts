import type { ReportOptions } from '../report/report.js';

/** What Node gives: on a pipe both are undefined, whatever the types of Node say. */
interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What the flags and the environment say about writing to a terminal. */
export function terminalOptions(stream: Stream, color: boolean): ReportOptions {
  return { colour: color && wantsColour(stream), width: (stream.isTTY === true ? stream.columns : undefined) ?? 100 };
}

/** The flag first, then FORCE_COLOR, then NO_COLOR (https://no-color.org), then what the output is. */
function wantsColour(stream: Stream): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = process.env;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  // A plain false: handed undefined, picocolors decides for itself, and it colours the logs of CI.
  return stream.isTTY === true && term !== 'dumb';
}

/** How long a run may take before it says what it is doing. */
const PATIENCE = 500;

export interface Progress {
  readonly stage: (name: string) => void;
  readonly end: () => void;
}

/** One line on standard error that is overwritten and taken away; nothing at all where nobody watches. */
export function progressOn(stream: NodeJS.WriteStream, quiet = false): Progress {
  if (quiet || !stream.isTTY) return { stage: () => undefined, end: () => undefined };
  const start = performance.now();
  let shown = false;
  return {
    stage(name) {
      if (performance.now() - start < PATIENCE) return;
      stream.write(`\r\u001b[2K${name} …`);
      shown = true;
    },
    end() {
      if (shown) stream.write('\r\u001b[2K');
    },
  };
}
