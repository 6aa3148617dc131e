import { boolean, choice, defineFact, integer, optional, text } from './fact.js';

export const middleware = defineFact(
  'middleware',
  'A step that every request passes through before and after the view.',
  {
    name: text('As it is written in the settings.'),
    position: integer('From 1, outermost first.'),
    purpose: choice(
      [
        'security',
        'sessions',
        'authentication',
        'messages',
        'forgery-protection',
        'localisation',
        'pages',
        'cache',
        'compression',
        'static-files',
        'diagnostics',
        'other',
      ],
      'What it is for.',
    ),
    used: boolean('Whether anything in the project uses what it provides; unknown where that cannot be told.'),
    reason: text('Why it is held to be used or not.'),
    cost: optional(
      choice(['little'], 'What a request pays for it: little is what no measurement shows; absent where it is more.'),
    ),
    remedy: optional(text('The smallest change where nothing uses it.')),
    misplaced: choice(
      ['no', 'slightly', 'badly'],
      'Whether its place among the others takes away what it is there for, or costs work for nothing.',
    ),
    move: optional(text('Where it belongs, where it stands elsewhere.')),
    misplacement: text('Beside which other, and what that costs; empty where its place is right.'),
  },
);
