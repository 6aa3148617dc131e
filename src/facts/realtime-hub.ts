import { boolean, choice, defineFact, SCOPES, text } from './fact.js';

export const realtimeHub = defineFact('realtime-hub', 'What hands messages on among connections that stay open.', {
  store: text('What hands them on, in the words of its technology: "memory of the process".'),
  scope: choice(SCOPES, 'Whose connections it reaches.'),
  broadcasts: boolean('Whether one connection or request ever speaks to another connection.'),
  polling: boolean(
    'Whether one client may spread its session over several requests, which must all meet the same process.',
  ),
  explicit: boolean(
    'Whether the project chose how messages are handed on; false where a default of the library counts.',
  ),
  setting: text('The option or call that decides it.'),
  remedy: text('The smallest change that reaches the connections of every instance, as a line to write.'),
});
