import { state, type Stated } from '../../facts/fact.js';
import { jsonAnswers } from '../../facts/json-answers.js';
import type { Program } from '../../link/program.js';
import { sureAppsOf } from './apps.js';
import { settingsOf } from './settings.js';

/** Apps that are installed to answer with JSON. */
const MAKERS: ReadonlyMap<string, string> = new Map([
  ['rest_framework', 'REST framework'],
  ['ninja', 'Ninja'],
  ['ninja_extra', 'Ninja'],
  ['graphene_django', 'graphene'],
  ['strawberry_django', 'Strawberry'],
  ['strawberry.django', 'Strawberry'],
  ['tastypie', 'Tastypie'],
]);

export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  for (const { name } of sureAppsOf(program)) {
    const by = MAKERS.get(name);
    if (by === undefined) continue;
    yield state(jsonAnswers, settings.placeOf('INSTALLED_APPS'), { by });
    return;
  }
}
