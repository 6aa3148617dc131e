import type { Engine } from './engine.js';
import { decide, evaluate, valueOfPoints } from './evaluate.js';
import { exported, wholeModule } from './exports.js';
import { memberOfPoint } from './follow-member.js';
import { follow } from './follow.js';
import { askingNothing } from './once.js';

/** Ties following and evaluating together, each of which needs the other. */
export function createEngine(
  parts: Pick<Engine, 'sources' | 'graph' | 'calls' | 'implementers' | 'types' | 'environment'>,
): Engine {
  const js: Engine = {
    ...parts,
    memo: new Map(),
    values: new Map(),
    members: new Map(),
    asking: askingNothing(),
    follow: (place, frame) => follow(js, place, frame),
    evaluate: (place, frame) => evaluate(js, place, frame),
    decide: (place, frame) => decide(js, place, frame),
    valueOf: (points, place) => valueOfPoints(js, points, place),
    memberOf: (point, name) => memberOfPoint(js, point, name),
    exported: (index, name) => exported(js, index, name),
    wholeModule: (index) => wholeModule(js, index),
  };
  return js;
}
