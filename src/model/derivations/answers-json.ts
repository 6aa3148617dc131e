import { compression } from '../../facts/compression.js';
import { boolean, isKind } from '../../facts/fact.js';
import { jsonAnswers } from '../../facts/json-answers.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** What a proxy leaves out of compression matters as far as something behind it answers with that. */
export const answersJson: FactDerivation = {
  name: 'answersJson',
  kinds: ['compression'],
  property: boolean('Whether an application of the same system answers with JSON, as far as it was read.'),
  derive(fact, _part, system) {
    // Where even style sheets go out as they are, nobody needs to ask for more.
    if (!isKind(compression, fact) || known(fact.properties.types) !== 'pages') return undefined;
    const answering = system.parts.flatMap(({ facts }) => facts).find((one) => isKind(jsonAnswers, one));
    return derived(
      answering !== undefined,
      answering === undefined
        ? []
        : [{ message: `${known(answering.properties.by) ?? 'it'} answers with JSON`, location: answering.location }],
    );
  },
};
