const SPACE = ' \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2000\u2001\u2002\u2003\u2028\u2029\u3000';

export function strip(text: string, chars: string | number | undefined, left: boolean, right: boolean): string {
  const set = typeof chars === 'string' ? chars : SPACE;
  let start = 0;
  let end = text.length;
  if (left) while (start < end && set.includes(text.charAt(start))) start++;
  if (right) while (end > start && set.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

export function words(text: string): string[] {
  const parts: string[] = [];
  let word = '';
  for (const char of text) {
    if (!SPACE.includes(char)) word += char;
    else if (word !== '') {
      parts.push(word);
      word = '';
    }
  }
  if (word !== '') parts.push(word);
  return parts;
}

export function split(
  text: string,
  separator: string | number | undefined,
  limit: number,
  fromRight: boolean,
): readonly string[] | undefined {
  if (typeof separator === 'string') {
    if (separator === '') return undefined;
    const parts = text.split(separator);
    if (limit < 0 || parts.length <= limit + 1) return parts;
    return fromRight
      ? [parts.slice(0, parts.length - limit).join(separator), ...parts.slice(parts.length - limit)]
      : [...parts.slice(0, limit), parts.slice(limit).join(separator)];
  }
  const parts = words(text);
  return limit < 0 || parts.length <= limit ? parts : undefined;
}
