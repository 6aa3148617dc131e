import type { Location } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type {
  Alias,
  Call,
  ClassDef,
  Comprehension,
  Expression,
  FunctionDef,
  Lambda,
  Module,
  Name,
  Node,
  Parameter,
} from '../../parse/python/ast.js';

/** A Python file that production can run. */
export interface PythonModule {
  /** Relative to the root. */
  readonly path: string;
  /** Dotted, as the folders with `__init__.py` above it tell. */
  readonly name: string;
  readonly document: Document<Module>;
}

/** A node together with the file it stands in: what every question below is asked of. */
export interface PythonPlace<N extends Node = Node> {
  readonly module: PythonModule;
  readonly node: N;
}

export type PythonFunction = FunctionDef | Lambda;
/** What has names of its own. */
export type ScopeNode = Module | FunctionDef | Lambda | ClassDef | Comprehension;

/** What an expression stands for, followed through variables, imports, attributes, calls and `await` of the repository. */
export type PythonTarget =
  | FromLibrary
  | { readonly kind: 'module'; readonly module: PythonModule }
  | { readonly kind: 'function'; readonly at: PythonPlace<PythonFunction>; readonly owner?: PythonPlace<ClassDef> }
  | { readonly kind: 'class'; readonly at: PythonPlace<ClassDef> }
  /** An object of a class of the repository; `call` made it, where that can be told. */
  | { readonly kind: 'instance'; readonly of: PythonPlace<ClassDef>; readonly call?: PythonPlace<Call> }
  /** Written there: a literal, a display, an operation. */
  | { readonly kind: 'value'; readonly at: PythonPlace<Expression> }
  /** One of what a loop or comprehension goes over. */
  | { readonly kind: 'element'; readonly of: PythonPlace<Expression> }
  | { readonly kind: 'parameter'; readonly at: PythonPlace<Parameter>; readonly of: PythonFunction }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What is not in the repository gives: a package, the standard library, a builtin. */
export interface FromLibrary {
  readonly kind: 'library';
  /**
   * Dotted, from the package on, with `()` for a call and `[]` for a subscript: `os.environ[].split()`,
   * `threading.Lock()`, `builtins.open`, `some.library.Base.objects.filter()`.
   */
  readonly name: string;
  /** The class of the repository through which it is reached: `Book` of `Book.objects`. */
  readonly through?: PythonPlace<ClassDef>;
  /** The last call among the steps. */
  readonly call?: PythonPlace<Call>;
}

/** What binds a name. */
export type Definition =
  | { readonly kind: 'function'; readonly node: FunctionDef }
  | { readonly kind: 'class'; readonly node: ClassDef }
  /** `from .a import b` has module `a`, level 1 and member `b`; `import a.b` has no member, and binds `a` unless it is renamed. */
  | {
      readonly kind: 'import';
      readonly node: Alias;
      readonly level: number;
      readonly module: string;
      readonly member?: string;
    }
  | { readonly kind: 'parameter'; readonly node: Parameter; readonly of: PythonFunction }
  | { readonly kind: 'value'; readonly node: Expression; readonly target: Name }
  | { readonly kind: 'element'; readonly node: Expression; readonly target: Name }
  | { readonly kind: 'entered'; readonly node: Expression; readonly target: Name }
  /** Unpacking, `except ... as`, `del`, `+=`: bound, but to nothing that is followed. */
  | { readonly kind: 'other'; readonly node: Node };

/** A name of one scope, with everything that binds and reads it within its module. */
export interface Binding {
  readonly name: string;
  readonly scope: ScopeNode;
  readonly definitions: readonly Definition[];
  readonly references: readonly Reference[];
}

export interface Reference {
  readonly node: Name;
  /** Binds it (`x = ...`, `x += 1`, `del x`); changes of what it holds (`x.append(...)`, `x[y] = z`) are no writes here. */
  readonly write: boolean;
  /** Functions that it stands in, innermost last; empty where the module itself does it. */
  readonly within: readonly PythonFunction[];
}

/**
 * The Python of one component, ready to be asked, whatever its framework. Nothing is parsed before somebody asks; tests,
 * migrations, documentation and packaging are left out.
 */
export interface PythonCode {
  /** Paths of its files, sorted. */
  readonly paths: readonly string[];
  /** The modules whose text matches: nothing else is parsed. */
  modulesWith(mentions: RegExp): readonly PythonModule[];
  moduleAt(path: string): PythonModule | undefined;
  /** By its dotted name, as an absolute import would find it; undefined where it is not in the repository. */
  moduleNamed(name: string): PythonModule | undefined;
  /** What an expression can stand for: several where branches are not decided, never none. */
  resolve(expression: PythonPlace<Expression>): readonly PythonTarget[];
  /** What a dotted text names, as settings do: `shop.middleware.Timing`. */
  resolveText(dotted: string): readonly PythonTarget[];
  /** The names that a module binds at its top. */
  bindings(module: PythonModule): readonly Binding[];
  /** The binding that a name in the code refers to, where its own module holds it. */
  bindingOf(name: PythonPlace<Name>): Binding | undefined;
  /** Uses of a module's name in other modules: the names and attributes that stand for it there. */
  usesElsewhere(module: PythonModule, name: string): readonly PythonPlace<Expression>[];
  /** A member of a class or of the classes of the repository above it; the first in the order of the bases. */
  member(
    of: PythonPlace<ClassDef>,
    name: string,
  ): { readonly owner: PythonPlace<ClassDef>; readonly definition: Definition } | undefined;
  /** Its ancestors: classes of the repository, nearest first, itself among them, and the dotted names of those of libraries. */
  ancestry(of: PythonPlace<ClassDef>): {
    readonly own: readonly PythonPlace<ClassDef>[];
    readonly libraries: readonly string[];
    /** Whether one of the bases could not be followed. */
    readonly partial: boolean;
  };
  /** Where a function or class of the repository is called, by its name or through an object; those by name alone only where no other has that name. */
  callsOf(fn: PythonPlace<FunctionDef | ClassDef>): readonly PythonPlace<Call>[];
  /** The only method of that name, for calls through what nobody can tell the class of; undefined for names that others have as well. */
  onlyMethod(name: string): PythonPlace<FunctionDef> | undefined;
  /** Where it is handed on instead: `Thread(target=work)`, `path('', view)`, a decorator. */
  handedOnAt(fn: PythonPlace<FunctionDef | ClassDef>): readonly PythonPlace<Expression>[];
  /** The nodes above a node, innermost first. */
  above(place: PythonPlace): readonly Node[];
  /** The functions that a place stands in, innermost first. */
  functionsAround(place: PythonPlace): readonly PythonFunction[];
  /** The class whose body holds a function, where it is a method. */
  ownerOf(fn: PythonPlace<PythonFunction>): PythonPlace<ClassDef> | undefined;
  locate(place: PythonPlace): Location;
  /** Keeps what is made of the code alone, whatever a component sets: components that run the same code share it. */
  memo<T>(key: string, make: () => T): T;
}
