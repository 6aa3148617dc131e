import { posix } from 'node:path';
import type { Range } from '../document.js';
import { arrayKey, BETWEEN, expandText, expandWord, type Surroundings } from './expand-word.js';
import type { Lookup } from './parameter.js';
import { parseScript } from './parse-script.js';
import type { CaseStep, IfStep, RawWord, Script, SimpleStep, Step } from './script.js';
import { scriptOf } from './script-of.js';
import { matches, testOutcome } from './test-outcome.js';
import { tokens } from './tokens.js';

/** A command that a script runs. Offsets are those of the script. */
export interface Command extends Range {
  /** Assignments before the command included; what has no known value stays as it is written: `$X`. */
  readonly words: readonly string[];
  /** Whether it depends on something that cannot be told from here. */
  readonly conditional: boolean;
  /** Whether the script goes on while it runs. */
  readonly background: boolean;
  /** Where `cd` led before it: from `/` on, or from where the script began; absent where it stayed, or nobody can tell. */
  readonly folder?: string;
}

const MOST_COMMANDS = 2_000;
const MOST_STEPS = 50_000;
const DEEPEST_CALL = 20;
/** A larger array is not followed. */
const MOST_ELEMENTS = 200;
const MOST_CHARACTERS = 10_000;

/** What changes only the shell itself. */
const BUILT_IN = new Set(
  '[ [[ test : true false set shopt export readonly local declare typeset unset shift break continue trap umask ulimit return exit echo printf read wait hash alias'.split(
    ' ',
  ),
);

interface Run {
  readonly commands: Command[];
  readonly variables: Map<string, string | null>;
  readonly functions: Map<string, readonly Step[]>;
  readonly lookup: Lookup;
  positional: readonly string[] | undefined;
  /** Where `cd` led. */
  folder: string | undefined;
  steps: number;
  depth: number;
}

/** How a list of steps ended: `exit` also stands for `exec`, after which nothing more of the script runs. */
type Ending = 'on' | 'return' | 'exit';

/**
 * The commands that a script runs, in order. Branches that its arguments and variables decide are followed; of
 * the others all bodies are listed as conditional. Without a value of its own a variable takes the default that
 * the script gives. `positional` are the arguments of the script, where they are known.
 */
export function commandsOf(script: Script, lookup: Lookup, positional?: readonly string[]): Command[] {
  const run: Run = {
    commands: [],
    variables: new Map(),
    functions: new Map(),
    lookup,
    positional,
    folder: undefined,
    steps: 0,
    depth: 0,
  };
  walk(run, script.steps, false);
  return run.commands;
}

/** The commands that a line of words runs: `sh -c "a && exec b"` is taken apart, anything else is one command. */
export function commandsOfWords(words: readonly string[], lookup: Lookup): Command[] {
  const inner = scriptOf(words);
  if (inner === undefined)
    return words.length === 0 ? [] : [{ words, conditional: false, background: false, start: 0, end: 0 }];
  return commandsOf(parseScript(inner.script), lookup, inner.positional);
}

function surroundings(run: Run): Surroundings {
  return {
    lookup: (name) => (run.variables.has(name) ? run.variables.get(name) : run.lookup(name)),
    positional: run.positional,
  };
}

function walk(run: Run, steps: readonly Step[], conditional: boolean): Ending {
  // Whether what came before in this list succeeded: undefined where it may or may not have.
  let success: boolean | undefined = true;
  // What runs behind the back of the script (`cd a && serve &`) changes its own folder only.
  let { folder } = run;
  for (const step of steps) {
    if (step.joint === 'then') ({ folder } = run);
    if (++run.steps > MOST_STEPS || run.commands.length >= MOST_COMMANDS) return 'exit';
    const skipped = (step.joint === 'and' && success === false) || (step.joint === 'or' && success === true);
    const fallback = step.joint === 'or' && step.kind === 'simple' && !isTest(steps, step);
    if (skipped && !fallback) continue;
    const open = (step.joint === 'and' || step.joint === 'or') && (success === undefined || fallback);
    const { ending, outcome } = visit(run, step, conditional || open);
    if (step.background) run.folder = folder;
    if (ending !== 'on' && !open) return ending;
    if (!fallback) success = step.negated && outcome !== undefined ? !outcome : outcome;
  }
  return 'on';
}

