import { CallMethodStep, Directive, TextSourceCodeBase } from '@eslint/plugin-kit';
import type { SourceCode } from 'eslint';
import { lineStarts, type Region } from '../location.js';
import { directives } from '../rules/directives.js';

/** The only thing that is ever visited in our languages, so that no listener of other people's rules fires. */
export const FILE_SEEN = 'onScalecardFile';

/** The root of the tree, and all of it. */
export interface FileNode {
  readonly type: 'ScalecardFile';
  readonly range: [number, number];
  readonly loc: SourceCode['ast']['loc'];
  readonly comments: [];
  readonly tokens: [];
  readonly body: [];
}

interface CommentNode {
  readonly range: [number, number];
  readonly loc: SourceCode['ast']['loc'];
}

// What rules for JavaScript reach for before they visit anything. Configurations without `files`, as most presets are,
// switch them on for our languages too; here they find nothing to do.
const SCOPE = Object.freeze({
  type: 'global',
  set: new Map(),
  variables: [],
  references: [],
  through: [],
  childScopes: [],
  implicit: { variables: [], set: new Map() },
  upper: null,
  isStrict: true,
});
const SCOPES = Object.freeze({ scopes: [], globalScope: SCOPE, acquire: () => null, getDeclaredVariables: () => [] });
const CHECKER: object = new Proxy({}, { get: () => () => undefined });
const PROGRAM = {
  getTypeChecker: () => CHECKER,
  getCompilerOptions: () => ({ strict: true, strictNullChecks: true }),
  getSourceFile: () => undefined,
  getSourceFiles: () => [],
};
const SERVICES = Object.freeze({
  program: PROGRAM,
  esTreeNodeToTSNodeMap: new WeakMap(),
  tsNodeToESTreeNodeMap: new WeakMap(),
  emitDecoratorMetadata: false,
  experimentalDecorators: false,
  isolatedDeclarations: false,
  getTypeAtLocation: () => undefined,
  getSymbolAtLocation: () => undefined,
});

export interface FileOptions {
  readonly hasBOM: boolean;
  readonly marker: string | undefined;
  readonly trailing: boolean;
}

/** The comments that the audit reads, read by the same function; without a reason they have no effect there and here. */
function commentsOf(text: string): { comments: CommentNode[]; directives: Directive[] } {
  const found = directives(text, '').filter(({ eslint }) => eslint);
  if (found.length === 0) return { comments: [], directives: [] };
  const lines = lineStarts(text);
  const nodeAt = ({ startLine, startColumn, endLine, endColumn }: Region): CommentNode => ({
    range: [(lines[startLine - 1] ?? 0) + startColumn - 1, (lines[endLine - 1] ?? 0) + endColumn - 1],
    loc: { start: { line: startLine, column: startColumn - 1 }, end: { line: endLine, column: endColumn - 1 } },
  });
  const effective = found.flatMap(({ scope, ids, reason, location, ends }) => {
    if (reason === '') return [];
    const type = scope === 'line' ? 'disable-line' : scope === 'next' ? 'disable-next-line' : 'disable';
    const begin = { type, node: nodeAt(location.region), value: ids.join(', '), justification: reason } as const;
    const closing = [...ends].map(
      ([id, { region }]) => new Directive({ type: 'enable', node: nodeAt(region), value: id, justification: '' }),
    );
    return [new Directive(begin), ...closing];
  });
  return {
    comments: found.map(({ location }) => nodeAt(location.region)),
    directives: effective.sort((a, b) => (a.node as CommentNode).range[0] - (b.node as CommentNode).range[0]),
  };
}

/** The text of a file, and the comments that silence results: what our rules report was found elsewhere. */
export class FileSourceCode extends TextSourceCodeBase {
  readonly visitorKeys = { ScalecardFile: [] };
  readonly parserServices = SERVICES;
  /** Null would mean that ESLint should find the scopes itself. */
  readonly scopeManager = SCOPES;
  readonly tokensAndComments: readonly never[] = [];
  readonly hasBOM: boolean;
  readonly marker: string | undefined;
  /** Whether a comment may follow something on its line. */
  readonly trailing: boolean;
  readonly #comments: readonly CommentNode[];
  readonly #directives: readonly Directive[];

  constructor(text: string, ast: FileNode, options: FileOptions) {
    // A bare carriage return ends a line for us and for editors.
    super({ text, ast, lineEndingPattern: /\r\n|[\r\n]/u });
    this.hasBOM = options.hasBOM;
    this.marker = options.marker;
    this.trailing = options.trailing;
    const found = commentsOf(text);
    this.#comments = found.comments;
    this.#directives = found.directives;
  }

  /** All comments in ESLint's words that silence a rule of ours, effective or not. */
  get eslintComments(): readonly CommentNode[] {
    return this.#comments;
  }

  getInlineConfigNodes(): unknown[] {
    return [...new Set(this.#directives.map(({ node }) => node))];
  }

  getDisableDirectives(): { directives: Directive[]; problems: never[] } {
    return { directives: [...this.#directives], problems: [] };
  }

  /** Comments cannot configure rules here: the command line would not know of it. */
  applyInlineConfig(): { configs: never[]; problems: never[] } {
    return { configs: [], problems: [] };
  }

  override traverse(): CallMethodStep[] {
    return [new CallMethodStep({ target: FILE_SEEN, args: [this.ast] })];
  }

  override getParent(): undefined {
    return undefined;
  }

  getScope(): typeof SCOPE {
    return SCOPE;
  }
}

const EMPTY = [
  'getAllComments',
  'getTokens',
  'getFirstTokens',
  'getLastTokens',
  'getTokensBefore',
  'getTokensAfter',
  'getTokensBetween',
  'getFirstTokensBetween',
  'getLastTokensBetween',
  'getCommentsBefore',
  'getCommentsAfter',
  'getCommentsInside',
  'getDeclaredVariables',
];
const NONE = [
  'getFirstToken',
  'getLastToken',
  'getTokenBefore',
  'getTokenAfter',
  'getFirstTokenBetween',
  'getLastTokenBetween',
  'getTokenByRangeStart',
  'getTokenOrCommentBefore',
  'getTokenOrCommentAfter',
  'getNodeByRangeIndex',
  'getJSDocComment',
];
const NO = [
  'commentsExistBetween',
  'isSpaceBetween',
  'isSpaceBetweenTokens',
  'isGlobalReference',
  'markVariableAsUsed',
];

const prototype = FileSourceCode.prototype as unknown as Record<string, () => unknown>;
for (const name of EMPTY) prototype[name] = () => [];
for (const name of NONE) prototype[name] = () => null;
for (const name of NO) prototype[name] = () => false;
prototype.getLines = function (this: FileSourceCode) {
  return this.lines;
};

export function isOurs(sourceCode: unknown): boolean {
  return sourceCode instanceof FileSourceCode;
}

/** What begins a comment in a file, whichever language it is linted with; undefined where there are none or it is not known. */
export function markerOf(sourceCode: unknown, file: string): string | undefined {
  if (sourceCode instanceof FileSourceCode) return sourceCode.marker;
  if (/\.[cm]?[jt]sx?$/.test(file)) return '//';
  return /\.(?:ya?ml|toml)$/.test(file) ? '#' : undefined;
}
