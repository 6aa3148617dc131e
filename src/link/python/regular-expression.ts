/** Letters of Python's flags that are followed: IGNORECASE, MULTILINE, DOTALL, VERBOSE, ASCII (UNICODE changes nothing). */
export type Flags = ReadonlySet<string>;

export interface RegularExpression {
  /** Sticky where it must match at a place, global where it searches from one. */
  readonly at: RegExp;
  readonly from: RegExp;
  readonly whole: RegExp;
  readonly names: readonly string[];
  /** How many parts of it may match any number of characters. */
  readonly loops: number;
  /** How many ways there are through it, whatever those parts match. */
  readonly ways: number;
  /** Whether letters of other alphabets may be told differently. */
  readonly plainOnly: boolean;
}

interface Group {
  /** Holds a quantifier or a choice, so that repeating it could take forever. */
  busy: boolean;
  choices: number;
  readonly look: boolean;
}

/**
 * Python's regular expression as one of ours. Undefined for what the two do not mean alike, and for what could take
 * forever on a text that does not match: a repeated group that holds a quantifier or a choice. A reference back to a
 * group that took no part fails in Python and matches here.
 */
export function regularExpression(pattern: string, given: Flags): RegularExpression | undefined {
  if (pattern.length > 2_000) return undefined;
  const inline = /^\(\?([aimsx]+)\)/.exec(pattern);
  const flags = new Set([...given, ...Array.from(inline?.[1] ?? '')]);
  const names: string[] = [];
  const groups: Group[] = [];
  let last: Group | 'atom' | 'none' = 'none';
  let loops = 0;
  let ways = 1;
  const top: Group = { busy: false, choices: 1, look: false };
  let plainOnly = flags.has('i');
  let out = '';
  let i = inline?.[0].length ?? 0;
  const busy = (): void => {
    for (const group of groups) group.busy = true;
  };
  while (i < pattern.length) {
    const char = pattern.charAt(i);
    const rest = pattern.slice(i);
    if (flags.has('x') && /\s/.test(char)) {
      i++;
      continue;
    }
    if (flags.has('x') && char === '#') {
      const end = pattern.indexOf('\n', i);
      i = end < 0 ? pattern.length : end + 1;
      continue;
    }
    const quantifier = /^(?:[*+?]|\{(\d{0,4})(,?)(\d{0,4})\})/.exec(rest);
    if (quantifier !== null && (quantifier[0].length === 1 || /\d/.test(quantifier[0]))) {
      const [whole, low = '', comma = '', high = ''] = quantifier;
      if (last === 'none') return undefined;
      const most =
        whole === '?' ? 1 : whole.length === 1 ? Infinity : comma === '' ? Number(low) : Number(high || Infinity);
      if (typeof last === 'object' && ((last.busy && most > 1) || last.look)) return undefined;
      if (most === Infinity) loops++;
      else ways *= Math.max(1, most - (whole === '?' ? 0 : Number(low)) + 1);
      busy();
      out += whole.length === 1 ? whole : `{${low === '' ? '0' : low}${comma}${high}}`;
      i += whole.length;
      if (pattern.charAt(i) === '+') return undefined;
      if (pattern.charAt(i) === '?') {
        out += '?';
        i++;
      }
      last = 'none';
      continue;
    }
    switch (char) {
      case '(': {
        const head = /^\((?:\?(?:P<([A-Za-z_]\w*)>|(:|=|!|<=|<!)))?/.exec(rest);
        if (head === null || (head[0] === '(' && rest.startsWith('(?'))) return undefined;
        const [whole, name, kind] = head;
        i += whole.length;
        if (name !== undefined) names.push(name);
        groups.push({ busy: false, choices: 1, look: kind !== undefined && kind !== ':' });
        out += name === undefined ? whole : `(?<${name}>`;
        last = 'none';
        continue;
      }
      case ')': {
        const group = groups.pop();
        if (group === undefined) return undefined;
        ways *= group.choices;
        last = group;
        out += ')';
        break;
      }
      case '|':
        busy();
        (groups.at(-1) ?? top).choices++;
        out += '|';
        last = 'none';
        break;
      case '[': {
        const set = classOf(rest);
        if (set === undefined) return undefined;
        plainOnly ||= set.plainOnly;
        out += set.text;
        last = 'atom';
        i += set.length;
        continue;
      }
      case '^':
        out += flags.has('m') ? '(?<![^\\n])' : '(?<![^])';
        last = 'none';
        break;
      case '$':
        out += flags.has('m') ? '(?=\\n|(?![^]))' : '(?=\\n?(?![^]))';
        last = 'none';
        break;
      case '.':
        out += flags.has('s') ? '[^]' : '[^\\n]';
        last = 'atom';
        break;
      case '\\': {
        const part = escapeOf(rest, false);
        if (part === undefined) return undefined;
        plainOnly ||= part.plainOnly;
        out += part.text;
        last = /^\\[AZbB]/.test(rest) ? 'none' : 'atom';
        i += part.length;
        continue;
      }
      default:
        out += /[{}\]/]/.test(char) ? `\\${char}` : char;
        last = 'atom';
    }
    i++;
  }
  const letters = flags.has('i') ? 'iu' : 'u';
  try {
    return {
      at: new RegExp(out, `${letters}y`),
      from: new RegExp(out, `${letters}g`),
      whole: new RegExp(`(?:${out})(?![^])`, `${letters}y`),
      names,
      loops,
      ways: ways * top.choices,
      plainOnly,
    };
  } catch {
    return undefined;
  }
}

interface Part {
  readonly text: string;
  readonly length: number;
  readonly plainOnly: boolean;
}

function escapeOf(rest: string, inside: boolean): Part | undefined {
  const char = rest.charAt(1);
  const part = (text: string, length = 2, plainOnly = false): Part => ({ text, length, plainOnly });
  if (/[dDwWsS]/.test(char)) return part(`\\${char}`, 2, true);
  if (/[nrtfv]/.test(char)) return part(`\\${char}`);
  const hexadecimal = /^\\x([0-9a-fA-F]{2})/.exec(rest)?.[1];
  if (hexadecimal !== undefined) return part(`\\x${hexadecimal}`, 4);
  if (!inside) {
    if (char === 'b' || char === 'B') return part(`\\${char}`, 2, true);
    if (char === 'A') return part('(?<![^])');
    if (char === 'Z') return part('(?![^])');
  }
  if (char === '' || /[A-Za-z0-9]/.test(char)) return undefined;
  return part(/[\^$\\.*+?()[\]{}|/-]/.test(char) && (inside || char !== '-') ? `\\${char}` : char);
}

/** `[...]`, in which a bracket that comes first means itself. */
function classOf(rest: string): Part | undefined {
  let text = rest.startsWith('[^') ? '[^' : '[';
  let plainOnly = false;
  let i = text.length;
  for (let first = true; i < rest.length; first = false) {
    const char = rest.charAt(i);
    if (char === ']' && !first) return { text: `${text}]`, length: i + 1, plainOnly };
    if (char === '\\') {
      const part = escapeOf(rest.slice(i), true);
      if (part === undefined) return undefined;
      text += part.text;
      plainOnly ||= part.plainOnly;
      i += part.length;
      continue;
    }
    text += /[[\]]/.test(char) ? `\\${char}` : char;
    i++;
  }
  return undefined;
}
