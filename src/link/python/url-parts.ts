export interface Url {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly hostname: string | undefined;
  readonly port: string | undefined;
}

/** The parts of an address, as `urllib.parse.urlsplit` divides it. */
export function splitUrl(text: string): Url {
  let rest = text.trim();
  let scheme = '';
  const colon = rest.indexOf(':');
  if (colon > 0 && /^[a-zA-Z][a-zA-Z0-9+.-]*$/.test(rest.slice(0, colon))) {
    scheme = rest.slice(0, colon).toLowerCase();
    rest = rest.slice(colon + 1);
  }
  let netloc = '';
  if (rest.startsWith('//')) {
    const end = rest.slice(2).search(/[/?#]/);
    netloc = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = rest.slice(2 + netloc.length);
  }
  const cut = (mark: string): string => {
    const at = rest.indexOf(mark);
    if (at < 0) return '';
    const part = rest.slice(at + 1);
    rest = rest.slice(0, at);
    return part;
  };
  const fragment = cut('#');
  const query = cut('?');
  const at = netloc.lastIndexOf('@');
  const login = at < 0 ? undefined : netloc.slice(0, at);
  const host = netloc.slice(at + 1);
  const bracket = /^\[([^\]]*)\](?::(.*))?$/.exec(host);
  const [name, port] =
    bracket === null
      ? [host.split(':')[0] ?? '', host.includes(':') ? host.slice(host.indexOf(':') + 1) : '']
      : [bracket[1] ?? '', bracket[2] ?? ''];
  const split = login?.indexOf(':') ?? -1;
  return {
    scheme,
    netloc,
    path: rest,
    query,
    fragment,
    username: login === undefined ? undefined : split < 0 ? login : login.slice(0, split),
    password: login === undefined || split < 0 ? undefined : login.slice(split + 1),
    hostname: name === '' ? undefined : name.toLowerCase(),
    port: port === '' ? undefined : port,
  };
}

/** `urllib.parse.unquote` */
export function unquote(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** `urllib.parse.parse_qsl` */
export function parseQuery(text: string): [string, string][] {
  const plain = (part: string): string => unquote(part.replaceAll('+', ' '));
  return text.split('&').flatMap((part): [string, string][] => {
    const at = part.indexOf('=');
    return at < 0 || at === part.length - 1 ? [] : [[plain(part.slice(0, at)), plain(part.slice(at + 1))]];
  });
}
