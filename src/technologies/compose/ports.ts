import type { Document, Range } from '../../parse/document.js';
import { get, isMap, items, pairs, string } from '../../parse/yaml/read.js';
import { knownText, textOf } from './interpolated.js';
import { fieldInAll, type Service } from './services.js';

export interface Port {
  /** As the container offers it. */
  readonly inside: string;
  /** Whether it takes a certain port of the machine. */
  readonly fixed: boolean;
  /** Whether that port is the machine's own also in a swarm. */
  readonly ofHost: boolean;
  readonly place: Range;
  /** The file that the place is in. */
  readonly document: Document;
}

/** `ports` and `expose`. */
export function portsOf(service: Service): readonly Port[] {
  const ports: Port[] = [];
  for (const { node, document } of fieldInAll(service, 'ports')) {
    for (const item of items(node)) {
      const place = isMap(item) ? (pairs(item)[0]?.keyRange ?? item) : item;
      const written = isMap(item)
        ? longPort(item)
        : shortPort(string(item) ?? '', typeof textOf(item) === 'string' ? knownText(item) : undefined);
      if (written !== undefined) ports.push({ ...written, place, document });
    }
  }
  for (const { node, document } of fieldInAll(service, 'expose')) {
    for (const item of items(node)) {
      const inside = knownText(item)?.split('/')[0];
      if (inside !== undefined) ports.push({ inside, fixed: false, ofHost: false, place: item, document });
    }
  }
  return ports;
}

type Written = Omit<Port, 'place' | 'document'>;

function longPort(item: Parameters<typeof get>[0]): Written | undefined {
  const inside = knownText(get(item, 'target'));
  if (inside === undefined) return undefined;
  const published = string(get(item, 'published'));
  const fixed = published !== undefined && published !== '0' && !/\d-\d/.test(published);
  return { inside, fixed, ofHost: fixed && knownText(get(item, 'mode')) === 'host' };
}

/** `80`, `8000:80`, `127.0.0.1:8000-8010:80/tcp`; a variable for the port of the machine still fixes it. */
function shortPort(written: string, known: string | undefined): Written | undefined {
  const text = (known ?? written.replace(/\$\{[^}]*\}|\$\w+/g, '$')).split('/')[0] ?? '';
  const parts = text.replace(/\[[^\]]*\]/, 'address').split(':');
  const inside = parts.at(-1) ?? '';
  const outside = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  if (inside === '' || inside.includes('$')) return undefined;
  return { inside, fixed: outside !== '' && !outside.includes('-'), ofHost: false };
}