/** Whether the list up to this step holds a test, so that `||` after it is decided and not merely a way out. */
function isTest(steps: readonly Step[], step: Step): boolean {
  let at = steps.indexOf(step);
  while (at > 0 && steps[at]?.joint !== 'then') at--;
  const first = steps[at];
  return first?.kind === 'simple' && /^(?:\[\[?|test)$/.test(first.words[0]?.raw ?? '');
}

function visit(run: Run, step: Step, conditional: boolean): { ending: Ending; outcome: boolean | undefined } {
  switch (step.kind) {
    case 'simple':
      return simple(run, step, conditional);
    case 'if':
      return { ending: choose(run, step, conditional), outcome: undefined };
    case 'case':
      return { ending: select(run, step, conditional), outcome: undefined };
    case 'loop':
      if (step.variable !== undefined) run.variables.set(step.variable, null);
      alternatives(run, [step.body], true, false);
      return { ending: 'on', outcome: undefined };
    case 'group': {
      const { folder } = run;
      const ending = walk(run, step.body, conditional);
      if (step.apart) run.folder = folder;
      return { ending, outcome: true };
    }
    case 'function':
      run.functions.set(step.name, step.body);
      return { ending: 'on', outcome: true };
  }
}

function simple(run: Run, step: SimpleStep, conditional: boolean): { ending: Ending; outcome: boolean | undefined } {
  const [first] = step.words;
  if (first === undefined) return { ending: 'on', outcome: true };
  if (/^(?:\[\[?|test)$/.test(first.raw)) return { ending: 'on', outcome: testOutcome(step.words, surroundings(run)) };
  const words = expandWords(run, step.words);
  const name = words.find((word) => !/^[A-Za-z_]\w*\+?=/.test(word));
  const remember = (from: number): void => {
    for (const word of step.words.slice(from)) assign(run, word.raw, conditional);
  };
  if (name === undefined) remember(0);
  else if (/^(?:export|local|readonly|declare|typeset)$/.test(name)) remember(1);
  else if (name === ':') for (const word of step.words) assignDefault(run, word.raw);
  else if (name === 'unset') for (const word of words.slice(1)) run.variables.set(word, '');
  else if (name === 'shift') shift(run, Number(words[1] ?? 1), conditional);
  else if (name === 'set' && words[1] === '--') run.positional = conditional ? undefined : words.slice(2);
  else if (name === 'exit') return { ending: 'exit', outcome: words[1] === undefined || words[1] === '0' };
  else if (name === 'return') return { ending: 'return', outcome: words[1] === undefined || words[1] === '0' };
  else if (name === 'exec' && words.length === 1) return { ending: 'on', outcome: true };
  else if (name === 'false') return { ending: 'on', outcome: false };
  else if (!BUILT_IN.has(name)) return call(run, step, name, words, conditional);
  return { ending: 'on', outcome: true };
}

/** Values in assignments before a command are not split. */
function expandWords(run: Run, written: readonly RawWord[]): string[] {
  const command = written.findIndex((word) => !/^[A-Za-z_]\w*\+?=/.test(word.raw));
  return written.flatMap(({ raw }, index) => {
    const { words } = expandWord(raw, surroundings(run));
    return command < 0 || index < command ? [words.join(' ')] : words;
  });
}

function call(
  run: Run,
  step: SimpleStep,
  name: string,
  words: readonly string[],
  conditional: boolean,
): { ending: Ending; outcome: boolean | undefined } {
  const body = run.functions.get(name);
  if (body !== undefined && run.depth < DEEPEST_CALL) {
    const { positional } = run;
    run.positional = words.slice(words.indexOf(name) + 1);
    run.depth++;
    const ending = walk(run, body, conditional);
    run.depth--;
    run.positional = positional;
    return { ending: ending === 'exit' ? 'exit' : 'on', outcome: true };
  }
  const inner = run.depth < DEEPEST_CALL ? scriptOf(words) : undefined;
  const range = { start: step.start, end: step.end };
  const background = step.background;
  const at = run.folder === undefined ? {} : { folder: run.folder };
  if (inner === undefined) run.commands.push({ words, conditional, background, ...at, ...range });
  else {
    // The offsets of the inner script mean nothing outside of it: its commands stand where the whole line does.
    const nested: Run = {
      ...run,
      commands: [],
      functions: new Map(),
      positional: inner.positional,
      depth: run.depth + 1,
    };
    walk(nested, parseScript(inner.script).steps, conditional);
    for (const command of nested.commands) {
      run.commands.push({ ...command, background: background || command.background, ...range });
    }
    run.steps = nested.steps;
  }
  if (name === 'cd' || name === 'pushd') run.folder = folderAfter(run.folder, words[words.indexOf(name) + 1]);
  return { ending: name === 'exec' && words.length > 1 ? 'exit' : 'on', outcome: true };
}

/** Where `cd` leads; a variable that nobody knows leads nowhere that can be told. */
function folderAfter(before: string | undefined, word: string | undefined): string | undefined {
  if (word === undefined || /[$`~*?]|^-/.test(word) || word.length > MOST_CHARACTERS) return undefined;
  return posix.normalize(word.startsWith('/') ? word : posix.join(before ?? '', word));
}

function assign(run: Run, raw: string, conditional: boolean): void {
  const match = /^([A-Za-z_]\w*)(\+?)=(.*)$/s.exec(raw);
  if (match === null) return;
  const [, name = '', append = '', written = ''] = match;
  if (written.startsWith('(') && written.endsWith(')')) {
    assignArray(run, name, append === '+', written, conditional);
    return;
  }
  const value = append === '' ? valueOf(run, written) : undefined;
  // A variable that already has a value and may get another one has none that is known.
  const other = conditional && (surroundings(run).lookup(name) ?? value) !== value;
  run.variables.set(name, other || value === undefined ? null : value);
}

/** Kept under a name that no variable has; what may or may not be added leaves nothing that is known. */
function assignArray(run: Run, name: string, append: boolean, written: string, conditional: boolean): void {
  const key = arrayKey(name);
  const before = append ? (run.variables.get(key) ?? null) : '';
  const raw = tokens(written.slice(1, -1)).filter(({ type }) => type === 'word');
  const added = raw.flatMap((word) => expandWord(word.raw, surroundings(run)).words);
  const known = before !== null && !conditional && added.length < MOST_ELEMENTS && before.length < MOST_CHARACTERS;
  run.variables.set(name, null);
  run.variables.set(key, known ? [...(before === '' ? [] : [before]), ...added].join(BETWEEN) : null);
}

function valueOf(run: Run, written: string): string | undefined {
  const expanded = expandWord(written, surroundings(run));
  return expanded.known ? expanded.words.join(' ') : undefined;
}

/** `: ${X:=4}` */
function assignDefault(run: Run, raw: string): void {
  const match = /^"?\$\{([A-Za-z_]\w*):?=([^}]*)\}"?$/.exec(raw);
  if (match === null) return;
  const [whole, name = ''] = match;
  run.variables.set(name, expandText(whole, surroundings(run)) ?? null);
}

function shift(run: Run, count: number, conditional: boolean): void {
  if (conditional || !Number.isSafeInteger(count)) run.positional = undefined;
  else run.positional = run.positional?.slice(count);
}

/** Walks bodies of which one may run, each from the same state; what they leave different is not known afterwards. */
function alternatives(run: Run, bodies: readonly (readonly Step[])[], conditional: boolean, complete: boolean): Ending {
  const variables = new Map(run.variables);
  const { positional, folder } = run;
  const results = bodies.map((body) => {
    run.variables.clear();
    for (const [name, value] of variables) run.variables.set(name, value);
    run.positional = positional;
    run.folder = folder;
    const ending = walk(run, body, conditional);
    return { ending, variables: new Map(run.variables), positional: run.positional, folder: run.folder };
  });
  // A body that never comes back leaves nothing behind.
  const back = results.filter((result) => result.ending === 'on');
  const states = complete ? back : [...back, { variables, positional, folder }];
  run.folder = states.every((state) => state.folder === states[0]?.folder) ? states[0]?.folder : folder;
  run.variables.clear();
  for (const name of new Set(states.flatMap((state) => [...state.variables.keys()]))) {
    const values = states.map((state) => (state.variables.has(name) ? state.variables.get(name) : run.lookup(name)));
    run.variables.set(name, values.every((value) => value === values[0]) ? (values[0] ?? null) : null);
  }
  const first = states[0]?.positional;
  run.positional = states.every((state) => same(state.positional, first)) ? first : undefined;
  return complete && back.length === 0 && bodies.length > 0 ? 'exit' : 'on';
}

function same(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === b || (a?.length === b?.length && a?.every((word, index) => word === b?.[index]) === true);
}

function choose(run: Run, step: IfStep, conditional: boolean): Ending {
  const open: (readonly Step[])[] = [];
  for (const { test, body } of step.branches) {
    const outcome = outcomeOf(run, test, conditional);
    if (outcome === false) continue;
    if (outcome === true && open.length === 0) return walk(run, body, conditional);
    open.push(body);
    if (outcome === true) return alternatives(run, open, true, true);
  }
  if (open.length === 0) return step.otherwise === undefined ? 'on' : walk(run, step.otherwise, conditional);
  if (step.otherwise !== undefined) open.push(step.otherwise);
  return alternatives(run, open, true, step.otherwise !== undefined);
}

/** What the test of an `if` comes to. Commands that it runs are part of what the script runs. */
function outcomeOf(run: Run, test: readonly Step[], conditional: boolean): boolean | undefined {
  let outcome: boolean | undefined = true;
  for (const step of test) {
    const single = step.kind === 'simple' ? simple(run, step, conditional).outcome : undefined;
    const isTestCommand = step.kind === 'simple' && /^(?:\[\[?|test|true|false|:)$/.test(step.words[0]?.raw ?? '');
    // Whether any other command succeeds is not for us to say.
    const known = !isTestCommand || single === undefined ? undefined : step.negated ? !single : single;
    if (step.joint === 'and')
      outcome = outcome === false || known === false ? false : outcome === true ? known : undefined;
    else if (step.joint === 'or')
      outcome = outcome === true || known === true ? true : outcome === false ? known : undefined;
    else outcome = known;
  }
  return outcome;
}

function select(run: Run, step: CaseStep, conditional: boolean): Ending {
  const subject = step.subject === undefined ? undefined : textOf(run, step.subject);
  const open: (readonly Step[])[] = [];
  let complete = false;
  for (const { patterns, body } of step.arms) {
    const outcomes = patterns.map((pattern) => outcomeOfPattern(run, subject, pattern));
    const outcome = outcomes.includes(true) ? true : outcomes.includes(undefined) ? undefined : false;
    if (outcome === false) continue;
    if (outcome === true && open.length === 0) return walk(run, body, conditional);
    open.push(body);
    complete = outcome === true || patterns.some((pattern) => pattern.raw === '*');
    if (complete) break;
  }
  return open.length === 0 ? 'on' : alternatives(run, open, true, complete);
}

function outcomeOfPattern(run: Run, subject: string | undefined, pattern: RawWord): boolean | undefined {
  const text = textOf(run, pattern);
  return subject === undefined || text === undefined ? undefined : matches(subject, text);
}

/** One word's value, a variable that nothing sets counted as not known: a `case` on it is what tells roles apart. */
function textOf(run: Run, word: RawWord): string | undefined {
  const expanded = expandWord(word.raw, surroundings(run));
  return expanded.known ? expanded.words.join(' ') : undefined;
}
