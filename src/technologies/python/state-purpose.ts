import type { Program } from '../../link/program.js';
import type { Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { HeldState } from './held-state.js';
import { originsOf, type Origin } from './origins.js';
import { takesAway, type StateWrite } from './state-writes.js';

export type Purpose = 'cache' | 'copy' | 'counter' | 'registry' | 'general';

/** What each process rightly knows of itself: figures that something collects, what it has loaded, what it has warned of. */
const OWN_AFFAIR =
  /metric|stats?$|statistic|gauge|histogram|listener|logger|plugin|hook|schema|compiled|regex(?:es)?$|patterns?$|template|translation|locale|languages?$|module|warn|deprecat|config|settings?$|option|env$|handlers?$|routes?$|urls?$|models?$|commands?$|providers?$|adapters?$|drivers?$|loaders?$|resolvers?$|validators?$|parsers?$|formatters?$|renderers?$|serializers?$|class(?:es)?$|types?$|fonts?$|signals?$|backends?$|registry$|_by_name$|formats?$|creation_?counter|initiali[sz]ed|loaded|discovered|threads?$|timers?$|patched/i;
const REGISTRY =
  /connect|client|session|room|user|member|online|active|queue|pending|job|task|token|otp|nonce|socket|subscri|channel|seen|visit|limit|attempt|lock|presence|player|game|vote|cart|order|message|post|todo|item|processed|blacklist|blocklist|revoked|banned/i;
/** Who is there and what they do: what is made for them on first sight is theirs alone. */
const PEOPLE =
  /room|user|member|online|player|game|vote|cart|order|presence|visit|attempt|limit|seen|chat|conversation/i;
const CACHE = /cache|memo(?!r)|lookup/i;

/** What a write is for; undefined where it is harmless: a handle made once, a table filled on first use, what is the same in every process. */
export function purposeOf(
  program: Program,
  state: HeldState,
  write: StateWrite,
  all: readonly StateWrite[],
): Purpose | undefined {
  const short = shortName(state);
  if (OWN_AFFAIR.test(short) || isRegistered(write) || isOfProcess(write)) return undefined;
  if (write.tests.some(({ test, holds }) => holds && isDebugging(test)) || isFlushed(all)) return undefined;
  if (takesAway(write)) return undefined;
  if (state.kind === 'plain') return purposeOfPlain(program, state, write, all);
  const origins = valueOrigins(program, write);
  // The whole container is replaced by a newer copy.
  if (write.how === 'assign') return origins.has('database') && !expires(write) ? 'cache' : undefined;
  const missing = asksMissing(short, write);
  if (!missing && (write.how === 'count' || state.kind === 'counter'))
    return isGauge(short, all) ? undefined : 'counter';
  const readThrough = missing || readsBefore(short, write);
  if (CACHE.test(short) || readThrough) {
    if (all.some(expires) || isHandle(short, write.value)) return undefined;
    const renewed = write.tests.length === 0 && !readThrough && !all.some(takesAway);
    if (isCopy(write, origins) && !renewed) return 'cache';
    // Who takes entries out again knows that they can be wrong, wherever they come from.
    if (readThrough && all.some((one) => one.within !== write.within && isCleared(state, one))) return 'copy';
    return !CACHE.test(short) && PEOPLE.test(short) ? 'registry' : undefined;
  }
  if (REGISTRY.test(short)) return 'registry';
  if (isHandedOver(all) || isSetByEachObject(write)) return undefined;
  return origins.size > 0 || keyOrigins(program, write).size > 0 ? 'general' : undefined;
}

/** Takes out what is there, or puts something empty in its place without a look. */
export function isCleared(state: HeldState, write: StateWrite): boolean {
  if (takesAway(write)) return true;
  const { how, value } = write;
  return (
    how === 'key' && value?.type === 'Call' && value.args.length === 0 && !mentionsInTests(shortName(state), write)
  );
}

/** A copy of what others can change. */
function isCopy(write: StateWrite, origins: ReadonlySet<Origin>): boolean {
  return origins.has('database') || (write.key !== undefined && origins.has('service'));
}

function shortName({ name }: HeldState): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function valueOrigins(program: Program, { place, value, key }: StateWrite): ReadonlySet<Origin> {
  if (value === undefined) return new Set();
  const left = new Set<string>();
  if (key !== undefined)
    walkPython(key, (node) => {
      if (node.type === 'Name') left.add(node.id);
    });
  // `users[user.pk] = user` keeps what it is given itself.
  if (value.type === 'Name') left.delete(value.id);
  return originsOf(program, { module: place.module, node: value }, left);
}

function keyOrigins(program: Program, { place, key }: StateWrite): ReadonlySet<Origin> {
  return key === undefined ? new Set() : originsOf(program, { module: place.module, node: key });
}

/** `global x; x += 1` counts; `x = value` keeps what a request brought, or a copy of what the database holds. */
function purposeOfPlain(
  program: Program,
  state: HeldState,
  write: StateWrite,
  all: readonly StateWrite[],
): Purpose | undefined {
  if (write.how === 'count') return isGauge(shortName(state), all) ? undefined : 'counter';
  if (write.how !== 'assign' || write.value === undefined || write.value.type === 'Constant') return undefined;
  if (HANDLE.test(shortName(state)) || isHandle(shortName(state), write.value)) return undefined;
  const origins = valueOrigins(program, write);
  if (origins.has('database')) return all.some(expires) || STAYS.test(shortName(state)) ? undefined : 'cache';
  if (!origins.has('request') || isHandedOver(all) || mentionsInTests(shortName(state), write)) return undefined;
  return CACHE.test(shortName(state)) ? 'cache' : 'general';
}

/** A function or class that is handed in is an entry of the program's own, whoever hands it in. */
function isRegistered({ value, within }: StateWrite): boolean {
  if (value?.type !== 'Name') return false;
  if (/^(?:f|fn|func|function|cls|klass|class_|handler|callback|view|view_func|method)$/.test(value.id)) return true;
  // What a decorator is given is the function below it.
  return (
    within.decorators.length === 0 &&
    within.params.list.some(({ name }) => name === value.id) &&
    returnsItself(within.body, value.id)
  );
}

function returnsItself(body: readonly Node[], name: string): boolean {
  const last = body.at(-1);
  return last?.type === 'Return' && last.value?.type === 'Name' && last.value.id === name;
}

/** Tasks, threads and timers that this process runs. */
function isOfProcess({ value, within }: StateWrite): boolean {
  if (value === undefined) return false;
  const made = value.type === 'Name' ? madeIn(within, value.id) : value;
  return (
    made?.type === 'Call' &&
    /^(?:create_task|ensure_future|Thread|Timer|Process|Popen|submit|Queue|Event|Lock|RLock|Condition|Semaphore|Future|get_running_loop|WeakSet)$/.test(
      calledName(made.func),
    )
  );
}

function madeIn(fn: Node, name: string): Expression | undefined {
  let found: Expression | undefined;
  walkPython(fn, (node) => {
    if (node.type === 'Assign' && node.targets.some((one) => one.type === 'Name' && one.id === name))
      found = node.value;
  });
  return found;
}

/** A row that is made with the database and stays as it is. */
const STAYS = /anon|system|default|root|nobody|identifier|uuid|_id$|_pk$|version|secret|_key$/i;

const HANDLE =
  /client|conn|pool|engine|loop|lock|executor|logger|model|tokeni[sz]er|instance|manager|driver|app|api|service|producer|redis|mongo|db$/i;

/** A client, pool, model or compiled thing: every process needs one of its own. */
function isHandle(name: string, value: Expression | undefined): boolean {
  if (/(?:client|pool|connection|engine|processor|driver|engine|provider|manager|adapter|executor)s?$/i.test(name))
    return true;
  return (
    value?.type === 'Call' &&
    /^[A-Z]/.test(calledName(value.func)) &&
    !/^(?:Counter|OrderedDict)$/.test(calledName(value.func))
  );
}

function calledName(node: Expression): string {
  return node.type === 'Attribute' ? node.attr : node.type === 'Name' ? node.id : '';
}

/** `settings.DEBUG`, alone or with more: what stands below it production does not run. */
function isDebugging(test: Expression): boolean {
  if (test.type === 'BoolOp') return test.op === 'and' && test.values.some(isDebugging);
  return test.type === 'Attribute' && /^(?:DEBUG|TESTING|IS_TEST)$/.test(test.attr);
}

const FLUSHES = /flush|drain|persist|commit|dump|upload|submit/i;

/** What is gathered and then written away together is nobody's memory. */
function isFlushed(all: readonly StateWrite[]): boolean {
  return all.some((write) => takesAway(write) && FLUSHES.test(write.within.name));
}

/** `self.before[name] = ...` of a dict that stands in the class by mistake: each object sets its entries anew before it reads them. */
function isSetByEachObject({ how, base }: StateWrite): boolean {
  return how === 'key' && base.type === 'Attribute' && base.value.type === 'Name' && base.value.id === 'self';
}

/** Hand-over within one request: one function stores, another takes it out again. */
function isHandedOver(all: readonly StateWrite[]): boolean {
  return all.some(
    (write) =>
      takesAway(write) &&
      write.within.name !== '__init__' &&
      all.some((other) => !takesAway(other) && other.within !== write.within),
  );
}

/** Counted up and down again, how much is going on right now; numbers of requests for the log. */
function isGauge(name: string, all: readonly StateWrite[]): boolean {
  if (/(?:req|request|trace|log|correlation|message|msg|seq|call|query)_?(?:id|num|no|counter)?$/i.test(name))
    return true;
  const down = all.some(({ place: { node } }) => node.type === 'AugAssign' && node.op === '-');
  return (
    (down && !/user|visitor|online|player|member|stock|seat|vote/i.test(name)) ||
    /uptime|retr(?:y|ies)|errors?|failures?|in_?flight/i.test(name)
  );
}

function mentionsInTests(name: string, { tests }: StateWrite): boolean {
  return tests.some(({ test }) => isAbout(test, name));
}

/** `if not X`, `if X is None`, `if key not in X`, or after `if key in X: return X[key]`. */
function asksMissing(name: string, { tests }: StateWrite): boolean {
  return tests.some(({ test, holds, leaves }) => {
    if (leaves === undefined) return saysMissing(test, name, holds);
    // Who leaves with something else refuses what is there already.
    return saysMissing(test, name, false) && leaves.type === 'Return' && isAbout(leaves, name);
  });
}

/** Whether a test that holds, or fails, says that the state is empty or an entry is not there. */
function saysMissing(test: Expression, name: string, holds: boolean): boolean {
  if (test.type === 'UnaryOp' && test.op === 'not') return saysMissing(test.operand, name, !holds);
  if (test.type === 'BoolOp') return test.values.some((one) => saysMissing(one, name, holds));
  if (!isAbout(test, name)) return false;
  if (test.type !== 'Compare') return !holds;
  const [op] = test.ops;
  return (op === 'not in' || op === 'is' || op === '==' || op === '<') === holds;
}

function isAbout(node: Node, name: string): boolean {
  return mentions(node, (one) => one === name);
}

/** `if key not in X: X[key] = ...`, or the same after `X.get(key)` or in an `except KeyError`. */
function readsBefore(name: string, write: StateWrite): boolean {
  if (write.key === undefined || write.how === 'shrink') return false;
  if (write.how === 'grow') return true;
  let read = false;
  walkPython(write.within, (node) => {
    if (node.start >= write.place.node.start && node.end <= write.place.node.end) return false;
    if (node.type === 'Subscript' && lastName(node.value) === name) read = true;
    if (
      node.type === 'Call' &&
      node.func.type === 'Attribute' &&
      node.func.attr === 'get' &&
      lastName(node.func.value) === name
    )
      read = true;
    return undefined;
  });
  return read;
}

const AGE =
  /^(?:time|monotonic|now|utcnow|perf_counter|timedelta|ttl|expir(?:es?|y|ation)\w*|max_age|timestamp|fetched_at|cached_at|last_\w*(?:fetch|load|update|refresh|check|run)\w*|stale\w*|_?(?:cache_)?(?:ttl|timeout|version|generation))$/i;

/** Whether entries are made anew after some time, so that none is older than it may be: something of the clock is compared, or kept beside them. */
function expires({ within, how, value }: StateWrite): boolean {
  if (how === 'shrink') return false;
  const ofTime = (name: string): boolean => AGE.test(name);
  if (value !== undefined && mentions(value, ofTime)) return true;
  let found = false;
  walkPython(within, (node) => {
    if (node.type === 'Compare' || (node.type === 'If' && node.test.type !== 'Compare'))
      found ||= mentions(node.type === 'If' ? node.test : node, ofTime);
    return !found;
  });
  return found;
}

function mentions(node: Node, isMeant: (name: string) => boolean): boolean {
  let found = false;
  walkPython(node, (part) => {
    if (part.type === 'Name') found ||= isMeant(part.id);
    else if (part.type === 'Attribute') found ||= isMeant(part.attr);
    return !found;
  });
  return found;
}

function lastName(node: Expression): string {
  return node.type === 'Name' ? node.id : node.type === 'Attribute' ? node.attr : '';
}
