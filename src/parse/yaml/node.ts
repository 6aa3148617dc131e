import type { Range } from '../document.js';

interface Placed extends Range {
  /** A tag of an application (`!reset`, `!Ref`); tags of YAML itself are not kept. */
  readonly tag?: string;
}

export interface YamlScalar extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, without quotes: `1.10` stays `1.10`. Empty for an absent value. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'literal' | 'folded';
  /** Where the lines of a literal or folded scalar start, after its header. */
  readonly bodyStart?: number;
}

export interface YamlPair {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: YamlNode;
}

export interface YamlMap extends Placed {
  readonly kind: 'map';
  /** In order of the file, those of `<<` last. A repeated key stands repeatedly; the last one counts, which `get` knows. */
  readonly pairs: readonly YamlPair[];
}

export interface YamlList extends Placed {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

/** Plain data. Aliases are resolved: the same node can stand in several places, and its range is that of the anchor. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

export interface YamlTree {
  /** Empty documents are left out. */
  readonly documents: readonly YamlNode[];
  /** The file is a template (`{{ }}`) that nobody rendered, so `documents` is empty. */
  readonly template: boolean;
  /** Put together from defaults that are there for others to start a copy of their own. */
  readonly offered?: boolean;
}
