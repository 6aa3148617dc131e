import type { PythonFunction, PythonPlace } from '../link/python-code/python-code.js';
import type { Program } from '../link/program.js';
import { unknown, type Maybe } from '../location.js';
import type { Attribute, Call, Expression, Node } from '../parse/python/ast.js';
import { walkPython } from '../parse/python/walk.js';
import { pythonDeedOf } from './python-deeds.js';
import { spelling } from './python-request-handlers.js';

export type PythonEffect = 'sends' | 'writes' | 'removes' | 'own';

export interface PythonEffects {
  /** The worst that a second run does. */
  readonly effect: Maybe<PythonEffect>;
  /** The call that has it, as it is written; '' for none. */
  readonly does: string;
  readonly place?: PythonPlace<Call>;
  /** Where it takes something that only one of all can take: a lock in a shared store, a row by a conditional update. */
  readonly claim?: PythonPlace<Call>;
  /** Whether all that it does is to send mail. */
  readonly onlyMails: boolean;
}

const MOST_FUNCTIONS = 120;
const DEEPEST = 6;
const WORSE: readonly PythonEffect[] = ['own', 'removes', 'writes', 'sends'];

/** Calls that cannot matter, whatever they turn out to be. */
const HARMLESS =
  /^(?:log|info|warning|warn|error|debug|exception|critical|print|get|filter|exclude|all|first|last|count|exists|values|values_list|order_by|annotate|aggregate|select_related|prefetch_related|distinct|only|defer|iterator|items|keys|append|extend|pop|update|join|split|strip|format|replace|lower|upper|startswith|endswith|sleep|now|today|time|timedelta|strftime|strptime|isoformat|render_to_string|render|reverse|json|raise_for_status|read|readline|write|close|open|len|str|int|float|list|dict|set|tuple|range|sorted|enumerate|zip|isinstance|getattr|hasattr|super|close_old_connections|atomic|on_commit|get_model|encode|decode|add|discard|remove|total_seconds|date|round|sum|min|max|any|map|next|iter|copy|deepcopy|loads|dumps|getLogger|exists_ok|mkdir|makedirs|sync_to_async|async_to_sync|attach_alternative|attach|attach_file|gettext|_|activate|wraps|inc|observe|time_ns|get_queryset|refresh_from_db|run_pending)$/;

/** What a function does to others when it runs, itself and what it calls in the repository. */
export function pythonEffectsOf(program: Program, fn: PythonPlace<PythonFunction>): PythonEffects {
  const seen = new Set<Node>();
  let effect: PythonEffect = 'own';
  let does = '';
  let place: PythonPlace<Call> | undefined;
  let claim: PythonPlace<Call> | undefined;
  let notFollowed: string | undefined;
  let mails = false;
  let more = false;
  const visit = (one: PythonPlace<PythonFunction>, depth: number): void => {
    if (seen.has(one.node)) return;
    if (seen.size >= MOST_FUNCTIONS || depth > DEEPEST) {
      notFollowed ??= 'it leads too far to be followed';
      return;
    }
    seen.add(one.node);
    for (const call of callsIn(one)) {
      const deed = pythonDeedOf(program, call);
      if (deed === 'claims') claim ??= call;
      else if (deed !== undefined) {
        const worst = deed === 'mails' ? 'sends' : deed;
        if (deed === 'mails') mails = true;
        else more = true;
        if (WORSE.indexOf(worst) > WORSE.indexOf(effect))
          [effect, does, place] = [worst, spelling(call.node.func), call];
      } else {
        const next = followed(program, call);
        for (const inner of next) visit(inner, depth + 1);
        if (next.length === 0 && isOpaque(program, call))
          notFollowed ??= `what ${spelling(call.node.func)}() does cannot be followed`;
      }
    }
  };
  visit(fn, 0);
  const found = { does, ...(place && { place }), ...(claim && { claim }), onlyMails: mails && !more };
  return { ...found, effect: effect === 'own' && notFollowed !== undefined ? unknown(notFollowed, WORSE) : effect };
}

/** The functions of the repository that a call runs: itself, the methods of a command, what it is given to run. */
function followed(program: Program, call: PythonPlace<Call>): readonly PythonPlace<PythonFunction>[] {
  const { pythonCode } = program;
  const { func, args } = call.node;
  const found: PythonPlace<PythonFunction>[] = [];
  const ofTargets = (expression: Expression): void => {
    for (const one of pythonCode.resolve({ module: call.module, node: expression }).slice(0, 4))
      if (one.kind === 'function') found.push(one.at);
  };
  if (spelling(func).endsWith('call_command')) {
    const [name] = args;
    const command = name?.type === 'Constant' && name.kind === 'str' ? commandNamed(program, name.value) : undefined;
    return command === undefined ? [] : [command];
  }
  ofTargets(func);
  if (found.length === 0 && func.type === 'Attribute') found.push(...ofRows(program, call, func));
  // `sync_to_async(work)()`, `on_commit(work)`, `asyncio.run(work())`.
  if (/(?:sync_to_async|async_to_sync|on_commit|partial)$/.test(spelling(func))) for (const one of args) ofTargets(one);
  return found;
}

/** `book.print()` for each of `Book.objects.filter(...)`: the method of the class behind the manager. */
function ofRows(
  { pythonCode }: Program,
  { module }: PythonPlace<Call>,
  func: Attribute,
): readonly PythonPlace<PythonFunction>[] {
  const rows = pythonCode.resolve({ module, node: func.value }).filter(({ kind }) => kind === 'element');
  return rows.flatMap((row) => {
    const queries = row.kind === 'element' ? pythonCode.resolve(row.of) : [];
    return queries.flatMap((query) => {
      if (query.kind !== 'library' || query.through === undefined) return [];
      const method = pythonCode.member(query.through, func.attr);
      return method?.definition.kind === 'function'
        ? [{ module: method.owner.module, node: method.definition.node }]
        : [];
    });
  });
}

/** `handle` of a command of the repository. */
export function commandNamed(program: Program, name: string): PythonPlace<PythonFunction> | undefined {
  const { pythonCode } = program;
  if (!/^\w+$/.test(name)) return undefined;
  const path = pythonCode.paths.find((one) => one.endsWith(`/management/commands/${name}.py`));
  const module = path === undefined ? undefined : pythonCode.moduleAt(path);
  const command = module?.document.tree.body.find((one) => one.type === 'ClassDef' && one.name === 'Command');
  if (module === undefined || command?.type !== 'ClassDef') return undefined;
  const handle = pythonCode.member({ module, node: command }, 'handle');
  return handle?.definition.kind === 'function'
    ? { module: handle.owner.module, node: handle.definition.node }
    : undefined;
}

function callsIn({ module, node }: PythonPlace<PythonFunction>): PythonPlace<Call>[] {
  const calls: PythonPlace<Call>[] = [];
  const body: readonly Node[] = node.type === 'Lambda' ? [node.body] : node.body;
  for (const statement of body)
    walkPython(statement, (part) => {
      if (part.type === 'Call') calls.push({ module, node: part });
    });
  return calls;
}

/** A call of which nothing is known and that may do anything: no class, not of a library that is known by name. */
function isOpaque(program: Program, call: PythonPlace<Call>): boolean {
  const { func } = call.node;
  const name = func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
  if (name === '' || HARMLESS.test(name) || /^[A-Z]/.test(name)) return false;
  return program.pythonCode
    .resolve({ module: call.module, node: func })
    .some(({ kind }) => kind === 'unknown' || kind === 'parameter');
}
