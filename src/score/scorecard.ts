export type Grade = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

export interface CategoryScore {
  readonly id: string;
  readonly title: string;
  /** 0 to 100; null where nothing in it could be decided. */
  readonly value: number | null;
  readonly grade: Grade | null;
  /** Share of the applicable weight that could be decided, 0 to 1; null where nothing applies. */
  readonly coverage: number | null;
  /** Rules that failed, worst first: where the lost points went. */
  readonly lost: readonly { readonly ruleId: string; readonly component: string; readonly points: number }[];
}

/** The output of `score`. */
export interface Scorecard {
  /** 0 to 100; null where there was nothing to judge, which is not a pass. */
  readonly value: number | null;
  readonly grade: Grade | null;
  readonly coverage: number | null;
  readonly categories: readonly CategoryScore[];
}
