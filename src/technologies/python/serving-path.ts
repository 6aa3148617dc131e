import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import { pythonRequestPath, type PythonRequestPath } from '../python-request-path.js';

/** Why a place runs within a request or a signal. What a queue's worker does by itself, no request reads. */
export function servingPath(program: Program, place: PythonPlace): PythonRequestPath | undefined {
  return pythonRequestPath(program, place, ({ kind }) => kind !== 'task');
}

/** The place, the calls on the way to it, and why the last of them runs. */
export function evidenceOf(
  program: Program,
  place: PythonPlace,
  message: string,
  { evidence, reason }: PythonRequestPath,
): Evidence[] {
  const steps = [{ message, location: program.pythonCode.locate(place) }, ...evidence];
  return steps.map((step, at) =>
    at === steps.length - 1 ? { ...step, message: `${step.message}, and ${reason}` } : step,
  );
}

/** What is done at the beginning or end of every request. */
export function isEachRequest({ reason }: PythonRequestPath): boolean {
  return /request_(?:started|finished)|handles every request|(?:before|after|teardown)_request/.test(reason);
}
