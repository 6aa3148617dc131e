/**
 * The syntax tree of one Python file, in the shape and the words of CPython's `ast` module (3.14), so that its
 * documentation describes ours. Differences: positions are UTF-16 offsets into the text (`start` inclusive, `end`
 * exclusive) instead of lines; constants carry what is needed of their value; and where the source is broken an
 * `Invalid` statement or expression stands for the part that could not be read.
 *
 * A decorated function or class starts at `def` or `class`, as in CPython, so its decorators lie before its span. Type
 * parameters (`[T: bound]` after a name) are read and left out.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Module extends Span {
  readonly type: 'Module';
  readonly body: Statement[];
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExpressionStatement
  | Pass
  | Break
  | Continue
  | InvalidStatement;

export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetDisplay
  | Comprehension
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | JoinedStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice
  | InvalidExpression;

export type Node =
  | Module
  | Statement
  | Expression
  | Parameters
  | Parameter
  | Keyword
  | ExceptHandler
  | WithItem
  | MatchCase
  | Alias
  | ComprehensionClause
  | FormattedValue;

// --- statements ---------------------------------------------------------------------------------------------------

export interface FunctionDef extends Span {
  readonly type: 'FunctionDef';
  readonly async: boolean;
  readonly name: string;
  readonly nameStart: number;
  readonly params: Parameters;
  readonly body: Statement[];
  readonly decorators: Expression[];
  readonly returns: Expression | null;
}

export interface ClassDef extends Span {
  readonly type: 'ClassDef';
  readonly name: string;
  readonly nameStart: number;
  readonly bases: Expression[];
  readonly keywords: Keyword[];
  readonly body: Statement[];
  readonly decorators: Expression[];
}

export interface Return extends Span {
  readonly type: 'Return';
  readonly value: Expression | null;
}

export interface Delete extends Span {
  readonly type: 'Delete';
  readonly targets: Expression[];
}

/** `a = b = value`: one entry in `targets` per `=`. */
export interface Assign extends Span {
  readonly type: 'Assign';
  readonly targets: Expression[];
  readonly value: Expression;
}

/** `type X[T] = value` (PEP 695). */
export interface TypeAlias extends Span {
  readonly type: 'TypeAlias';
  readonly name: string;
  readonly value: Expression;
}

export interface AugAssign extends Span {
  readonly type: 'AugAssign';
  readonly target: Expression;
  readonly op: BinaryOperator;
  readonly value: Expression;
}

export interface AnnAssign extends Span {
  readonly type: 'AnnAssign';
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | null;
}

export interface For extends Span {
  readonly type: 'For';
  readonly async: boolean;
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: Statement[];
  readonly orelse: Statement[];
}

export interface While extends Span {
  readonly type: 'While';
  readonly test: Expression;
  readonly body: Statement[];
  readonly orelse: Statement[];
}

/** `elif` is an `If` alone in `orelse`. */
export interface If extends Span {
  readonly type: 'If';
  readonly test: Expression;
  readonly body: Statement[];
  readonly orelse: Statement[];
}

export interface With extends Span {
  readonly type: 'With';
  readonly async: boolean;
  readonly items: WithItem[];
  readonly body: Statement[];
}

export interface WithItem extends Span {
  readonly type: 'WithItem';
  readonly context: Expression;
  readonly target: Expression | null;
}

export interface Match extends Span {
  readonly type: 'Match';
  readonly subject: Expression;
  readonly cases: MatchCase[];
}

/**
 * Patterns are kept as the expressions they look like (`Point(x=0)` is a Call, `[a, *b]` a List, `a | b` a BinOp);
 * `p as n` further down in a pattern is a NamedExpr.
 */
export interface MatchCase extends Span {
  readonly type: 'MatchCase';
  readonly pattern: Expression;
  /** The name after `as` at the top of the pattern. */
  readonly name: string | null;
  readonly guard: Expression | null;
  readonly body: Statement[];
}

export interface Raise extends Span {
  readonly type: 'Raise';
  readonly exc: Expression | null;
  readonly cause: Expression | null;
}

export interface Try extends Span {
  readonly type: 'Try';
  /** `except*` */
  readonly star: boolean;
  readonly body: Statement[];
  readonly handlers: ExceptHandler[];
  readonly orelse: Statement[];
  readonly finalbody: Statement[];
}

export interface ExceptHandler extends Span {
  readonly type: 'ExceptHandler';
  readonly exception: Expression | null;
  readonly name: string | null;
  readonly body: Statement[];
}

export interface Assert extends Span {
  readonly type: 'Assert';
  readonly test: Expression;
  readonly message: Expression | null;
}

export interface Import extends Span {
  readonly type: 'Import';
  readonly names: Alias[];
}

export interface ImportFrom extends Span {
  readonly type: 'ImportFrom';
  /** Dotted name; empty for `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  /** A single alias named `*` for a star import. */
  readonly names: Alias[];
}

export interface Alias extends Span {
  readonly type: 'Alias';
  readonly name: string;
  readonly asname: string | null;
}

export interface Global extends Span {
  readonly type: 'Global';
  readonly names: string[];
}

export interface Nonlocal extends Span {
  readonly type: 'Nonlocal';
  readonly names: string[];
}

