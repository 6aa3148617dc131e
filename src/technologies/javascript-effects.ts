import type { Call, FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { unknown, type Maybe } from '../location.js';
import { walkJavaScript, type Node } from '../parse/javascript/walk.js';
import { deedOf } from './javascript-deeds.js';
import { at, nameOf, written } from './javascript-place.js';

export type Effect = 'sends' | 'writes' | 'removes' | 'own';

export interface Effects {
  /** The worst that a second run does. */
  readonly effect: Maybe<Effect>;
  /** The call that has it, as it is written; '' for none. */
  readonly does: string;
  readonly place?: Placed;
  /** Where it takes something that only one of all can take: a lock in a shared store, a row by a conditional update. */
  readonly claim?: Placed;
  /** A call that by its name takes a lock, and cannot be followed to one. */
  readonly perhapsClaims?: Placed;
}

/** Functions that are looked into at most: work by the clock is mostly a few of them. */
const MOST_FUNCTIONS = 150;
const DEEPEST = 6;
const WORSE: readonly Effect[] = ['own', 'removes', 'writes', 'sends'];

const LOCKS =
  /(?:acquire|obtain|try|take|with|get)\w*(?:lock|lease|leader)|^(?:lock|isLeader|isMaster|isPrimaryInstance|electLeader|runExclusive(?:ly)?OnCluster)$/i;
/** Calls that cannot matter, whatever they turn out to be. */
const HARMLESS =
  /^(?:log|info|warn|error|debug|trace|verbose|http|on|once|off|then|catch|finally|map|filter|forEach|reduce|find|some|every|push|pop|shift|slice|splice|join|split|replace|includes|indexOf|keys|values|entries|get|has|toString|toISOString|now|getTime|parse|stringify|resolve|reject|all|allSettled|race|next|setTimeout|setInterval|clearInterval|clearTimeout|require|Number|String|Boolean|parseInt|parseFloat|bind|call|apply|unref|observe|inc|gauge|isArray|assign|from|format|diff|subtract|add|toDate|startOf|endOf|exit|memoryUsage|uptime|trim|toLowerCase|toUpperCase|test|match|concat|sort|reverse|flat|flatMap|max|min|floor|round|ceil|random|exec|lean|select|where|limit|populate|findOne|findMany|findAll|findById|findFirst|count|countDocuments|aggregate)$/;

/** Methods of what the language itself brings, on a value of which nothing is known. */
const OF_THE_LANGUAGE: ReadonlySet<string> = new Set(
  [String, Array, Date, Promise, RegExp, Number, Object, Function, URLSearchParams, Buffer].flatMap((one) => [
    ...Object.getOwnPropertyNames(one.prototype),
    ...Object.getOwnPropertyNames(one),
  ]),
);

/** What a function does to others when it runs, itself and what it calls in the repository. */
export function effectsOf(program: Program, fn: Placed<FunctionNode>): Effects {
  const seen = new Set<Node>();
  let effect: Effect = 'own';
  let does = '';
  let place: Placed | undefined;
  let claim: Placed | undefined;
  let perhapsClaims: Placed | undefined;
  let notFollowed: string | undefined;
  const visit = (one: Placed<FunctionNode>, depth: number): void => {
    if (seen.has(one.node)) return;
    if (seen.size >= MOST_FUNCTIONS || depth > DEEPEST) {
      notFollowed ??= 'it leads too far to be followed';
      return;
    }
    seen.add(one.node);
    for (const call of callsIn(one)) {
      const deed = deedOf(program, call);
      const text = written(at(call, call.node.callee));
      if (deed === 'claims') claim ??= call;
      else if (deed !== undefined) {
        if (WORSE.indexOf(deed) > WORSE.indexOf(effect)) [effect, does, place] = [deed, text, call];
      } else {
        const next = program.javascript.functionOf(at(call, call.node.callee));
        if (LOCKS.test(nameOf(call.node.callee))) perhapsClaims ??= call;
        if (next !== undefined) visit(next, depth + 1);
        else if (isOpaque(program, call)) notFollowed ??= `what ${text}() does cannot be followed`;
      }
    }
  };
  visit(fn, 0);
  const found = { does, ...(place && { place }), ...(claim && { claim }), ...(perhapsClaims && { perhapsClaims }) };
  return { ...found, effect: effect === 'own' && notFollowed !== undefined ? unknown(notFollowed, WORSE) : effect };
}

function callsIn(fn: Placed<FunctionNode>): Placed<Call>[] {
  const calls: Placed<Call>[] = [];
  walkJavaScript(fn.node.body, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.push({ module: fn.module, node });
  });
  return calls;
}

/** A call of which nothing is known and that may do anything: not of a package, not of the language. */
function isOpaque(program: Program, call: Placed<Call>): boolean {
  const { callee } = call.node;
  if (call.node.type === 'NewExpression' || HARMLESS.test(nameOf(callee))) return false;
  if (callee.type === 'MemberExpression' && OF_THE_LANGUAGE.has(nameOf(callee))) return false;
  return program.javascript.trace(at(call, callee)).some(({ kind }) => kind === 'unknown');
}
