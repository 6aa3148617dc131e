import { unknown, type Maybe } from '../../location.js';
import type { Statement } from '../../parse/vcl/statements.js';
import { declared, field, valueOf, type VclDocument } from './program.js';

export interface Backend {
  readonly name: string;
  readonly statement: Statement;
  /** Undefined for `backend default none;` and what has only a socket. */
  readonly host: Maybe<string> | undefined;
  readonly asked: boolean;
}

/** What hands requests on: a director with its backends, or a backend of which no director knows. */
export interface Group {
  readonly name: string;
  readonly statement: Statement;
  /** `round_robin`, `random`, `hash`, `fallback`, `shard`; undefined for one backend. */
  readonly kind: string | undefined;
  readonly backends: readonly Backend[];
}

export function backendsOf(document: VclDocument): Map<string, Backend> {
  // A probe called "default" holds for all that name none.
  const byDefault = declared(document, 'probe').has('default');
  const backends = new Map<string, Backend>();
  for (const [name, statement] of declared(document, 'backend')) {
    const host = valueOf(field(statement, 'host'));
    backends.set(name, {
      ...{ name, statement },
      host: host !== undefined && /\{\{|\{%|<%|\$\{?\w/.test(host) ? unknown('filled in by a template') : host,
      asked: byDefault || field(statement, 'probe') !== undefined,
    });
  }
  return backends;
}

export function groupsOf(document: VclDocument): Group[] {
  const backends = backendsOf(document);
  const groups = [...oldDirectors(document, backends), ...directors(document, backends)];
  const grouped = new Set(groups.flatMap((group) => group.backends));
  const alone = [...backends.values()].filter((one) => one.host !== undefined && !grouped.has(one));
  return [
    ...groups,
    ...alone.map((one): Group => ({ name: one.name, statement: one.statement, kind: undefined, backends: [one] })),
  ];
}

/** `new web = directors.round_robin(); web.add_backend(one);` in `vcl_init`. */
function directors(document: VclDocument, backends: ReadonlyMap<string, Backend>): Group[] {
  const lines = declared(document, 'sub').get('vcl_init')?.block ?? [];
  return lines.flatMap((line): Group[] => {
    const [first, name, , made] = line.words;
    const kind = /^directors?\.(\w+)$/.exec(made?.text ?? '')?.[1];
    if (first?.text !== 'new' || name === undefined || kind === undefined) return [];
    const members = lines
      .filter(({ words }) => words[0]?.text === `${name.text}.add_backend`)
      .flatMap(({ words }) => backends.get(words[2]?.text ?? '') ?? []);
    return members.length === 0 ? [] : [{ name: name.text, statement: line, kind, backends: members }];
  });
}

/** `director web round-robin { { .backend = one; } }` of Varnish 3; a backend may be written in place. */
function oldDirectors(document: VclDocument, backends: ReadonlyMap<string, Backend>): Group[] {
  return [...declared(document, 'director')].flatMap(([name, statement]): Group[] => {
    const members = (statement.block ?? []).flatMap((one): Backend[] => {
      const told = field(one, 'backend');
      if (told?.block !== undefined) {
        const host = valueOf(field(told, 'host'));
        return [{ name, statement: told, host, asked: field(told, 'probe') !== undefined }];
      }
      return [backends.get(valueOf(told) ?? '') ?? []].flat();
    });
    const kind = statement.words[2]?.text.replaceAll('-', '_');
    return members.length === 0 || kind === undefined ? [] : [{ name, statement, kind, backends: members }];
  });
}
