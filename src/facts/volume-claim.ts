import { choice, defineFact, text } from './fact.js';

export const volumeClaim = defineFact('volume-claim', 'Storage that a deployment asks its cluster for.', {
  name: text('Its name, with its namespace: "shop/media".'),
  access: choice(
    ['one-node', 'one-instance', 'many-nodes', 'many-nodes-read-only'],
    'Who may mount it at the same time.',
  ),
});
