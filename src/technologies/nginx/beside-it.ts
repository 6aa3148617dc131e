import type { NginxDocument, Resolve } from './scope.js';

/**
 * What an include names, by the file's name alone: a start script or an image lays it there, so its folder in the repository
 * is another one (`include /etc/nginx/includes/common.conf;` and `docker/nginx/include.common.conf`).
 */
export function besideIt(documents: readonly NginxDocument[]): Resolve {
  const byName = new Map<string, NginxDocument[]>();
  for (const document of documents)
    for (const name of namesOf(document.path)) {
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [document]);
      else same.push(document);
    }
  return (pattern, from) => {
    const name = pattern.slice(pattern.lastIndexOf('/') + 1);
    // What a pattern matches, or a variable stands for, is not known.
    if (/[*?[$]/.test(pattern)) return [];
    const found = (byName.get(name) ?? []).filter((one) => one !== from);
    const [only] = found;
    return found.length === 1 && only !== undefined ? [only] : [];
  };
}

/** `include.common.conf` and `common.conf.tmpl` both become `common.conf`. */
function namesOf(path: string): ReadonlySet<string> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const plain = name.replace(/\.(?:template|tmpl|tpl|erb|j2|jinja2?|in)$/, '');
  return new Set([name, plain, plain.replace(/^includes?[._-]/, '')]);
}
