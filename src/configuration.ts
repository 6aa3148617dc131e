import type { Scope } from './facts/fact.js';
import type { Location } from './location.js';
import type { RuleLevel } from './rules/rule.js';

export interface ComponentConfiguration {
  /** It is one instance and shall stay so: results about growth are notes at most. */
  readonly single?: boolean;
  readonly target?: Scope;
  /** Instances it really runs in, where the repository does not tell. */
  readonly instances?: number;
  /** Left out of the audit. */
  readonly ignore?: boolean;
  readonly rules?: Readonly<Record<string, RuleLevel | 'off'>>;
}

/** `scalecard.yaml` of the audited root, after validation; every key is optional there. */
export interface Configuration {
  readonly target: Scope;
  /** Patterns in gitignore's syntax; where given, only these files are looked at. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: Readonly<Record<string, RuleLevel | 'off'>>;
  /** Absolute paths of folders inside the audited root with rules of its own. */
  readonly ruleFolders: readonly string[];
  readonly components: Readonly<Record<string, ComponentConfiguration>>;
  /** Where each key stands, by its JSON pointer (`/components/web/single`); absent where there is no file. */
  readonly places?: ReadonlyMap<string, Location>;
}

export const DEFAULT_CONFIGURATION: Configuration = {
  target: 'cluster',
  include: [],
  exclude: [],
  rules: {},
  ruleFolders: [],
  components: {},
};
