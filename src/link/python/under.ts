import type { Frame } from './interpreter.js';
import { unite } from './values.js';

/** Statements that run because of a condition depend on what it depends on. */
export function under<T>(frame: Frame, variables: readonly string[], run: () => T): T {
  const { control } = frame;
  frame.control = unite(control, variables);
  try {
    return run();
  } finally {
    frame.control = control;
  }
}
