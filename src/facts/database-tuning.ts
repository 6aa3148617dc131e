import { boolean, defineFact, text } from './fact.js';

export const databaseTuning = defineFact(
  'database-tuning',
  'Whether a database server was told how much memory the machine has that it runs on.',
  {
    product: text('As its makers call it.'),
    tuned: boolean('Whether the memory that it keeps data in is set; false where the default of the product counts.'),
    setting: text('The setting that decides it, with its default: "shared_buffers = 128MB".'),
    remedy: text('What fits a machine of a size that it names, as words of the command line.'),
  },
);
