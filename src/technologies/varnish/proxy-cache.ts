import { state, type Stated } from '../../facts/fact.js';
import { proxyCache } from '../../facts/proxy-cache.js';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Statement } from '../../parse/vcl/statements.js';
import { deploys } from '../deploys.js';
import { groupsOf } from './backends.js';
import { targetsOf } from './load-balancer.js';
import { declared, includes, isFastly, written, type VclDocument } from './program.js';

type Hits = 'possible' | 'without-cookies' | 'per-client' | 'never';

interface Judgement {
  readonly hits: Maybe<Hits>;
  readonly reason: string;
  readonly remedy: string;
  readonly statement: Statement;
  readonly where: string;
}

/** Whether what Varnish keeps answers anybody, as its subroutines and the built-in ones behind them say. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const vcl = document as VclDocument;
  const found = judge(vcl);
  if (found === undefined) return;
  const targets = groupsOf(vcl).map(targetsOf);
  const open = targets.find((one) => isUnknown(one));
  const { hits, reason, remedy, statement, where } = found;
  yield state(proxyCache, locate(document, { start: statement.start, end: statement.headEnd }), {
    ...{ where, hits, reason, remedy },
    targets: isUnknown(open) ? open : [...new Set(targets.flatMap((one) => (isUnknown(one) ? [] : one)))],
  });
}

function judge(document: VclDocument): Judgement | undefined {
  const subs = declared(document, 'sub');
  const recv = subs.get('vcl_recv');
  const [backend] = declared(document, 'backend').values();
  // A file without either is a part of another one.
  const whole = recv ?? backend;
  if (whole === undefined) return undefined;
  return (
    ofResponse(subs.get('vcl_backend_response') ?? subs.get('vcl_fetch')) ??
    ofRequest(recv, whole, subs, document) ??
    ofHash(subs.get('vcl_hash'), recv, subs) ?? {
      ...{ hits: 'possible', reason: 'not every request with a cookie goes past it', remedy: '', statement: whole },
      where: recv === undefined ? 'the built-in vcl_recv' : 'vcl_recv',
    }
  );
}

/** What is said of every answer, outside of any condition. */
function ofResponse(sub: Statement | undefined): Judgement | undefined {
  for (const statement of sub?.block ?? []) {
    const text = written(statement);
    if (statement.words[0]?.text === 'if' || sub === undefined) continue;
    const never =
      /^set beresp\.uncacheable = true$/.test(text) ||
      /^set beresp\.ttl = 0(?:\.0)?[smh]$/.test(text) ||
      /^return \( (?:pass|hit_for_pass)\b/.test(text);
    const where = sub.words[1]?.text ?? '';
    if (never)
      return {
        ...{ hits: 'never', statement, where, reason: 'no answer may be kept, whatever it is' },
        remedy: 'set beresp.ttl = 1m; for what is the same for everyone',
      };
    if (/^set beresp\.http\.Vary = .*(?:Cookie|User-Agent)/i.test(text))
      return {
        ...{ hits: 'per-client', statement, where, reason: 'the answer is said to differ by cookie or browser' },
        remedy: 'set beresp.http.Vary = "Accept-Encoding";',
      };
  }
  return undefined;
}

const REMEDY =
  'if (req.url ~ "^/static/" || req.http.Cookie !~ "sessionid=") { unset req.http.Cookie; } with the name of the session\'s cookie';

/** The built-in part passes every request with a cookie, unless an own one decides before it, or takes cookies away. */
function ofRequest(
  recv: Statement | undefined,
  whole: Statement,
  subs: ReadonlyMap<string, Statement>,
  document: VclDocument,
): Judgement | undefined {
  const where = recv === undefined ? 'the built-in vcl_recv' : 'vcl_recv';
  const statements = unfolded(recv?.block ?? [], subs);
  const own = statements.flatMap((one) => deep(one)).map(written);
  const filters = own.some(isFilter);
  const passing = statements.find((one) => passesAnyCookie(one));
  const missing = includes(document);
  const reason = 'whoever sends any cookie, be it one of statistics, is not answered from it';
  for (const statement of statements) {
    const [, action] = /^return \( (\w+)/.exec(written(statement)) ?? [];
    if (action === 'pass' || action === 'pipe')
      return { hits: 'never', reason: 'every request is passed on', remedy: 'return (hash);', statement, where };
    if (statement === passing && !filters) {
      const hits = missing === undefined ? 'without-cookies' : open(missing);
      return { hits, reason, remedy: REMEDY, statement, where };
    }
    if (action === 'hash' || action === 'lookup') return undefined;
  }
  if (filters || isFastly(document)) return undefined;
  const hits = missing === undefined && !document.tree.templated ? 'without-cookies' : open(missing ?? 'a template');
  return { hits, reason, remedy: REMEDY, statement: whole, where };
}

function open(name: string): Maybe<Hits> {
  return unknown<Hits>(`${name} may take cookies away before they count`, ['possible', 'without-cookies']);
}

/** Cookies are taken away or narrowed down, always or for some requests. */
function isFilter(text: string): boolean {
  return (
    /^(?:unset|remove) req\.http\.Cookie\b/i.test(text) ||
    /^set req\.http\.Cookie = /i.test(text) ||
    /^(?:cookie\.(?:filter|keep|delete|clean|parse)|header\.remove|headerplus\.|cookieplus\.)/i.test(text)
  );
}

/** `if (req.http.Authorization || req.http.Cookie) { return (pass); }`, without a look at which cookie it is. */
function passesAnyCookie({ words, block }: Statement): boolean {
  if (words[0]?.text !== 'if' || block === undefined) return false;
  const any = words.some(({ text }, i) => {
    const next = words[i + 1]?.text ?? '';
    return /^req\.http\.cookie$/i.test(text) && words[i - 1]?.text !== '!' && /^(?:\)|\|\|)$/.test(next);
  });
  return (
    any &&
    !words.some(({ text }) => text === '&&') &&
    block.some((one) => /^return \( (?:pass|pipe)/.test(written(one)))
  );
}

/** A key that holds all cookies, the browser or the address; nothing where cookies are narrowed down before. */
function ofHash(
  sub: Statement | undefined,
  recv: Statement | undefined,
  subs: ReadonlyMap<string, Statement>,
): Judgement | undefined {
  const filters = unfolded(recv?.block ?? [], subs)
    .flatMap((one) => deep(one))
    .some((one) => isFilter(written(one)));
  for (const top of sub?.block ?? []) {
    const bare = top.words[0]?.text === 'if' && /^if \( req\.http\.(?:Cookie|User-Agent) \)$/i.test(written(top));
    const statement = bare ? top.block?.[0] : top;
    if (statement === undefined) continue;
    const key = /^hash_data \( (?:req\.http\.(Cookie|User-Agent)|client\.ip) \)$/i.exec(written(statement));
    if (key === null || (filters && /^cookie$/i.test(key[1] ?? ''))) continue;
    return {
      ...{ hits: 'per-client', statement, where: 'vcl_hash' },
      reason: 'its key holds what is different for each client',
      remedy: 'hash_data(req.url); and hash_data(req.http.host); alone',
    };
  }
  return undefined;
}

/** Statements that are looked at with those of what they call. Real files stay far below; hostile ones could multiply them. */
const MOST_STATEMENTS = 5000;

/** `call x;` with what x does in its place. */
function unfolded(statements: readonly Statement[], subs: ReadonlyMap<string, Statement>): Statement[] {
  const found: Statement[] = [];
  const add = (list: readonly Statement[], depth: number): void => {
    for (const one of list) {
      if (found.length >= MOST_STATEMENTS) return;
      const called = one.words[0]?.text === 'call' ? subs.get(one.words[1]?.text ?? '') : undefined;
      found.push(one);
      if (called?.block !== undefined && depth < DEEPEST_CALL) add(called.block, depth + 1);
    }
  };
  add(statements, 0);
  return found;
}

const DEEPEST_CALL = 8;

function deep(statement: Statement): Statement[] {
  return [statement, ...(statement.block ?? []).flatMap(deep)];
}
