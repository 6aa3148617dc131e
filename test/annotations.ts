export interface Annotation {
  readonly line: number;
  /** Everything after `expect:` or `fact:`. */
  readonly text: string;
}

/**
 * Reads `<comment marker> <word>: text` annotations: on the line that they speak of, or alone on the line or lines
 * before it.
 */
export function annotations(source: string, word: 'expect' | 'fact'): Annotation[] {
  const pattern = new RegExp(`(#|//|;|--|<!--|\\{#|/\\*)\\s*${word}:\\s*(.*?)\\s*(-->|#\\}|\\*/)?$`);
  const lines = source.split(/\r\n|\r|\n/);
  const found: Annotation[] = [];
  let waiting: string[] = [];
  lines.forEach((line, index) => {
    const match = pattern.exec(line);
    const text = match?.[2];
    const alone = match !== null && line.slice(0, match.index).trim() === '';
    if (alone && text !== undefined) {
      waiting.push(text);
      return;
    }
    for (const one of waiting) found.push({ line: index + 1, text: one });
    waiting = [];
    if (text !== undefined) found.push({ line: index + 1, text });
  });
  return found;
}
