import type { TSESTree } from '@typescript-eslint/types';
import type { Evidence } from '../../location.js';
import type { Value } from '../value.js';
import type { Call, FunctionNode, Placed } from './javascript-program.js';
import type { ModuleIndex } from './module-index.js';
import type { CommonSources, ModuleGraph } from './module-graph.js';
import type { Asking, Named } from './once.js';

/** What a function is given where one call of it is looked at: its parameters then mean the arguments of that call alone. */
export interface Frame {
  readonly fn: FunctionNode;
  readonly call: Placed<Call> | undefined;
  /** Where the arguments themselves are to be understood. */
  readonly from: Frame | undefined;
  /** Of the function around it, where that was called as well. */
  readonly outer: Frame | undefined;
  readonly depth: number;
  readonly memo: Map<TSESTree.Node, readonly Point[]>;
  readonly values: Map<TSESTree.Node, Value>;
  readonly members: Named<readonly Point[]>;
}

/** What an expression may stand for, as the public `Traced` says it, with what is needed to go on from there. */
export type Point = PackagePoint | RepositoryPoint | UnknownPoint;

export interface PackagePoint {
  readonly kind: 'package';
  readonly package: string;
  readonly subpath: string;
  readonly steps: readonly string[];
  readonly call: Placed<Call> | undefined;
  readonly frame?: Frame | undefined;
  readonly evidence: readonly Evidence[];
  /** Variables of the environment that decided that it is this one. */
  readonly variables?: readonly string[];
}

export interface RepositoryPoint {
  readonly kind: 'repository';
  /** A whole module is its Program. */
  readonly at: Placed;
  readonly steps: readonly string[];
  readonly frame?: Frame | undefined;
  readonly variables?: readonly string[];
}

export interface UnknownPoint {
  readonly kind: 'unknown';
  readonly reason: string;
  /** It is certainly not there: JavaScript's undefined. */
  readonly absent?: boolean;
  readonly variables?: readonly string[];
}

/** Everything that following names and evaluating expressions share. */
export interface Engine {
  readonly sources: CommonSources;
  readonly graph: ModuleGraph;
  /** The calls of each function; undefined while that very index is made: then parameters stand for nothing. */
  readonly calls: (() => ReadonlyMap<TSESTree.Node, readonly Placed<Call>[]>) | undefined;
  /** The classes of each interface, and of each class that is extended; undefined while the modules are not all known. */
  readonly implementers: (() => ReadonlyMap<TSESTree.Node, readonly Placed[]>) | undefined;
  /** Asks a type checker what syntax does not tell: what an object may be that has a member of that name. */
  readonly types: ((receiver: Placed, member: string) => readonly Point[]) | undefined;
  /** Variables of the environment, those of files that the program itself loads among them. */
  readonly environment: (name: string) => Value;
  readonly memo: Map<TSESTree.Node, readonly Point[]>;
  readonly values: Map<TSESTree.Node, Value>;
  /** Members of things, by the steps to them; exports of modules; objects of types. */
  readonly members: Named<readonly Point[]>;
  readonly asking: Asking;
  /** What an expression can stand for: at least one possibility, be it that it is not known. */
  follow(place: Placed, frame: Frame | undefined): readonly Point[];
  /** What an expression comes to. */
  evaluate(place: Placed, frame: Frame | undefined): Value;
  /** Whether a condition holds. */
  decide(place: Placed, frame: Frame | undefined): Decided;
  /** What possibilities come to: one value where they agree, else not known, with what it can be. */
  valueOf(points: readonly Point[], place?: Placed): Value;
  /** A member of something; `*` for any item of a list. */
  memberOf(point: Point, name: string): readonly Point[];
  /** What an ES import of this name gives. */
  exported(index: ModuleIndex, name: string): readonly Point[];
  /** What require() of a module returns. */
  wholeModule(index: ModuleIndex): readonly Point[];
}

export interface Decided {
  readonly truth: boolean | undefined;
  /** Whether it is null or undefined. */
  readonly missing: boolean | undefined;
  readonly variables: readonly string[];
}

export const DEEPEST_FRAME = 8;
const MOST_POINTS = 16;

export const unknownPoint = (reason: string): UnknownPoint => ({ kind: 'unknown', reason });
export const absentPoint = (reason: string, variables?: readonly string[]): UnknownPoint =>
  variables === undefined || variables.length === 0
    ? { kind: 'unknown', reason, absent: true }
    : { kind: 'unknown', reason, absent: true, variables };

/** Each possibility once. */
export function distinct(points: readonly Point[]): readonly Point[] {
  if (points.length < 2) return points.length === 0 ? [unknownPoint('nothing tells')] : points;
  const seen: Point[] = [];
  for (const point of points) if (!seen.some((other) => isSame(other, point))) seen.push(point);
  // That it may not be there says nothing more beside what else it may be.
  return seen.length > MOST_POINTS ? [unknownPoint('it may be too many things')] : seen;
}

function isSame(a: Point, b: Point): boolean {
  if (a === b) return true;
  if (a.kind === 'unknown' || b.kind === 'unknown')
    return a.kind === b.kind && (a as UnknownPoint).absent === (b as UnknownPoint).absent;
  if (a.steps.length !== b.steps.length || a.steps.some((step, i) => step !== b.steps[i])) return false;
  if (a.kind === 'package')
    return b.kind === 'package' && a.package === b.package && a.subpath === b.subpath && a.call?.node === b.call?.node;
  return b.kind === 'repository' && a.at.node === b.at.node && a.frame === b.frame;
}

/** The frame in which the code of a function is to be understood: that of its own call, or of one around it. */
export function frameOf(node: TSESTree.Node | undefined, frame: Frame | undefined): Frame | undefined {
  if (frame === undefined) return undefined;
  for (let at = node; at !== undefined; at = at.parent)
    for (let one: Frame | undefined = frame; one !== undefined; one = one.outer) if (one.fn === at) return one;
  return undefined;
}

/** Notes which variables of the environment decided. */
export function because(points: readonly Point[], variables: readonly string[]): readonly Point[] {
  if (variables.length === 0) return points;
  return points.map((point) => ({
    ...point,
    variables: [...new Set([...(point.variables ?? []), ...variables])].sort(),
  }));
}
