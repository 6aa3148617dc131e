/** POSIX path arithmetic on text, as `posixpath` does it. */
export function joinPath(...parts: readonly string[]): string {
  let joined = '';
  for (const part of parts) {
    if (part.startsWith('/')) joined = part;
    else if (joined === '' || joined.endsWith('/')) joined += part;
    else joined += `/${part}`;
  }
  return joined;
}

/** What `pathlib` makes of a text: no repeated slashes, no `.`, `..` kept. */
export function pathlibText(text: string): string {
  const root = text.startsWith('/') ? '/' : '';
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return root + parts.join('/') || '.';
}

/** `posixpath.normpath`. */
export function normalPath(text: string): string {
  if (text === '') return '.';
  const root = text.startsWith('//') && !text.startsWith('///') ? '//' : text.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (root === '' && (parts.length === 0 || parts.at(-1) === '..'))) parts.push(part);
    else parts.pop();
  }
  return root + parts.join('/') || '.';
}

/** `posixpath.dirname`. */
export function directoryOf(text: string): string {
  const head = text.slice(0, text.lastIndexOf('/') + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, '');
}

/** `posixpath.basename`. */
export function baseOf(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}
