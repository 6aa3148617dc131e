import type { Program } from '../link/program.js';
import type { Evidence, Location } from '../location.js';

/** One setting after evaluation. Unknown parts inside a larger value stand as `{"$unknown": reason}`. */
export interface EvaluatedSetting {
  readonly value?: unknown;
  /** Why the value is not known. */
  readonly unknown?: string;
  /** The environment variable that it depends on. */
  readonly variable?: string;
  /** Where it was last set, first. */
  readonly locations: readonly Location[];
}

/** A module of settings that a deployment selects. */
export interface SettingsModule {
  readonly module: string;
  /** What selects it, the strongest first. */
  readonly evidence: readonly Evidence[];
  /** Sorted by name. */
  readonly settings: Readonly<Record<string, EvaluatedSetting>>;
}

/** A technology with settings of its own exports `settings` of this type from its `settings-report.ts`. */
export type SettingsReport = (programs: ReadonlyMap<string, Program>) => readonly SettingsModule[];
