import type { Program } from '../../link/program.js';

/** What the text of a file promises of state, so that only files are parsed that hold some or change some. */
export interface StateText {
  readonly path: string;
  readonly text: string;
}

/** A name at the left edge, or indented (in a class, or below a condition of the module), that is bound to what can be changed in place. */
const BOUND =
  /^([ \t]*)(?:self\.)?(\w+)[ \t]*(?::[^=\n]{0,120})?=[ \t]*(?:[{[]|(?:\w+\.)?(?:dict|list|set|defaultdict|OrderedDict|deque|Counter|LRUCache)\()/gm;
/** What follows the name in `name[...` and `name.append(`: more than what is changed, but little that is not. */
const CHANGED =
  /\[|\.(?:append|appendleft|extend|insert|add|update|setdefault|pop|popitem|popleft|remove|discard|clear)\(/g;
const COUNTED = /[-+]=/g;
const IMPORTED = /^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(\([^)]{0,4000}\)|[^\n]{1,400})/gm;
const GLOBAL = /global[ \t](?<=^[ \t]+global[ \t])/m;
const MADE = /^\w+[ \t]*(?::[^=\n]{0,80})?=[ \t]*(?:\w+\.)*([A-Z]\w*|_[A-Z]\w*)\(/gm;
/** What a function that says `global` may make for the module. */
const MADE_WITHIN = /^[ \t]+\w+[ \t]*=[ \t]*(?:\w+\.)*(_?[A-Z]\w*)\(/gm;
const MIDDLEWARE = /\bclass[ \t]+\w*Middleware\b|\bget_response\b/;

/** Code of others that was copied in, and what is run by hand. */
const FOREIGN =
  /(?:^|\/)(?:vendor|_vendor|vendored|third_party|thirdparty|site-packages|benchmarks?|scripts|management\/commands)\//;

/** Files that hold state or change it, and the names of classes that modules make objects of. */
export interface StateTexts {
  readonly files: readonly StateText[];
  readonly single: ReadonlySet<string>;
}

/** The files of a component that hold state or change it, by their texts. */
export function stateTexts(program: Program): StateTexts {
  return program.pythonCode.memo('python:state-texts', () => readTexts(program));
}

function readTexts(program: Program): StateTexts {
  const texts = program.pythonCode.paths.flatMap((path): (StateText & { readonly bound: readonly Bound[] })[] => {
    const text = FOREIGN.test(path) ? undefined : program.inventory.read(path);
    return text === undefined ? [] : [{ path, text, bound: boundIn(text) }];
  });
  const shared = new Set(
    texts.flatMap(({ bound }) => bound.filter(({ indent }) => indent === '').map(({ name }) => name)),
  );
  const single = new Set(
    texts.flatMap(({ text }) =>
      [...text.matchAll(MADE), ...(GLOBAL.test(text) ? text.matchAll(MADE_WITHIN) : [])].map(([, name = '']) => name),
    ),
  );
  const files = texts.filter(({ text, bound }) => GLOBAL.test(text) || changes(text, bound, shared, single));
  return { files, single };
}

interface Bound {
  readonly indent: string;
  readonly name: string;
}

function boundIn(text: string): Bound[] {
  return [...text.matchAll(BOUND)].map(([, indent = '', name = '']) => ({ indent, name }));
}

function changes(
  text: string,
  bound: readonly Bound[],
  shared: ReadonlySet<string>,
  single: ReadonlySet<string>,
): boolean {
  const left = new Set(bound.flatMap(({ indent, name }) => (indent === '' ? [name] : [])));
  const indented = new Set(bound.flatMap(({ indent, name }) => (indent === '' ? [] : [name])));
  const alive = hasSingle(text, single);
  const imported = importedIn(text, shared);
  const isShared = (before: string | undefined, name: string): boolean => {
    if (before === undefined || before === '') return left.has(name) || imported.has(name);
    // Fields of objects matter where an object of such a class lives as long as the process.
    if (before === 'self') return indented.has(name) && (alive || isOfClass(text, name));
    return (before === 'cls' || /^_?[A-Z]/.test(before) ? indented.has(name) : false) || shared.has(name);
  };
  for (const { index } of text.matchAll(CHANGED)) {
    const name = wordBefore(text, index);
    const at = index - name.length;
    if (name !== '' && isShared(text[at - 1] === '.' ? wordBefore(text, at - 1) : undefined, name)) return true;
  }
  for (const { index } of text.matchAll(COUNTED)) {
    let end = index;
    while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
    const name = wordBefore(text, end);
    const before = text[end - name.length - 1] === '.' ? wordBefore(text, end - name.length - 1) : '';
    if (name === '' || before === '') continue;
    if (before === 'self' ? alive : before === 'cls' || /^_?[A-Z]/.test(before)) return true;
  }
  return false;
}

/** The name that ends at a place. */
function wordBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && isOfWord(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end);
}

function isOfWord(code: number): boolean {
  return (code >= 97 && code <= 122) || code === 95 || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** Bound four columns in, as the body of a class is. */
function isOfClass(text: string, name: string): boolean {
  return text.includes(`\n    ${name} `) || text.includes(`\n    ${name}:`) || text.includes(`\n    ${name}=`);
}

function hasSingle(text: string, single: ReadonlySet<string>): boolean {
  if (MIDDLEWARE.test(text)) return true;
  for (const [, name = ''] of text.matchAll(/^class[ \t]+(\w+)/gm)) if (single.has(name)) return true;
  return false;
}

function importedIn(text: string, shared: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, list = ''] of text.matchAll(IMPORTED))
    for (const [name] of list.matchAll(/\w+/g)) if (shared.has(name)) names.add(name);
  return names;
}
