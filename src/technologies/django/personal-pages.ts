import type { Evidence } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, items } from '../../link/value.js';
import { itemTexts } from './setting-texts.js';
import type { DjangoSettings } from './settings.js';
import { deedsOf } from './view-code.js';

/** A middleware or context processor of the project that looks at the user or the session whatever page is asked for. */
export function everyPageLooksAt(
  program: Program,
  settings: DjangoSettings,
): { readonly name: string; readonly evidence: Evidence } | undefined {
  const middleware = itemTexts(settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES')) ?? [];
  const processors = (items(settings.get('TEMPLATES')) ?? []).flatMap(
    (engine) => itemTexts(entry(entry(engine, 'OPTIONS'), 'context_processors')) ?? [],
  );
  for (const name of [...middleware, ...processors]) {
    const [target] = program.pythonCode.resolveText(name);
    if (target?.kind !== 'class' && target?.kind !== 'function') continue;
    const { module, node } = target.at;
    if (node.type !== 'ClassDef' && node.type !== 'FunctionDef') continue;
    const { personal } = deedsOf(program, [{ module, node }]);
    if (personal !== undefined) return { name, evidence: personal };
  }
  return undefined;
}
