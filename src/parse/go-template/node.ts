import type { Range } from '../document.js';

/** A word of a command. `names` are the fields asked of it: `.a.b` of `$x.a.b`. */
export type GoOperand = Range &
  (
    | { readonly kind: 'dot'; readonly names: readonly string[] }
    | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
    | { readonly kind: 'group'; readonly pipeline: GoPipeline; readonly names: readonly string[] }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  );

export interface GoCommand extends Range {
  readonly operands: readonly GoOperand[];
}

export interface GoPipeline extends Range {
  /** Variables that it sets; two for a `range` with its index. */
  readonly variables: readonly string[];
  /** Whether they are new here. */
  readonly declares: boolean;
  readonly commands: readonly GoCommand[];
}

export interface GoBlock extends Range {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipeline: GoPipeline;
  readonly body: readonly GoNode[];
  readonly otherwise: readonly GoNode[];
}

export type GoNode =
  | (Range & { readonly kind: 'text' })
  | (Range & { readonly kind: 'action'; readonly pipeline: GoPipeline })
  | (Range & { readonly kind: 'template'; readonly name: string; readonly pipeline: GoPipeline | undefined })
  | (Range & { readonly kind: 'break' | 'continue' })
  | GoBlock;

/** A template with those that it defines. */
export interface GoTemplateTree {
  readonly nodes: readonly GoNode[];
  readonly defined: ReadonlyMap<string, readonly GoNode[]>;
  /** What stands in the way of reading the rest; a template with a fault gives nothing. */
  readonly fault: { readonly message: string; readonly offset: number } | undefined;
}
