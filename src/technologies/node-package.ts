import type { Technology } from './technology.js';

/**
 * A technology that is a package of Node: what it does is said by calls, so extractors ask the program. The manifest that names
 * the package is only the cheap sign that it is worth asking; no extractor speaks of documents, and none is parsed for it.
 */
export function nodePackage(id: string, title: string, packages: readonly string[]): Technology {
  const names = packages.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|');
  return {
    id,
    title,
    reads: [{ language: 'javascript', paths: ['package.json'], mentions: new RegExp(`"(?:${names})"\\s*:`) }],
    runsOn: ['node', 'pm2', 'passenger'],
  };
}
