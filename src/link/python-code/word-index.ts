/** Which texts hold a word. */
export interface WordIndex {
  /** In the order of the texts. */
  readonly get: (word: string) => readonly string[];
}

const FIRST = 0x811c9dc5;
/** A power of two. */
const RECENT = 1 << 14;

/**
 * Hundreds of names are looked up in thousands of files: each is read through once. Words are kept by their FNV-1a hash
 * (http://www.isthe.com/chongo/tech/comp/fnv/), as making millions of strings takes most of the time; where two words share one, a
 * text is named in which only the other stands.
 */
export function indexWords(paths: readonly string[], textOf: (path: string) => string): WordIndex {
  const found = new Map<number, string[]>();
  // Most words stand in a text many times: the last ones are remembered by a part of their hash.
  const lastHash = new Int32Array(RECENT);
  const lastText = new Int32Array(RECENT).fill(-1);
  for (const [number, path] of paths.entries()) {
    const text = textOf(path);
    let hash = FIRST;
    let inside = false;
    // One step past the end closes the last word.
    for (let at = 0; at <= text.length; at++) {
      const code = at === text.length ? 0 : text.charCodeAt(at);
      if (isOfWord(code)) {
        hash = Math.imul(hash ^ code, 0x01000193);
        inside = true;
      } else if (inside) {
        const slot = hash & (RECENT - 1);
        if (lastHash[slot] !== hash || lastText[slot] !== number) {
          lastHash[slot] = hash;
          lastText[slot] = number;
          const others = found.get(hash);
          if (others === undefined) found.set(hash, [path]);
          else if (others[others.length - 1] !== path) others.push(path);
        }
        hash = FIRST;
        inside = false;
      }
    }
  }
  return { get: (word) => found.get(hashOf(word)) ?? [] };
}

function hashOf(word: string): number {
  let hash = FIRST;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

/** What is not ASCII counts as a letter, of whichever language it is. */
function isOfWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    code === 95 ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code >= 128
  );
}
