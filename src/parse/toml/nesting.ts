/** Deeper nesting is refused before it is parsed: the parser recurses, and a full stack can end the whole process. */
const DEEPEST = 100;
/** Parts of one dotted key. */
const LONGEST_KEY = 200;

/** Where brackets, or the dots of one line, go deeper than anybody writes. Brackets in texts count as well, which hurts nobody. */
export function nestingBeyond(text: string): number | undefined {
  let depth = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    else if (character === '\n') dots = 0;
    else if (character === '.') dots++;
    if (depth > DEEPEST || (dots > LONGEST_KEY && isKey(text, at))) return at;
  }
  return undefined;
}

/** Whether the line begins with more dotted parts than that: texts may have any number of dots. */
function isKey(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at) + 1;
  return !/[="']/.test(text.slice(start, at));
}
