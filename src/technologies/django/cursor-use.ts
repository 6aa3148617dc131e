import type { Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { locate } from '../../parse/document.js';
import { walkPython } from '../../parse/python/walk.js';
import { itemTexts } from './setting-texts.js';
import type { DjangoSettings } from './settings.js';
import { documentsWith } from './sources.js';

/**
 * Where rows are read through cursors on the server: by iterator() and aiterator() of a query, and by the choices of
 * forms, which Django reads so (ModelChoiceIterator in django/forms/models.py), those of the admin among them.
 * https://docs.djangoproject.com/en/stable/ref/databases/#transaction-pooling-and-server-side-cursors
 */
export function cursorUse(program: Program, settings: DjangoSettings): Location | undefined {
  return program.memo('django:cursor-use', () => {
    for (const document of documentsWith(program, /\.a?iterator\(/)) {
      let found: Location | undefined;
      walkPython(document.tree, (node) => {
        if (found !== undefined || node.type !== 'Call' || node.func.type !== 'Attribute') return;
        const { attr } = node.func;
        if (attr !== 'iterator' && attr !== 'aiterator') return;
        // Of a query it takes nothing but a size; what else is called so takes what it goes over.
        if (
          node.args.every(({ type }) => type === 'Constant') &&
          node.keywords.every(({ name }) => name === 'chunk_size')
        )
          found = locate(document, node);
      });
      if (found !== undefined) return found;
    }
    const apps = itemTexts(settings.get('INSTALLED_APPS')) ?? [];
    return apps.some((app) => app.startsWith('django.contrib.admin')) ? settings.placeOf('INSTALLED_APPS') : undefined;
  });
}
