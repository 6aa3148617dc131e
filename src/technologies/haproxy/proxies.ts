import type { Document } from '../../parse/document.js';
import type { Line, Section, Sections } from '../../parse/haproxy/sections.js';

export type HaproxyDocument = Document<Sections>;

/** A section that hands requests to servers, with the defaults that it starts from. */
export interface Proxy {
  readonly name: string;
  readonly section: Section;
  readonly defaults: Section | undefined;
}

/** `backend` and `listen` sections. Defaults hold for what follows them, or for those that name them (`from`). */
export function* proxiesOf(document: HaproxyDocument): Generator<Proxy> {
  const { sections } = document.tree;
  const named = new Map<string, Section>();
  let last: Section | undefined;
  for (const section of sections) {
    if (section.keyword === 'defaults') {
      last = section;
      const name = section.args[0]?.text;
      if (name !== undefined) named.set(name, section);
    } else if (section.keyword === 'backend' || section.keyword === 'listen') {
      const from = section.args.findIndex(({ text }) => text === 'from');
      const parent = from < 0 ? undefined : named.get(section.args[from + 1]?.text ?? '');
      yield { name: section.args[0]?.text ?? section.keyword, section, defaults: parent ?? last };
    }
  }
}

/** The last line of a keyword: the section's own, else that of its defaults; `no option x` takes it back. */
export function lineOf({ section, defaults }: Proxy, keyword: string): Line | undefined {
  return (
    section.lines.findLast((line) => line.keyword === keyword) ??
    defaults?.lines.findLast((line) => line.keyword === keyword)
  );
}

export function hasOption(proxy: Proxy, name: RegExp): Line | undefined {
  for (const section of [proxy.section, proxy.defaults]) {
    const line = section?.lines.findLast(
      ({ keyword, args }) =>
        (keyword === 'option' && name.test(args[0]?.text ?? '')) ||
        (keyword === 'no' && args[0]?.text === 'option' && name.test(args[1]?.text ?? '')),
    );
    if (line !== undefined) return line.keyword === 'no' ? undefined : line;
  }
  return undefined;
}

/** Ports that web servers listen on: behind one, requests are what passes even where only bytes are looked at. */
const WEB_PORT = /:(?:80|443|3000|5000|8000|8080|8443)$/;

/** Whether what passes are HTTP requests. Without `mode` HAProxy hands on bytes: most often those of a database or a broker. */
export function carriesRequests(proxy: Proxy, addresses: readonly string[]): boolean {
  const mode = lineOf(proxy, 'mode')?.args[0]?.text;
  if (mode !== undefined && mode !== 'tcp') return mode === 'http';
  return addresses.length > 0 && addresses.every((address) => WEB_PORT.test(address));
}
