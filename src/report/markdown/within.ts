/** As many lines as fit into so many characters, and the rest counted. */
export function within(lines: readonly string[], space: number, rest: (left: number) => string): string[] {
  const kept: string[] = [];
  let left = space;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return kept.length === lines.length ? kept : [...kept, rest(lines.length - kept.length)];
}
