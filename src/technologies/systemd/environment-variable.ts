import { environmentVariable } from '../../facts/environment-variable.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Settings } from '../../parse/ini/settings.js';
import { words } from '../../parse/shell/words.js';
import { unitIn, variablesOf } from './unit.js';

/** `Environment=A=1 "B=two words"`, as often as it stands there. */
export function* fromDocument(document: Document<Settings>): Generator<Stated> {
  const unit = unitIn(document);
  if (unit === undefined) return;
  const set = variablesOf(document, unit);
  for (const { text, place } of unit.values('Environment')) {
    for (const word of words(text)) {
      const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
      if (name === undefined) continue;
      yield state(environmentVariable, locate(document, place), {
        set,
        name,
        // `%i` is what the instance is called.
        value: /(?:^|[^%])%[a-zA-Z]/.test(value) ? unknown('it depends on what the unit is called') : value,
      });
    }
  }
}
