import type { Location } from '../location.js';

/** SARIF's words. A `fail` has a level of its own; an `open` result could not be decided and weighs nothing. */
export type ResultKind = 'fail' | 'open';
export type ResultLevel = 'error' | 'warning' | 'note' | 'none';
export type Effort = 'minutes' | 'hours' | 'days';

export interface RelatedLocation {
  readonly location: Location;
  readonly message: string;
}

export interface Suppression {
  /** Where the comment or the configuration stands that silences it. */
  readonly location: Location;
  readonly justification: string;
}

export interface Result {
  readonly ruleId: string;
  readonly kind: ResultKind;
  /** `none` for `open`. */
  readonly level: ResultLevel;
  /** Plain text, one or two sentences. Holds text of the audited repository: reports must escape it. */
  readonly message: string;
  readonly location: Location;
  readonly relatedLocations: readonly RelatedLocation[];
  readonly component: string;
  /** Other components in which the same place gives the same result. */
  readonly alsoIn: readonly string[];
  /** Stable over moved lines and renamed folders: rule, component and normalised evidence. */
  readonly fingerprint: string;
  readonly effort: Effort;
  /** What to do, the smallest step first, in the words of this place. */
  readonly help: readonly string[];
  readonly suppression?: Suppression;
  /** What results of this rule in one file are told together by. */
  readonly unit?: string;
}

/** How often a rule was decided in a component, for the score. */
export interface Verdict {
  readonly ruleId: string;
  readonly component: string;
  readonly kind: 'pass' | 'fail' | 'open' | 'notApplicable';
}

/** The output of `rules`. */
export interface Evaluation {
  /** Sorted by location, rule, component. Suppressed ones stand in `suppressed`. */
  readonly results: readonly Result[];
  readonly suppressed: readonly Result[];
  /** One per rule and component. */
  readonly verdicts: readonly Verdict[];
}
