import type { Inventory } from '../discover/inventory.js';
import type { Notification } from '../location.js';
import type { Model } from '../model/model.js';
import type { Evaluation } from '../rules/result.js';
import type { RuleSet } from '../rules/rule.js';
import type { Scorecard } from '../score/scorecard.js';

/** Everything that one audit found; every format is drawn from this and nothing else. */
export interface Audit {
  readonly tool: { readonly name: string; readonly version: string };
  /** For reading code frames. */
  readonly inventory: Inventory;
  readonly model: Model;
  readonly evaluation: Evaluation;
  readonly scorecard: Scorecard;
  readonly ruleSet: RuleSet;
  /** Sorted; of every stage. */
  readonly notifications: readonly Notification[];
}

export interface ReportOptions {
  /** Whether escape sequences for colour may be written. */
  readonly colour: boolean;
  /** Columns of the terminal; 100 where the output is no terminal. */
  readonly width: number;
  /** Set where GitHub reads what is printed: inside a run of GitHub Actions. */
  readonly github?: GitHub;
}

/** What GitHub must be told otherwise than everybody else. */
export interface GitHub {
  /** Folder of the repository that was audited, `/`-separated, '' for all of it: GitHub wants paths from the top. */
  readonly folder: string;
}

/** One file in this folder per format, found by looking there: `text.ts` exports `report`. Pure. */
export type Report = (audit: Audit, options: ReportOptions) => string;

/** What a format may export beside: loads the libraries that only it needs, before the report is drawn. */
export type Prepare = () => Promise<void>;
