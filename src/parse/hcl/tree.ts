import type { Range } from '../document.js';

/** `name = value` */
export interface HclAttribute {
  readonly name: string;
  readonly nameRange: Range;
  readonly value: HclExpression;
}

/** `type "label" { ... }` */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Type and labels, without the body. */
  readonly head: Range;
  readonly body: HclBody;
}

export interface HclBody {
  /** In order of the file. A repeated name stands repeatedly. */
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

/** A piece of a template: text, `${ }`, `%{ if }` or `%{ for }`. */
export type HclPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: HclExpression }
  | {
      readonly kind: 'if';
      readonly condition: HclExpression;
      readonly then: readonly HclPart[];
      readonly otherwise: readonly HclPart[];
    }
  | {
      readonly kind: 'for';
      readonly key: string | undefined;
      readonly name: string;
      readonly of: HclExpression;
      readonly each: readonly HclPart[];
    };

export type HclExpression = Range &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    | { readonly kind: 'template'; readonly parts: readonly HclPart[] }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'member'; readonly of: HclExpression; readonly name: string }
    | { readonly kind: 'index'; readonly of: HclExpression; readonly key: HclExpression }
    /** `of[*].rest`: `rest` begins at the name `*`, which stands for each of them. */
    | { readonly kind: 'splat'; readonly of: HclExpression; readonly rest: HclExpression }
    | {
        readonly kind: 'call';
        readonly name: string;
        readonly args: readonly HclExpression[];
        /** The last one is a list of further ones: `f(a, b...)`. */
        readonly spread: boolean;
      }
    | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: HclExpression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: HclExpression;
        readonly right: HclExpression;
      }
    | {
        readonly kind: 'conditional';
        readonly condition: HclExpression;
        readonly then: HclExpression;
        readonly otherwise: HclExpression;
      }
    | { readonly kind: 'list'; readonly items: readonly HclExpression[] }
    /** A bare word as key is a literal. */
    | {
        readonly kind: 'object';
        readonly items: readonly { readonly key: HclExpression; readonly value: HclExpression }[];
      }
    | {
        readonly kind: 'for';
        readonly key: string | undefined;
        readonly name: string;
        readonly of: HclExpression;
        /** Present where it makes an object. */
        readonly under: HclExpression | undefined;
        readonly each: HclExpression;
        readonly condition: HclExpression | undefined;
        /** `...`: values under the same key are gathered. */
        readonly grouped: boolean;
      }
    /** What could not be read. */
    | { readonly kind: 'broken' }
  );

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';
