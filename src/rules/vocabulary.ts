import type { Property } from '../facts/fact.js';
import { vocabulary } from '../facts/vocabulary.js';
import { COMPONENT_DERIVATIONS, FACT_DERIVATIONS } from '../model/derive.js';
import type { Vocabulary } from './evaluate.js';

/** Everything that rules may read. */
export async function ruleVocabulary(): Promise<Vocabulary> {
  return {
    kinds: await vocabulary(),
    derived: new Map<string, Property>(FACT_DERIVATIONS.map(({ name, property }) => [name, property])),
    component: new Map<string, Property>(COMPONENT_DERIVATIONS.map(({ name, property }) => [name, property])),
  };
}
