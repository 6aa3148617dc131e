import { boolean, defineFact, text } from './fact.js';

export const healthView = defineFact('health-view', 'What answers whoever asks whether the application is well.', {
  path: text('The path, as routes have it, without what begins or ends a pattern: "healthz/".'),
  view: text('The view or function that answers.'),
  asksDatabase: boolean('Whether it asks a database before it answers.'),
});
