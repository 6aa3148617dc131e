import type { Scope } from '../../facts/fact.js';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { reached } from '../javascript-conditions.js';
import { argument, at, nameOf, written } from '../javascript-place.js';
import { isOffByDefault } from '../shared-store-switch.js';

/** What a cache of the server keeps its entries in. */
export interface Provision {
  readonly store: Maybe<string>;
  readonly scope: Maybe<Scope>;
  readonly explicit: boolean;
  /** What decides, in words that read after "which". */
  readonly switchedBy: string;
  readonly evidence: readonly Evidence[];
}

interface Named {
  /** Undefined for the one that counts where no name is given, `null` where the name is not known. */
  readonly name: string | undefined | null;
  readonly engine: Placed;
  readonly place: Placed;
}

export const MEMORY: Provision = {
  store: 'the memory of the process (catbox-memory)',
  scope: 'process',
  explicit: false,
  switchedBy: '',
  evidence: [],
};

const ENGINES: readonly (readonly [RegExp, string, Scope])[] = [
  [/redis|valkey/, 'Redis', 'cluster'],
  [/memcached/, 'Memcached', 'cluster'],
  [/mongo/, 'MongoDB', 'cluster'],
  [/dynamo/, 'DynamoDB', 'cluster'],
  [/postgres/, 'PostgreSQL', 'cluster'],
  [/memory|^catbox-object$/, 'the memory of the process (catbox-memory)', 'process'],
  [/catbox-(?:disk|fs|file)/, 'files on disk', 'host'],
];

/**
 * The cache of this name among those that servers are made with, else the default one, which lies in memory
 * (https://hapi.dev/api/#-serveroptionscache).
 */
export function provisionOf(program: Program, name: string | undefined | null): Provision {
  if (name === null) return open('which cache of the server it names is not known');
  const all = provisions(program);
  const found = all.filter((one) => one.name === name);
  const outcomes = found.map((one) => ofEngine(program, one));
  const certain = outcomes.find(({ outcome }) => outcome === 'yes');
  if (certain !== undefined) return certain.provision;
  const perhaps = outcomes.find(({ outcome }) => outcome === 'unknown');
  const off = outcomes.find(({ outcome }) => outcome === 'no');
  if (perhaps !== undefined && isOffByDefault(program, perhaps.condition))
    return { ...MEMORY, switchedBy: perhaps.condition, evidence: perhaps.provision.evidence };
  if (perhaps !== undefined) {
    const possible = outcomes.flatMap(({ outcome, provision }) => (outcome === 'unknown' ? [provision.scope] : []));
    const reason = `which cache the server has is decided where ${perhaps.condition}`;
    const scopes: Scope[] = possible.some(isUnknown) ? ['process', 'cluster'] : ['process', ...(possible as Scope[])];
    return { ...perhaps.provision, store: unknown(reason), scope: unknown<Scope>(reason, [...new Set(scopes)]) };
  }
  if (off !== undefined) return { ...MEMORY, switchedBy: off.condition, evidence: off.provision.evidence };
  if (name === undefined)
    return all.some((one) => one.name === null) ? open('the caches of the server are not known') : MEMORY;
  return open(`the cache "${name}" of the server was not found`);
}

/** Names of the caches that servers are made with. */
export function namesOfProvisions(program: Program): readonly string[] {
  return [...new Set(provisions(program).flatMap(({ name }) => (typeof name === 'string' ? [name] : [])))];
}

function open(reason: string): Provision {
  return {
    store: unknown(reason),
    scope: unknown<Scope>(reason, ['process', 'cluster']),
    explicit: true,
    switchedBy: '',
    evidence: [],
  };
}

function ofEngine(
  program: Program,
  { engine, place }: Named,
): { outcome: 'yes' | 'no' | 'unknown'; condition: string; provision: Provision } {
  const { outcome, condition, variables } = reached(program, place);
  const evidence = [{ message: 'the cache of the server is set here', location: program.javascript.locate(place) }];
  const decided = variables.length > 0 ? `the variable ${variables.join(', ')}` : condition;
  return {
    outcome,
    condition: decided,
    provision: { ...storeOf(program, engine), explicit: true, switchedBy: '', evidence },
  };
}

