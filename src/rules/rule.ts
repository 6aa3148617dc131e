import type { Effort } from './result.js';

export type RuleLevel = 'error' | 'warning' | 'note';
export type Weight = 'critical' | 'high' | 'medium' | 'low';

export const WEIGHTS: Readonly<Record<Weight, number>> = { critical: 10, high: 5, medium: 2, low: 1 };

/** A JSON Schema over the flat properties of a subject, with `component` beside them. */
export type Predicate = Readonly<Record<string, unknown>>;

/** The flat properties of a subject; `component` holds those of its component. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether a subject is as a predicate says. */
export type Test = (subject: Properties) => boolean;

export interface Example {
  /** What the example shows, in a few words. */
  readonly title: string;
  /** Properties of the subject; an unknown one is `{ unknown: reason }`. */
  readonly subject: Readonly<Record<string, unknown>>;
  /** For a failing example: the level that it must get. */
  readonly level?: RuleLevel;
}

/** One file in `rules/<category>/`. */
export interface Rule {
  readonly id: string;
  readonly category: string;
  readonly aliases: readonly string[];
  readonly level: RuleLevel;
  readonly weight: Weight;
  /** The state of grace in one line. */
  readonly description: string;
  /** What is wrong here, with {{property}} holes. */
  readonly message: string;
  /** Why it hurts when load grows. */
  readonly why: string;
  /** Steps, the smallest first. */
  readonly help: readonly string[];
  readonly effort: Effort;
  readonly references: readonly string[];
  /** A fact kind, or `component`. */
  readonly subject: string;
  readonly applies?: Predicate;
  readonly fails: Predicate;
  readonly worsens?: Predicate;
  readonly eases?: Predicate;
  /** Failures in one file that one change mends are told as one; so are those that agree in a property, where it is named, and all of a component for that word. */
  readonly together?: true | string;
  readonly examples: {
    readonly fail: readonly Example[];
    readonly pass: readonly Example[];
    readonly open: readonly Example[];
  };
  /** Absolute path of the file that holds it. */
  readonly file: string;
}

/** `category.yaml` of a folder of rules. */
export interface Category {
  readonly id: string;
  readonly title: string;
  readonly weight: number;
}

export interface RuleSet {
  /** Sorted by id. */
  readonly rules: readonly Rule[];
  /** In the order in which reports show them. */
  readonly categories: readonly Category[];
}
