import { list, mapOf, missing, plain, together, textOf, type Data, type From } from './evaluated.js';

const DEEPEST = 30;

/** What a text of JSON holds, also one that is known in part only: its holes are put back where they stood. */
export function decoded(data: Data): Data {
  if (data.kind === 'encoded') return data.of;
  const text = textOf(data);
  const parts = text !== undefined ? [text] : data.kind === 'unknown' ? data.parts : undefined;
  if (parts === undefined) return data.kind === 'unknown' ? data : missing('not a text of JSON', data.from);
  const holes: Data[] = [];
  let inside = false;
  let written = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      inside = endsInside(part, inside);
      written += part;
      continue;
    }
    const known = textOf(part);
    if (known !== undefined) {
      // A value is put into the text as it is, quotes included.
      inside = endsInside(known, inside);
      written += known;
      continue;
    }
    holes.push(part);
    const mark = `\\u0001${holes.length - 1}\\u0001`;
    written += inside ? mark : `"${mark}"`;
  }
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return missing('a text that is no JSON as it stands', data.from);
  }
  return dataOf(value, holes, data.from, 0);
}

/** Whether the end of a text stands within quotes. */
function endsInside(text: string, before: boolean): boolean {
  let inside = before;
  for (let i = 0; i < text.length; i++) {
    if (text.charAt(i) === '\\' && inside) i++;
    else if (text.charAt(i) === '"') inside = !inside;
  }
  return inside;
}

export function dataOf(value: unknown, holes: readonly Data[], from: From, depth: number): Data {
  if (depth > DEEPEST) return missing('nested too deeply', from);
  if (typeof value === 'string') return filled(value, holes, from);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return plain(value, from);
  if (Array.isArray(value))
    return list(
      value.map((one: unknown) => dataOf(one, holes, from, depth + 1)),
      from,
    );
  if (typeof value !== 'object') return missing('nothing of JSON', from);
  const entries = Object.entries(value).map(([key, one]) => [key, dataOf(one, holes, from, depth + 1)] as const);
  return mapOf(new Map(entries), from);
}

function filled(text: string, holes: readonly Data[], from: From): Data {
  if (!text.includes('\u0001')) return plain(text, from);
  const parts = text
    .split('\u0001')
    .map((part, index) => (index % 2 === 0 ? part : (holes[Number(part)] ?? missing('a hole', from))))
    .filter((part) => part !== '');
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return only;
  const open = parts.filter((part): part is Data => typeof part !== 'string');
  const reason = open.find((part) => part.kind === 'unknown');
  return {
    kind: 'unknown',
    reason: reason?.kind === 'unknown' ? reason.reason : 'known in part only',
    parts,
    from: together([missing('', from), ...open]),
  };
}
