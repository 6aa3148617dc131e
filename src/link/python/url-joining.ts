import { splitUrl } from './url-parts.js';

/** Schemes whose addresses `urllib.parse.urljoin` resolves against each other (`uses_relative`, Python 3.12). */
const RELATIVE = new Set(
  ' ftp http gopher nntp imap wais file https shttp mms prospero rtsp rtsps rtspu sftp svn svn+ssh ws wss'.split(' '),
);

/** Schemes whose addresses have a host (`uses_netloc`). */
const HOSTED = new Set([...RELATIVE, ...'telnet snews rsync nfs git git+ssh itms-services'.split(' ')]);

export interface UrlParts {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** `urllib.parse.urlunsplit` */
export function unsplitUrl({ scheme, netloc, path, query, fragment }: UrlParts): string {
  let url = path;
  if (netloc !== '' || (scheme !== '' && HOSTED.has(scheme) && !url.startsWith('//')))
    url = `//${netloc}${url !== '' && !url.startsWith('/') ? '/' : ''}${url}`;
  if (scheme !== '') url = `${scheme}:${url}`;
  return `${url}${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${fragment}`}`;
}

/** `urllib.parse.urljoin` */
export function joinUrl(base: string, address: string): string {
  if (base === '') return address;
  if (address === '') return base;
  const from = splitUrl(base);
  const to = splitUrl(address);
  const scheme = to.scheme === '' ? from.scheme : to.scheme;
  if (scheme !== from.scheme || !RELATIVE.has(scheme)) return address;
  if (to.netloc !== '') return unsplitUrl({ ...to, scheme });
  const { netloc } = from;
  if (to.path === '')
    return unsplitUrl({ ...from, query: to.query === '' ? from.query : to.query, fragment: to.fragment });
  const parts = from.path.split('/');
  // What stands behind the last slash is replaced.
  if (parts.at(-1) !== '') parts.pop();
  const segments = to.path.startsWith('/') ? to.path.split('/') : [...parts, ...to.path.split('/')];
  const all = to.path.startsWith('/')
    ? segments
    : segments.filter((part, i) => i === 0 || i === segments.length - 1 || part !== '');
  const path: string[] = [];
  for (const part of all) {
    if (part === '..') path.pop();
    else if (part !== '.') path.push(part);
  }
  const last = all.at(-1);
  if (last === '.' || last === '..') path.push('');
  const joined = path.join('/');
  return unsplitUrl({ ...to, scheme, netloc, path: joined === '' ? '/' : joined });
}
