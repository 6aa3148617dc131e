import { boolean, choice, defineFact, integer, optional, text } from './fact.js';

export const httpCache = defineFact('http-cache', 'What a browser or proxy is told about keeping a response.', {
  content: choice(['static', 'media', 'page', 'api'], 'What is served.'),
  layer: choice(['application', 'proxy', 'cdn'], 'Who answers.'),
  where: text('The location, path or view, as it is written.'),
  cacheable: boolean('Whether a client may keep it without asking again for at least an hour.'),
  maximumAge: integer('Seconds that a client may keep it; 0 where nothing allows it.'),
  development: optional(boolean('Whether what sends it is made for development, as its makers say.')),
  policy: optional(
    choice(
      ['said', 'silent'],
      'Of pages and lists that are computed and the same for everyone: whether anything says how long they may be kept.',
    ),
  ),
  remedy: text('The smallest change, as a line to write.'),
});
