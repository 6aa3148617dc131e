import { defineFact, text } from './fact.js';

export const jsonAnswers = defineFact(
  'json-answers',
  'That an application answers with JSON, for its own pages or for others.',
  {
    by: text('What makes the answers, as people call it.'),
  },
);
