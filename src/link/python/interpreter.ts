import type { Inventory } from '../../discover/inventory.js';
import type { Evidence, Location } from '../../location.js';
import type { Document, Documents } from '../../parse/document.js';
import type { Expression, Module, Statement } from '../../parse/python/ast.js';
import type { Dependency, Launch } from '../program.js';
import type {
  ClassValue,
  DictValue,
  InstanceValue,
  ModuleValue,
  Origin,
  SequenceValue,
  UnknownValue,
  Value,
} from '../value.js';
import type { Completion, Tail } from './completion.js';
import { derived, unknownValue } from './values.js';

/** What keeps an evaluation finite, whatever it is given. */
export const LIMITS = {
  steps: 1_000_000,
  depth: 220,
  calls: 60,
  imports: 60,
  forks: 1_500,
  nestedForks: 10,
  items: 20_000,
  characters: 400_000,
  bits: 4_096,
  gaps: 200,
} as const;

/** A namespace with the code that runs in it. */
export interface Frame {
  readonly kind: 'module' | 'class' | 'function' | 'comprehension';
  readonly locals: DictValue;
  /** The function or comprehension around it, whose names it sees. */
  readonly outer: Frame | undefined;
  readonly module: LoadedModule;
  /** Names that `global` and `nonlocal` send elsewhere. */
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** The class whose method or body runs, for `super()`. */
  owner?: ClassValue;
  readonly self?: Value;
  /** Environment variables that decided that this code runs. */
  control: readonly string[];
  /** What a generator has given so far. */
  readonly yielded?: Value[];
  /** Runs what a `with` around the generator holds, at each `yield`. */
  readonly atYield?: (value: Value) => void;
}

export interface LoadedModule {
  readonly name: string;
  readonly path: string;
  readonly document: Document<Module>;
  readonly namespace: DictValue;
  /** Where each name was set, the last place first. */
  readonly bindings: Map<string, Origin>;
  readonly value: ModuleValue;
  state: 'running' | 'done';
}

/** Arguments of a call as the callee gets them. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** Set where `*x` or `**x` was not known: the rest of the arguments is not either. */
  readonly rest?: UnknownValue;
  /** Where the call stands. */
  readonly at: Location;
  /** Runs at each `yield` of the callee. */
  readonly atYield?: (value: Value) => void;
}

/** What an `except` around the running code would catch. */
export interface Handler {
  catches(type: ClassValue | undefined): boolean;
  /** Exceptions that may have been raised, under a condition that is not known. */
  readonly possible: PythonRaise[];
}

/** What containers held before a branch that may be taken back first changed them. */
export type Saved = Map<unknown, unknown> | Record<string, unknown>;

export interface Journal {
  readonly epoch: number;
  readonly before: Map<object, Saved>;
}

/**
 * What the evaluator knows of libraries that are not in the audited repository. A model says what a dotted name
 * stands for; names without a model are kept as external values.
 */
export interface PythonModels {
  /** By dotted name (`package.module.name`). Called at most once per evaluation. */
  readonly names: ReadonlyMap<string, (py: Interpreter) => Value>;
  /** Distributions that provide an import name, where the two differ: `yaml` is in `pyyaml`. */
  readonly distributions: ReadonlyMap<string, readonly string[]>;
}

