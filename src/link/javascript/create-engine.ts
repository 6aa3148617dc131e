import type { Engine } from './engine.js';
import { decide, evaluate, valueOfPoints } from './evaluate.js';
import { exported, wholeModule } from './exports.js';
import { memberOfPoint } from './follow-member.js';
import { follow } from './follow.js';

/** Ties following and evaluating together, each of which needs the other. */
export function createEngine(parts: Pick<Engine, 'sources' | 'graph' | 'calls' | 'types' | 'environment'>): Engine {
  const js: Engine = {
    ...parts,
    memo: new WeakMap(),
    values: new WeakMap(),
    state: { active: new Map(), depth: 0, steps: 0, lowest: Infinity },
    follow: (place, frame) => follow(js, place, frame),
    evaluate: (place, frame) => evaluate(js, place, frame),
    decide: (place, frame) => decide(js, place, frame),
    valueOf: (points, place) => valueOfPoints(js, points, place),
    memberOf: (point, name, frame) => memberOfPoint(js, point, name, frame),
    exported: (index, name) => exported(js, index, name),
    wholeModule: (index) => wholeModule(js, index),
  };
  return js;
}
