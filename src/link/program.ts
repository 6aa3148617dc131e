import type { Inventory } from '../discover/inventory.js';
import type { Evidence, Location, Maybe } from '../location.js';
import type { Documents } from '../parse/document.js';
import type { JavaScriptProgram } from './javascript/javascript-program.js';
import type { LaunchedCommand } from './launched-command.js';
import type { Mount } from './mount.js';
import type { PythonCode } from './python-code/python-code.js';
import type { Value } from './value.js';

/** A variable that the deployment (or the command line of the audit) sets for a component. */
export interface EnvironmentVariable {
  /** Unknown where the deployment sets it from what the repository does not hold, a secret for example. */
  readonly value: Maybe<string>;
  /** Absent for values of `--env`. */
  readonly location?: Location;
}

/** How the code of one component is started: what its evaluation starts from. */
export interface Launch {
  /** Name of the component. */
  readonly component: string;
  /** The image that it runs, where it runs one. */
  readonly image?: string;
  /** The image that it is built from, else the one that it runs: whose makers provide what its code runs on. */
  readonly base?: { readonly image: string; readonly location: Location };
  /** Where the deployment tells of it; absent where nothing deploys it. */
  readonly location?: Location;
  /** The folder of the code, relative to the root ('' is the root itself): build context, or where the manifest of the application stands. */
  readonly directory: string;
  /** The commands it runs, split into words, outermost first; empty where nothing tells. Entrypoint scripts are followed. */
  readonly commands: readonly LaunchedCommand[];
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
  /** Set where the deployment takes over variables that the repository does not hold: what is unset may be set there. */
  readonly openEnvironment?: string;
  /** The environment files that are all of it. */
  readonly openFiles?: readonly string[];
  /** Megabytes of 1,048,576 bytes that one instance may take, where the deployment says so. */
  readonly memory?: number;
  /** The signal that tells it to stop, where image or manifest name one: "SIGQUIT". */
  readonly stopSignal?: string;
  /** Set where its platform puts a process before it that hands signals on. */
  readonly guarded?: true;
  /** The folder of the container in which its commands begin, where that is told. */
  readonly workingDirectory?: string | undefined;
  /** Where the container keeps the code: container path to repository path, from COPY, ADD and bind mounts. */
  readonly mounts: readonly Mount[];
}

/** A package that the repository declares to need. `version` is the lowest that its constraint allows or the one locked, where that can be told. */
export interface Dependency {
  /** Normalised as its ecosystem does (PEP 503 for Python). */
  readonly name: string;
  readonly version?: string;
  /** The versions that may be installed, as Python's manifests write it: one that is locked as `==4.2.7`; absent where any may. */
  readonly constraint?: string;
  /** Declared for development or tests only. */
  readonly development: boolean;
  readonly location: Location;
  /** Where a lock file fixes the version, where the manifest leaves several. */
  readonly lockedAt?: Location;
}

/** A Python module after evaluation: its names and what they are bound to at the end. */
export interface EvaluatedModule {
  /** Dotted. */
  readonly name: string;
  readonly path: string;
  readonly names: ReadonlyMap<string, Value>;
  /** What any other name may be: set where something of which it is not known what it is called was set; absent where these are all. */
  readonly others?: Value;
  /** Why parts of it could not be followed: imports that fail, loops that were cut. */
  readonly gaps: readonly Evidence[];
}

/** Evaluates modules of the audited repository without executing anything of it. */
export interface PythonEvaluator {
  /** Finds a module as Python would, from the import roots of the launch; the path relative to the audited root. */
  resolve(module: string): string | undefined;
  /** Evaluates it at most once; undefined where it does not resolve or cannot be read. */
  evaluate(module: string): EvaluatedModule | undefined;
  /** Evaluates one more module with variables added to the environment (a settings module decided by other means). */
  evaluateWith(module: string, environment: ReadonlyMap<string, EnvironmentVariable>): EvaluatedModule | undefined;
  /** The attributes of a class of a module, as an object of it would show them, properties computed: settings that are kept in a class. */
  evaluateClass(
    module: string,
    name: string,
    environment: ReadonlyMap<string, EnvironmentVariable>,
  ): EvaluatedModule | undefined;
  /** Evaluates a file that no import statement can name, because of a dot or dash in it; the path relative to the audited root. */
  evaluateFile(path: string): EvaluatedModule | undefined;
  /** Runs a script (a path below the root) as `__main__`, and gives the environment that it leaves to what it starts. */
  environmentAfter(path: string): ReadonlyMap<string, Value>;
}

/** The output of `link`: the code of one component, ready to be asked. */
export interface Program {
  readonly launch: Launch;
  readonly inventory: Inventory;
  readonly documents: Documents;
  /** Python's. Sorted by name. Every declaration counts; the one of the launch's own folder first. */
  readonly dependencies: readonly Dependency[];
  readonly python: PythonEvaluator;
  /** Its Python as it is written: names, calls, classes. */
  readonly pythonCode: PythonCode;
  readonly javascript: JavaScriptProgram;
  /** Keeps what several extractors need of the same program; `make` runs once per key. */
  memo<T>(key: string, make: () => T): T;
}