function storeOf(program: Program, engine: Placed): Pick<Provision, 'store' | 'scope'> {
  const written = text(program.javascript.value(engine));
  const names =
    written === undefined
      ? program.javascript.trace(engine).flatMap((one) => (one.kind === 'package' ? [one.package] : []))
      : [written];
  for (const name of names)
    for (const [pattern, store, scope] of ENGINES) if (pattern.test(name)) return { store, scope };
  const reason = 'what the cache of the server keeps its entries in is not known';
  return { store: unknown(reason), scope: unknown<Scope>(reason, ['process', 'cluster']) };
}

/** Entries of `cache` among the options of servers: one, or a list of them. */
function provisions(program: Program): readonly Named[] {
  return program.memo('hapi:provisions', () => {
    const { javascript } = program;
    const found: Named[] = [];
    for (const name of ['@hapi/hapi', 'hapi'])
      for (const use of javascript.imports(name) ? javascript.uses(name) : []) {
        if (!/^(?:server|Server)$/.test(use.steps.at(-1) ?? '') || use.receiver !== undefined) continue;
        const options = argument(use, 0);
        const cache = options === undefined ? 'absent' : javascript.option(options, 'cache');
        if (cache === 'absent') continue;
        if (cache === undefined && options !== undefined) {
          found.push({ name: null, engine: options, place: options });
          continue;
        }
        if (cache !== undefined) found.push(...entriesOf(program, cache));
      }
    return found;
  });
}

function entriesOf(program: Program, cache: Placed): Named[] {
  const lists = listsOf(program, cache);
  return lists.flatMap((list) => {
    if (list.node.type === 'ArrayExpression')
      return list.node.elements.flatMap((one) =>
        one === null || one.type === 'SpreadElement' ? [] : entryOf(program, at(list, one)),
      );
    return entryOf(program, list);
  });
}

/** The value itself, or what a variable of the module is set to in some branch. */
function listsOf(program: Program, cache: Placed): Placed[] {
  const { node, module } = cache;
  if (node.type !== 'Identifier') return [cache];
  const variable = program.javascript.variables(module).find(({ name }) => name === node.name);
  const assigned: Placed[] = [];
  if (variable !== undefined && variable.declared !== 'const')
    walkJavaScript(module.document.tree, (one) => {
      if (one.type === 'AssignmentExpression' && one.left.type === 'Identifier' && one.left.name === node.name)
        assigned.push({ module, node: one.right });
    });
  if (assigned.length > 0) return assigned;
  const traced = program.javascript
    .trace(cache)
    .flatMap((one) => (one.kind === 'repository' && one.steps.length === 0 ? [one.at] : []));
  return traced.length > 0 ? traced : [cache];
}

function entryOf(program: Program, entry: Placed): Named[] {
  const { javascript } = program;
  if (entry.node.type !== 'ObjectExpression') {
    const inner = javascript
      .trace(entry)
      .find((one) => one.kind === 'repository' && one.at.node.type === 'ObjectExpression' && one.steps.length === 0);
    if (inner?.kind === 'repository' && inner.at.node !== entry.node) return entryOf(program, inner.at);
    return [{ name: undefined, engine: entry, place: entry }];
  }
  const named = property(entry.node, 'name');
  const name = named === undefined ? undefined : (text(javascript.value(at(entry, named))) ?? null);
  const engine =
    property(entry.node, 'engine') ??
    constructorOf(property(entry.node, 'provider')) ??
    property(entry.node, 'constructor');
  if (engine === undefined) return [];
  return branches(at(entry, engine)).map((one) => ({ name, ...one }));
}

/** `isTest ? new CatboxMemory() : new CatboxRedis()`: production is no test; of other branches `reached` tells. */
function branches(engine: Placed): Pick<Named, 'engine' | 'place'>[] {
  if (engine.node.type !== 'ConditionalExpression') return [{ engine, place: engine }];
  const { test, consequent, alternate } = engine.node;
  const asked = written(at(engine, test));
  if (/test/i.test(asked))
    return [{ engine: at(engine, /^!|!==?/.test(asked) ? consequent : alternate), place: engine }];
  return [consequent, alternate].map((node) => ({ engine: at(engine, node), place: at(engine, node) }));
}

function constructorOf(provider: Node | undefined): Node | undefined {
  return provider?.type === 'ObjectExpression' ? property(provider, 'constructor') : provider;
}

function property(node: Node, key: string): Node | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  for (const one of node.properties) if (one.type === 'Property' && nameOf(one.key) === key) return one.value;
  return undefined;
}
