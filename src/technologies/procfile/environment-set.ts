import type { Document } from '../../parse/document.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** The variables that `app.json` gives to all processes of its folder. */
export function environmentSet(document: Document): string {
  return `platform:${joinPath(folderOf(document.path), 'app.json')}`;
}
