import { defineFact, optional, text } from './fact.js';

export const environmentVariable = defineFact('environment-variable', 'A variable that the deployment sets.', {
  set: text(
    'The set it belongs to: "unit:Deployment/shop/web/api", "config-map:shop/settings", "secret:shop/keys", "file:deploy/.env", "image:Dockerfile#stage".',
  ),
  name: text('Its name.'),
  value: text('Its value; unknown where it comes from what the repository does not hold.'),
  reference: optional(
    text(
      'Set and name of the variable that it takes its value from, where that is set: "config-map:shop/settings#PORT".',
    ),
  ),
});
