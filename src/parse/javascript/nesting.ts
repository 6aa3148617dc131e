/**
 * Deeper than this nobody writes by hand. The parser is native code, and from about 1,500 levels on it takes the whole
 * process with it when the stack ends (measured in a worker thread, whose stack is the smallest).
 */
const DEEPEST = 1_000;

/** What a member, a call or a template tag adds to the depth: chains of them cost little, but without end they cost as well. */
const CHAINED = 0.02;

/** What opens one more level of the tree without a bracket: prefix words and operators.  */
const PREFIX = new Set(
  (
    'if else for while do with new typeof void delete await yield async as satisfies in of instanceof extends keyof ' +
    'infer unique readonly throw return case default is asserts'
  ).split(' '),
);

/** Words that only ever begin a statement. */
const BEGINS = new Set('const let var import export function class enum interface declare namespace'.split(' '));

/**
 * Whether a text may nest deeper than the parser can take. An estimate from above in one pass, which knows neither
 * strings nor regular expressions: a bracket or operator inside of them counts as well.
 */
export function isTooDeep(text: string): boolean {
  const opened: number[] = [];
  let level = 0;
  // `if (a) b; else ...` goes on after its semicolon.
  let ended = 0;
  // Group 1 is a word, 2 a run of operators, 3 a single mark.
  const token = /([\w$]+)|([!~+\-*/%&|^<>=?:]+)|([[({})\],;.`])/g;
  let last = '';
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [whole, word, operator, mark] = match;
    const base = opened.at(-1) ?? 0;
    if (operator !== undefined) level += operator.length;
    else if (word !== undefined) {
      if (word === 'else' && last === ';') level = ended + 1;
      else if (BEGINS.has(word) && !PREFIX.has(last)) level = base;
      else if (PREFIX.has(word)) level++;
      else if (last === '}' || (level > base && isComplete(last) && startsLine(text, match.index))) level = base;
    } else if (mark === '(' || mark === '[' || mark === '{') {
      opened.push(++level);
    } else if (mark === ')' || mark === ']' || mark === '}') {
      level = (opened.pop() ?? 1) - 1 + CHAINED;
    } else if (mark === ';' || mark === ',') {
      ended = level;
      level = base;
    } else level += CHAINED;
    if (level > DEEPEST) return true;
    last = whole;
  }
  return false;
}

/** Whether a statement may end after this token. */
function isComplete(token: string): boolean {
  return token === ')' || token === ']' || (WORD.test(token) && !PREFIX.has(token));
}

const WORD = /^[\w$]/;

/** Where no semicolon ends a statement, the end of its line does. */
function startsLine(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0 && at - i < 200; i--) {
    const character = text[i];
    if (character === '\n') return true;
    if (character !== ' ' && character !== '\t' && character !== '\r') return false;
  }
  return at === 0;
}
