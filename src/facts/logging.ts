import { boolean, choice, defineFact, text } from './fact.js';

export const logging = defineFact('logging', 'How much a component writes down of what it does.', {
  loggers: text('Whose messages, as a person would call them: "the root logger".'),
  verbose: boolean('Whether messages for debugging leave the process.'),
  source: choice(
    ['everything', 'framework', 'library', 'own', 'none'],
    'Who sends such messages: any code in the process, the framework for each request, one library, code of the project; none where nothing is verbose.',
  ),
  amount: text('What that comes to, as a half-sentence.'),
  setting: text('The setting that decides it.'),
  variable: text('The environment variable that switches it; empty where none does.'),
  remedy: text('The smallest change, as a line to write.'),
});
