/**
 * Kinds of Python tokens as small integers. The order carries meaning: every kind up to `Type` can stand as a name
 * (`match`, `case` and `type` are keywords only in their place), and every kind from `FirstKeyword` on is reserved.
 */
export const Kind = {
  EndOfFile: 0,
  Name: 1,
  Match: 2,
  Case: 3,
  Type: 4,
  Number: 5,
  /** A whole string or bytes literal whose text is its value. */
  String: 6,
  /** The same with a backslash or a carriage return in it. */
  StringEscaped: 7,
  /** Prefix and opening quotes of an f-string or t-string. */
  FormatStart: 8,
  FormatMiddle: 9,
  /** The same with a backslash, a carriage return or a doubled brace in it. */
  FormatMiddleEscaped: 10,
  FormatEnd: 11,
  Newline: 12,
  Indent: 13,
  Dedent: 14,
  /** A part that is no token; the tokenizer has reported it. */
  Error: 15,

  LeftParen: 20,
  RightParen: 21,
  LeftBracket: 22,
  RightBracket: 23,
  LeftBrace: 24,
  RightBrace: 25,
  Comma: 26,
  Colon: 27,
  ColonEqual: 28,
  Semicolon: 29,
  Dot: 30,
  Ellipsis: 31,
  Arrow: 32,
  Exclamation: 33,
  Equal: 34,
  Tilde: 35,

  // In the order of BINARY_OPERATORS.
  Plus: 40,
  Minus: 41,
  Star: 42,
  At: 43,
  Slash: 44,
  Percent: 45,
  DoubleStar: 46,
  LeftShift: 47,
  RightShift: 48,
  Bar: 49,
  Caret: 50,
  Ampersand: 51,
  DoubleSlash: 52,

  // In the order of COMPARE_OPERATORS.
  EqualEqual: 60,
  NotEqual: 61,
  Less: 62,
  LessEqual: 63,
  Greater: 64,
  GreaterEqual: 65,
  Is: 66,
  IsNot: 67,
  In: 68,
  NotIn: 69,

  /** `+=` and the others, in the order of BINARY_OPERATORS. */
  FirstAugmented: 80,
  LastAugmented: 92,

  FirstKeyword: 100,
  False: 100,
  None: 101,
  True: 102,
  And: 103,
  As: 104,
  Async: 105,
  Await: 106,
  Else: 107,
  For: 108,
  From: 109,
  If: 110,
  Lambda: 111,
  Not: 112,
  Or: 113,
  Yield: 114,
  /** From here on a keyword never stands inside an expression. */
  FirstStatementKeyword: 115,
  Assert: 115,
  Break: 116,
  Class: 117,
  Continue: 118,
  Def: 119,
  Del: 120,
  Elif: 121,
  Except: 122,
  Finally: 123,
  Global: 124,
  Import: 125,
  Nonlocal: 126,
  Pass: 127,
  Raise: 128,
  Return: 129,
  Try: 130,
  While: 131,
  With: 132,
};

const KEYWORDS: Record<string, number> = {
  match: Kind.Match,
  case: Kind.Case,
  type: Kind.Type,
  in: Kind.In,
  is: Kind.Is,
  False: Kind.False,
  None: Kind.None,
  True: Kind.True,
  and: Kind.And,
  as: Kind.As,
  async: Kind.Async,
  await: Kind.Await,
  else: Kind.Else,
  for: Kind.For,
  from: Kind.From,
  if: Kind.If,
  lambda: Kind.Lambda,
  not: Kind.Not,
  or: Kind.Or,
  yield: Kind.Yield,
  assert: Kind.Assert,
  break: Kind.Break,
  class: Kind.Class,
  continue: Kind.Continue,
  def: Kind.Def,
  del: Kind.Del,
  elif: Kind.Elif,
  except: Kind.Except,
  finally: Kind.Finally,
  global: Kind.Global,
  import: Kind.Import,
  nonlocal: Kind.Nonlocal,
  pass: Kind.Pass,
  raise: Kind.Raise,
  return: Kind.Return,
  try: Kind.Try,
  while: Kind.While,
  with: Kind.With,
};

// A hash without collisions over the words above, so that a name costs at most one comparison.
const slotOf = (length: number, first: number, last: number): number => (length + first * 13 + last * 3) & 127;
const SLOT_WORD: string[] = new Array<string>(128).fill('');
const SLOT_KIND = new Uint8Array(128);
for (const [word, kind] of Object.entries(KEYWORDS)) {
  const slot = slotOf(word.length, word.charCodeAt(0), word.charCodeAt(word.length - 1));
  if (SLOT_WORD[slot] !== '') throw new Error(`keywords ${word} and ${SLOT_WORD[slot] ?? ''} share a slot`);
  SLOT_WORD[slot] = word;
  SLOT_KIND[slot] = kind;
}

export function nameKind(text: string, start: number, end: number): number {
  const length = end - start;
  if (length > 8 || length < 2) return Kind.Name;
  const slot = slotOf(length, text.charCodeAt(start), text.charCodeAt(end - 1));
  const word = SLOT_WORD[slot] ?? '';
  return word.length === length && text.startsWith(word, start) ? (SLOT_KIND[slot] ?? Kind.Name) : Kind.Name;
}

export const isName = (kind: number): boolean => kind >= Kind.Name && kind <= Kind.Type;
export const isString = (kind: number): boolean => kind >= Kind.String && kind <= Kind.FormatStart;
