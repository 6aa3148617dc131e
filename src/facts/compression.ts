import { boolean, choice, defineFact, text } from './fact.js';

export const compression = defineFact('compression', 'Whether text responses leave a layer compressed.', {
  layer: choice(['application', 'proxy', 'cdn'], 'Who compresses, or could.'),
  enabled: boolean('Whether it is on.'),
  types: choice(
    ['html-only', 'pages', 'text', 'none'],
    'html-only is the usual default: style sheets, scripts and JSON leave uncompressed; pages is that and what pages load, and no JSON.',
  ),
  where: text('The server or setting, as it is written.'),
  remedy: text('The smallest change, as a line to write.'),
});
