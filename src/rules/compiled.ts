import type { Test } from './rule.js';

/**
 * Predicates that need no compiling any more, by their JSON. The build fills this table with what ajv makes of our own
 * rules (.config/build.js): loading ajv and compiling them anew took 30 ms of every run.
 */
export const COMPILED: ReadonlyMap<string, Test> = new Map();
