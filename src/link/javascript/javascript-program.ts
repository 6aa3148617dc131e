import type { TSESTree } from '@typescript-eslint/types';
import type { Evidence, Location } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { JavaScript } from '../../parse/javascript/index.js';
import type { LaunchedCommand } from '../launched-command.js';
import type { Value } from '../value.js';

/** A node together with the file it stands in: what every question below is asked of, and most answers are. */
export interface Placed<N extends TSESTree.Node = TSESTree.Node> {
  readonly module: JavaScriptModule;
  readonly node: N;
}

export interface JavaScriptModule {
  /** Relative to the root. */
  readonly path: string;
  readonly document: Document<JavaScript>;
}

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;
export type FunctionNode =
  TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

/** A file at which the component starts. */
export interface Entry {
  readonly path: string;
  readonly evidence: readonly Evidence[];
}

/**
 * What an expression stands for in the end, followed through variables, imports and exports of the repository, `await`, type
 * assertions and parentheses.
 */
export type Traced = FromPackage | InRepository | NotTraced;

/** Something that a package (or Node itself) gives. */
export interface FromPackage {
  readonly kind: 'package';
  /**
   * `express-session`, `@socket.io/redis-adapter`; `node:fs` for what Node brings, whether or not the code writes the prefix.
   * Names that are there without an import: `node:global`, the name being the first step (['Map', 'new']), unless a module of Node
   * exports it as well (`process`, `setInterval` of `node:timers`, `Buffer`, `URL`).
   */
  readonly package: string;
  /** The file of the package, where a part of it is imported: `callback_api` of `mysql/callback_api`; mostly ''. */
  readonly subpath: string;
  /**
   * From the exports of the package to the value: names of members, `()` for a call, `new` for a construction. The default
   * export and a whole module of CommonJS are the package itself: `express()` is ['()'], `app.get` of it ['()', 'get'],
   * `new Server()` of socket.io ['Server', 'new'], `require('connect-redis')(session)` ['()'].
   * `=>1` is the second thing that a call hands to a function that it is given: `res` of `app.get('/', (req, res) => ...)` is
   * ['()', 'get', '()', '=>1'], `socket` of `io.on('connection', (socket) => ...)` ['Server', 'new', 'on', '()', '=>0']. '*' is
   * a member whose name is computed, '``' a template that the value tags. What a declared type says is an object of it, as by
   * construction: `app: Application` of express is ['Application', 'new'].
   */
  readonly steps: readonly string[];
  /** The last call or construction among the steps, where there is one. */
  readonly call: Placed<Call> | undefined;
  readonly evidence: readonly Evidence[];
}

/** Something that the repository writes itself: a function, a class, an object, a literal, a template. */
export interface InRepository {
  readonly kind: 'repository';
  readonly at: Placed;
  /** From that node to the value, as above: [] for the node itself, ['new'] for an instance of a class, ['()', 'client'] for a member of what a function returns, where no more is known of it. */
  readonly steps: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface NotTraced {
  readonly kind: 'unknown';
  readonly reason: string;
}

/** A package as a manifest declares it. */
export interface DeclaredPackage {
  readonly name: string;
  /** The one locked, else the lowest that its range allows, where that can be told. */
  readonly version?: string;
  readonly development: boolean;
  readonly location: Location;
}

/** A call or construction of something that a package gives. */
export interface Use extends Placed<Call> {
  readonly package: string;
  readonly subpath: string;
  /** To what is called, without the call itself: ['()', 'use'] for `app.use(...)` where `app = express()`. */
  readonly steps: readonly string[];
  /** The call that made the receiver: `express()` of `app.use(...)`. */
  readonly receiver: Placed<Call> | undefined;
  /** Functions that this call stands in, innermost last; empty at the top of a module. */
  readonly within: readonly FunctionNode[];
}

/** A variable that a module declares at its top, with everything that reads or writes it, in whatever module of the component. */
export interface ModuleVariable extends Placed {
  readonly name: string;
  /** How it is declared. */
  readonly declared: 'const' | 'let' | 'var' | 'class-static';
  readonly initial: TSESTree.Expression | undefined;
  readonly references: readonly VariableReference[];
}

export interface VariableReference extends Placed<TSESTree.Identifier> {
  /** `x = ...`, `x++` and the like; changes of what it holds (`x.set(...)`, `x[y] = z`) are no writes here. */
  readonly write: boolean;
  /** Functions that it stands in, innermost last; empty where the module itself does it. */
  readonly within: readonly FunctionNode[];
}

/** The JavaScript and TypeScript of one component, ready to be asked. Nothing is parsed before somebody asks. */
export interface JavaScriptProgram {
  /** What starts the component: the commands of its launch, else the script of its package.json that production would run. */
  readonly commands: readonly LaunchedCommand[];
  /** Where the component starts, followed from its commands and manifests back to sources; empty where nothing tells. */
  readonly entries: readonly Entry[];
  /** The command that starts a file which is not in the repository, where the last one that starts any does. */
  readonly missing: string | undefined;
  /** Every file of the repository that the entries load: by import, require, re-export or a dynamic import that can be followed; sorted by path. */
  readonly modules: readonly JavaScriptModule[];
  /** Whether the modules import a package at all: the cheap question before any other. */
  imports(name: string): boolean;
  /** Every import (or require) of a package: where it stands. */
  importsOf(name: string): readonly Location[];
  /** Calls and constructions of what a package (or `node:global` and its like) gives, through whatever variables, in the order of files and places. */
  uses(name: string): readonly Use[];
  /** What an expression can stand for: several where branches are not decided, never none. */
  trace(expression: Placed): readonly Traced[];
  /** What an expression evaluates to with the environment of the component: unknown with a reason where it does not. */
  value(expression: Placed): Value;
  /**
   * The expression behind a key of the object that an expression stands for (options of a call), through spreads and variables, the last one
   * counts; 'absent' where it certainly has no such key; undefined where that cannot be told.
   */
  option(object: Placed | undefined, key: string): Placed<TSESTree.Expression> | 'absent' | undefined;
  /** The variables that a module declares at its top, and static fields of its classes. */
  variables(module: JavaScriptModule): readonly ModuleVariable[];
  /** The function that an expression stands for: a handler by name, a method, what a wrapper such as `asyncHandler(fn)` is given. */
  functionOf(expression: Placed): Placed<FunctionNode> | undefined;
  /** Calls of a function of the repository, in whatever module of the component. */
  callsOf(fn: Placed<FunctionNode>): readonly Placed<Call>[];
  /** A package as the manifest of the component declares it (else that of a folder above, else any): undefined where none does. */
  dependency(name: string): DeclaredPackage | undefined;
  locate(place: Placed): Location;
}