/** The evaluation of one program: everything that the parts of the evaluator share. */
export interface Interpreter {
  readonly launch: Launch;
  readonly inventory: Inventory;
  readonly documents: Documents;
  readonly dependencies: readonly Dependency[];
  readonly models: PythonModels;
  readonly environ: DictValue;
  readonly searchPath: SequenceValue;
  readonly argv: SequenceValue;
  readonly modules: Map<string, LoadedModule>;
  /** Import roots, relative to the audited root. */
  readonly roots: readonly string[];
  /** What names of libraries stand for, once looked up. */
  readonly known: Map<string, Value | undefined>;
  readonly exceptions: ReadonlyMap<string, ClassValue>;
  readonly builtins: ReadonlyMap<string, Value>;
  /** Texts of files that were read, by which `exec` finds the file. */
  readonly sources: Map<string, string>;
  readonly gaps: Evidence[];
  readonly handlers: Handler[];
  readonly journals: Journal[];
  frame: Frame | undefined;
  steps: number;
  depth: number;
  calls: number;
  importDepth: number;
  forks: number;
  /** Counts changes of containers, so that a statement can tell whether it changed one. */
  changes: number;
  call(callee: Value, args: Arguments): Value;
  attribute(value: Value, name: string, at: Location): Value;
  importModule(name: string, at: Location): Value;
  /** Runs the body of a function whose arguments are bound. */
  runBody(frame: Frame, body: readonly Statement[] | Expression): Value;
  /** Whether a module can be imported: it is in the repository, or declared. */
  isThere(module: string): boolean | undefined;
  runModule(frame: Frame): void;
  evaluate(frame: Frame, node: Expression): Value;
  runBlock(frame: Frame, body: readonly Statement[], tail?: Tail): Completion;
  /** Runs a file in a namespace, as an include of split files does. */
  runFile(path: string, frame: Frame, at: Location): void;
}

/** The evaluation as a whole went past a limit. */
export class LimitReached extends Error {}

/** An exception of the audited program on its way to a handler. */
export class PythonRaise extends Error {
  readonly exception: Value;
  readonly at: Location;
  constructor(exception: Value, at: Location, message: string) {
    super(message);
    this.exception = exception;
    this.at = at;
  }
}

export function charge(py: Interpreter, steps = 1): void {
  py.steps += steps;
  if (py.steps > LIMITS.steps) throw new LimitReached(`evaluation stopped after ${LIMITS.steps} steps`);
}

export function noteGap(py: Interpreter, message: string, location: Location): void {
  if (py.gaps.length >= LIMITS.gaps) return;
  const known = py.gaps.some(
    (gap) =>
      gap.message === message &&
      gap.location.uri === location.uri &&
      gap.location.region.startLine === location.region.startLine,
  );
  if (!known) py.gaps.push({ message, location });
}

/** An exception of Python by its name, or one of a library by its dotted name. */
export function exceptionClass(py: Interpreter, name: string): ClassValue | undefined {
  const known = py.exceptions.get(name);
  if (known !== undefined || !name.includes('.')) return known;
  if (!py.known.has(name)) py.known.set(name, py.models.names.get(name)?.(py));
  const modelled = py.known.get(name);
  return modelled?.kind === 'class' ? modelled : undefined;
}

export function makeException(py: Interpreter, type: string, message: string, origin: Origin): Value {
  const known = exceptionClass(py, type);
  const text: Value = { kind: 'str', value: message, origin };
  const args: SequenceValue = { kind: 'tuple', items: [text], origin };
  if (known === undefined) return unknownValue(message, origin);
  return { kind: 'instance', class: known, attributes: new Map<string, Value>([['args', args]]), origin };
}

/**
 * A known operation fails. Where the program would catch that, it is raised; elsewhere the program as deployed
 * cannot have taken this way, so the outcome is unknown with the reason, and evaluation goes on.
 */
export function fail(
  py: Interpreter,
  type: string,
  message: string,
  at: Location,
  ...from: readonly Value[]
): UnknownValue {
  const origin = derived(at, ...from);
  if (isCaught(py, exceptionClass(py, type)))
    throw new PythonRaise(makeException(py, type, message, origin), at, message);
  return unknownValue(message, origin);
}

/** An operation on what is not known may fail; whoever would catch that is told. */
export function mayFail(py: Interpreter, type: string, message: string, at: Location, ...from: readonly Value[]): void {
  const raised = exceptionClass(py, type);
  const handler = py.handlers.findLast((one) => one.catches(raised));
  handler?.possible.push(new PythonRaise(makeException(py, type, message, derived(at, ...from)), at, message));
}

export function isCaught(py: Interpreter, type: ClassValue | undefined): boolean {
  return py.handlers.some((handler) => handler.catches(type));
}

export function classOfException(exception: Value): ClassValue | undefined {
  return exception.kind === 'instance' ? exception.class : exception.kind === 'class' ? exception : undefined;
}

export function instanceOf(type: ClassValue, origin: Origin, attributes: [string, Value][] = []): InstanceValue {
  return { kind: 'instance', class: type, attributes: new Map(attributes), origin };
}
