import type { PythonPlace } from '../link/python-code/python-code.js';
import type { Program } from '../link/program.js';
import { unknown, type Evidence, type Location, type Maybe } from '../location.js';
import type { Call, Constant, Dict, Expression, Node } from '../parse/python/ast.js';
import { walkPython } from '../parse/python/walk.js';
import { pythonEntries, type PythonEntry } from './python-entries.js';
import { overCores, type Decision } from './started.js';

/** A call by which a program starts a server in its own process. */
export interface ServingCall {
  /** Where it is told how: `Server(app, threads=4)` of a call of its `run()`. */
  readonly place: PythonPlace<Call>;
  /** Dotted, as the library names it. */
  readonly name: string;
  readonly location: Location;
  /** How the component comes to it. */
  readonly evidence: readonly Evidence[];
}

/** Calls that are followed upwards from a place. */
const DEEPEST = 5;
const WIDEST = 8;

/** The calls of a server's functions that what the component runs comes to. */
export function servingCalls(program: Program, mentions: RegExp, names: RegExp): readonly ServingCall[] {
  const entries = pythonEntries(program);
  if (entries.length === 0) return [];
  const { pythonCode } = program;
  const found: ServingCall[] = [];
  for (const module of pythonCode.modulesWith(mentions)) {
    const calls: Call[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Call') calls.push(node);
    });
    for (const node of calls) {
      const target = pythonCode.resolve({ module, node: node.func }).find(({ kind }) => kind === 'library');
      if (target?.kind !== 'library' || !names.test(target.name)) continue;
      const place = { module, node };
      const evidence = reachedFrom(program, place, entries, 0, new Set());
      if (evidence === undefined) continue;
      const location = pythonCode.locate({ module, node: { ...node, end: node.func.end } });
      found.push({ place: target.call ?? place, name: target.name, location, evidence });
    }
  }
  return found;
}

/** The way from a command to a place, for servers that are begun by a class of the repository. */
export function startedFrom(program: Program, place: PythonPlace): readonly Evidence[] | undefined {
  const entries = pythonEntries(program);
  return entries.length === 0 ? undefined : reachedFrom(program, place, entries, 0, new Set());
}

/** The way from a command to a place, where what the command runs calls it. */
function reachedFrom(
  program: Program,
  place: PythonPlace,
  entries: readonly PythonEntry[],
  depth: number,
  seen: Set<Node>,
): readonly Evidence[] | undefined {
  const { pythonCode } = program;
  const around = pythonCode.functionsAround(place);
  const entry = entries.find(({ module, fn }) =>
    fn === undefined ? around.length === 0 && module.path === place.module.path : around.includes(fn.node),
  );
  if (entry !== undefined) return [{ message: 'it is started here', location: entry.command.location }];
  const [fn] = around;
  if (fn?.type !== 'FunctionDef' || seen.has(fn) || depth >= DEEPEST) return undefined;
  seen.add(fn);
  const at = { module: place.module, node: fn };
  for (const caller of [...pythonCode.callsOf(at).slice(0, WIDEST), ...pythonCode.handedOnAt(at).slice(0, WIDEST)]) {
    const way = reachedFrom(program, caller, entries, depth + 1, seen);
    if (way !== undefined)
      return [...way, { message: `${fn.name} is called here`, location: pythonCode.locate(caller) }];
  }
  return undefined;
}

/** What is given to a call by name, in the call or in a dictionary that is spread into it or given to it. */
export function givenBy(program: Program, place: PythonPlace<Call>, name: string): PythonPlace<Expression> | undefined {
  const { module, node } = place;
  const own = node.keywords.find((one) => one.name === name)?.value;
  if (own !== undefined) return { module, node: own };
  const others = [...node.args, ...node.keywords.map(({ value }) => value)];
  for (const other of others) {
    if (other.type !== 'Name' && other.type !== 'Dict' && other.type !== 'Attribute') continue;
    for (const target of program.pythonCode.resolve({ module, node: other }).slice(0, 3)) {
      if (target.kind !== 'value' || target.at.node.type !== 'Dict') continue;
      const value = entryOf(target.at.node, name);
      if (value !== undefined) return { module: target.at.module, node: value };
    }
  }
  return undefined;
}

function entryOf({ keys, values }: Dict, name: string): Expression | undefined {
  const at = keys.findIndex((key) => key?.type === 'Constant' && key.kind === 'str' && key.value === name);
  return at < 0 ? undefined : values[at];
}

/** The constant that an expression stands for, if it stands for one. */
export function constantOf(program: Program, place: PythonPlace<Expression>): Constant | undefined {
  if (place.node.type === 'Constant') return place.node;
  const [target, ...others] = program.pythonCode.resolve(place);
  return others.length === 0 && target?.kind === 'value' && target.at.node.type === 'Constant'
    ? target.at.node
    : undefined;
}

/** A number that a call decides; the default of the server where it says nothing. */
export function numberGiven(
  program: Program,
  call: Pick<ServingCall, 'place' | 'location'>,
  setting: string,
  byDefault: Maybe<number>,
): Decision {
  const given = givenBy(program, call.place, setting);
  if (given === undefined) return { value: byDefault, explicit: false, setting, location: call.location };
  const location = program.pythonCode.locate(given);
  const constant = constantOf(program, given);
  const written = given.module.document.text.slice(given.node.start, given.node.end);
  const value =
    constant?.kind === 'int' ? Number(constant.value) : constant?.kind === 'none' ? byDefault : workedOut(written);
  return { value, explicit: true, setting, location };
}

/** `multiprocessing.cpu_count() * 2 + 1` depends on the machine, `settings.WORKERS` on what nobody evaluates here. */
function workedOut(written: string): Maybe<number> {
  const line = written.replace(/\s+/g, ' ');
  return overCores(line.slice(0, 300)) ?? unknown(`"${line.slice(0, 60)}" is worked out when it starts`);
}

/** Whether a switch is given and on. */
export function isOn(program: Program, call: Pick<ServingCall, 'place'>, names: readonly string[]): Maybe<boolean> {
  let open: string | undefined;
  for (const name of names) {
    const given = givenBy(program, call.place, name);
    if (given === undefined) continue;
    const constant = constantOf(program, given);
    if (constant === undefined) open = name;
    else if (constant.value === true) return true;
  }
  return open === undefined ? false : unknown(`what ${open} is given is worked out when it starts`);
}
