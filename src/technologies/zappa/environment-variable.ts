import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import { pairs, place, string } from '../../parse/yaml/read.js';
import { settingOf, stagesOf, variablesOf } from './stages.js';

export function* fromDocument(document: Document): Generator<Stated> {
  for (const stage of stagesOf(document)) {
    const set = variablesOf(document, stage);
    const settings = settingOf(document, stage.pair.value, ['django_settings']);
    const module = string(settings?.value);
    if (settings !== undefined && module !== undefined)
      yield state(environmentVariable, locate(document, place(settings)), {
        set,
        name: 'DJANGO_SETTINGS_MODULE',
        value: module,
      });
    for (const key of ['aws_environment_variables', 'environment_variables'])
      for (const one of pairs(settingOf(document, stage.pair.value, [key])?.value))
        yield state(environmentVariable, locate(document, place(one)), {
          set,
          name: one.key,
          value: string(one.value) ?? unknown('it is no text'),
        });
  }
}