export interface ExpressionStatement extends Span {
  readonly type: 'Expr';
  readonly value: Expression;
}

export interface Pass extends Span {
  readonly type: 'Pass';
}

export interface Break extends Span {
  readonly type: 'Break';
}

export interface Continue extends Span {
  readonly type: 'Continue';
}

export interface InvalidStatement extends Span {
  readonly type: 'InvalidStatement';
}

// --- parameters and arguments -------------------------------------------------------------------------------------

export interface Parameters extends Span {
  readonly type: 'Parameters';
  readonly list: Parameter[];
}

/** Python's five groups told by `kind`, in source order. */
export interface Parameter extends Span {
  readonly type: 'Parameter';
  readonly kind: 'positional-only' | 'positional' | 'vararg' | 'keyword-only' | 'kwarg';
  readonly name: string;
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

/** `name=value` in a call or class header; `name` is null for `**value`. */
export interface Keyword extends Span {
  readonly type: 'Keyword';
  readonly name: string | null;
  readonly value: Expression;
}

// --- expressions --------------------------------------------------------------------------------------------------

export type BinaryOperator = '+' | '-' | '*' | '@' | '/' | '%' | '**' | '<<' | '>>' | '|' | '^' | '&' | '//';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

export interface BoolOp extends Span {
  readonly type: 'BoolOp';
  readonly op: 'and' | 'or';
  readonly values: Expression[];
}

export interface NamedExpr extends Span {
  readonly type: 'NamedExpr';
  readonly target: Name;
  readonly value: Expression;
}

export interface BinOp extends Span {
  readonly type: 'BinOp';
  readonly left: Expression;
  readonly op: BinaryOperator;
  readonly right: Expression;
}

export interface UnaryOp extends Span {
  readonly type: 'UnaryOp';
  readonly op: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}

export interface Lambda extends Span {
  readonly type: 'Lambda';
  readonly params: Parameters;
  readonly body: Expression;
}

export interface IfExp extends Span {
  readonly type: 'IfExp';
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}

/** A null key is `**value`. */
export interface Dict extends Span {
  readonly type: 'Dict';
  readonly keys: (Expression | null)[];
  readonly values: Expression[];
}

export interface SetDisplay extends Span {
  readonly type: 'Set';
  readonly elts: Expression[];
}

/** List, set and dict comprehensions and generator expressions. `value` is set for a dict only. */
export interface Comprehension extends Span {
  readonly type: 'Comprehension';
  readonly kind: 'list' | 'set' | 'dict' | 'generator';
  readonly element: Expression;
  readonly value: Expression | null;
  readonly clauses: ComprehensionClause[];
}

export interface ComprehensionClause extends Span {
  readonly type: 'ComprehensionClause';
  readonly async: boolean;
  readonly target: Expression;
  readonly iter: Expression;
  readonly ifs: Expression[];
}

export interface Await extends Span {
  readonly type: 'Await';
  readonly value: Expression;
}

export interface Yield extends Span {
  readonly type: 'Yield';
  readonly value: Expression | null;
}

export interface YieldFrom extends Span {
  readonly type: 'YieldFrom';
  readonly value: Expression;
}

export interface Compare extends Span {
  readonly type: 'Compare';
  readonly left: Expression;
  readonly ops: CompareOperator[];
  readonly comparators: Expression[];
}

export interface Call extends Span {
  readonly type: 'Call';
  readonly func: Expression;
  readonly args: Expression[];
  readonly keywords: Keyword[];
}

/** An f-string or t-string, adjacent literals joined: strings already decoded, and the replaced fields. */
export interface JoinedStr extends Span {
  readonly type: 'JoinedStr';
  readonly template: boolean;
  readonly values: (string | FormattedValue)[];
}

export interface FormattedValue extends Span {
  readonly type: 'FormattedValue';
  readonly value: Expression;
  readonly conversion: 's' | 'r' | 'a' | null;
  readonly format: (string | FormattedValue)[] | null;
}

/**
 * A literal. Adjacent strings are joined and decoded. `value` of an int beyond 2^53 is a bigint; of a complex number
 * null. Bytes hold one character per byte. `\N{...}` in a string stays as written, for want of a table of names.
 */
export type Constant = Span & { readonly type: 'Constant' } & (
    | { readonly kind: 'str' | 'bytes'; readonly value: string }
    | { readonly kind: 'int'; readonly value: number | bigint }
    | { readonly kind: 'float'; readonly value: number }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'none' | 'ellipsis' | 'complex'; readonly value: null }
  );

export interface Attribute extends Span {
  readonly type: 'Attribute';
  readonly value: Expression;
  readonly attr: string;
  readonly attrStart: number;
}

export interface Subscript extends Span {
  readonly type: 'Subscript';
  readonly value: Expression;
  readonly slice: Expression;
}

export interface Starred extends Span {
  readonly type: 'Starred';
  readonly value: Expression;
}

export interface Name extends Span {
  readonly type: 'Name';
  readonly id: string;
}

export interface List extends Span {
  readonly type: 'List';
  readonly elts: Expression[];
}

export interface Tuple extends Span {
  readonly type: 'Tuple';
  readonly elts: Expression[];
}

export interface Slice extends Span {
  readonly type: 'Slice';
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}

export interface InvalidExpression extends Span {
  readonly type: 'InvalidExpression';
}
