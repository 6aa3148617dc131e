#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { AuditFlags, Bar } from './verbs/audit.js';
import type { GatherFlags } from './verbs/facts.js';
import type { InitFlags } from './verbs/init.js';
import type { OutputFlag } from './verbs/outputs.js';
import type { SimulateFlags } from './verbs/simulate.js';

// Everything but the version is loaded when it is asked for: editors and hooks start this program often.

const EXAMPLES = `
Examples:
  scalecard                                     audit this folder
  scalecard services/shop --fail-on warning     warnings fail the build too
  scalecard -f json -o card.json -f text        one report in a file, one on the screen
  scalecard --env CACHE_URL=redis://cache:6379  what if this were set?
  scalecard simulate --instances 6              what breaks at that size?
  scalecard explain session-on-one-instance     why a rule is there, and what to do
  scalecard init                                write a scalecard.yaml to start from

Exit status:
  0  no result at or above --fail-on (default: error), and the score reaches --min-score
  1  there is such a result, or the score is lower
  2  bad usage or configuration, nothing to audit, or a failure of Scalecard itself

A comment silences a result in its place: # scalecard-ignore rule-id: the reason
`;

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** The flags of the verb that may be left out belong on the first page of help. */
function optionsOf(verb: Command): string {
  const help = verb.createHelp();
  const options = help.visibleOptions(verb).map((option) => [help.optionTerm(option), help.optionDescription(option)]);
  const longest = Math.max(...options.map(([term]) => term?.length ?? 0));
  const items = options.map(([term = '', description = '']) => help.formatItem(term, longest, description, help));
  return `Options of ${verb.name()}:\n${items.join('\n')}`;
}

/** The command line, with what each verb does set into `done`. */
async function commandLine(done: (status: Promise<number>) => void): Promise<Command> {
  const { Argument, Command, InvalidArgumentError, Option } = await import('commander');
  const { harmlessLines, withoutCommands } = await import('./harmless.js');
  const outputs: OutputFlag[] = [];
  const remember = (flag: OutputFlag['flag']) => (value: string) => {
    outputs.push({ flag, value });
    return value;
  };
  const score = (value: string): number => {
    const number = Number(value);
    if (value.trim() === '' || !(number >= 0 && number <= 100))
      throw new InvalidArgumentError('write a number from 0 to 100.');
    return number;
  };
  const program: Command = new Command('scalecard')
    .description(
      'Tells from a repository alone how far an application can scale out, what stops it, and what breaks first.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; "scalecard help <verb>" for one verb')
    .addHelpText('after', () => `\n${optionsOf(audit)}\n${EXAMPLES}`)
    .configureHelp({ helpWidth: Math.min(100, process.stdout.columns || 100) })
    .showSuggestionAfterError()
    .configureOutput({
      outputError: (text, write) => {
        write(withoutCommands(harmlessLines(text)));
      },
    })
    .exitOverride();

  const path = () => new Argument('[path]', 'folder of the repository').default('.', 'this folder');
  const gathering = (command: Command): Command =>
    command
      .option(
        '--env <NAME=VALUE>',
        'set an environment variable that the repository does not hold; repeatable',
        collect,
      )
      .option('-e, --env-file <file>', 'the same from a .env file; repeatable', collect)
      .option('--config <file>', 'configuration to use instead of scalecard.yaml of the folder')
      .option('-q, --quiet', 'no progress, and no report unless --format or --output asks for one');
  const colour = (command: Command): Command =>
    command.option('--no-color', 'no colours; NO_COLOR and FORCE_COLOR are heeded too');

  const audit: Command = colour(gathering(program.command('audit', { isDefault: true })))
    .description('audit a folder and print its scorecard (the verb may be left out)')
    .addArgument(path())
    .addOption(
      new Option('-f, --format <format>', 'text, json or another format; repeatable').argParser(remember('format')),
    )
    .addOption(
      new Option('-o, --output <file>', 'where the --format before it goes, instead of the screen').argParser(
        remember('output'),
      ),
    )
    .addOption(
      new Option('--fail-on <level>', 'lowest level that gives exit status 1')
        .choices(['error', 'warning', 'note', 'never'])
        .default('error'),
    )
    .option('--min-score <number>', 'lowest score that gives exit status 0', score)
    // Several words are refused by the verb itself, which knows what was meant.
    .allowExcessArguments()
    .action((folder: string, flags: Omit<AuditFlags, 'outputs'> & { failOn: Bar }, { args }: Command) => {
      const verbs = program.commands.map((one) => one.name());
      const folders = args.length === 0 ? [folder] : args;
      done(import('./verbs/audit.js').then((verb) => verb.audit(folders, { ...flags, outputs }, verbs)));
    });

  colour(program.command('explain'))
    .description('print what is known about a rule: why, what to do, what passes and fails')
    .argument('<rule>', 'id of the rule')
    .action((rule: string, flags: { color: boolean }) => {
      done(import('./verbs/explain.js').then(({ explain }) => explain(rule, flags)));
    });

  const textOrJson = () =>
    new Option('-f, --format <format>', 'how to print it').choices(['text', 'json']).default('text');
  colour(program.command('rules'))
    .description('list all rules')
    .addOption(textOrJson())
    .action((flags: { format: 'text' | 'json'; color: boolean }) => {
      done(import('./verbs/rules.js').then(({ rules }) => rules(flags)));
    });

  gathering(program.command('facts'))
    .description('print what was read and derived, as JSON')
    .addArgument(path())
    .action((folder: string, flags: GatherFlags) => {
      done(import('./verbs/facts.js').then(({ facts }) => facts(folder, flags)));
    });

  colour(gathering(program.command('settings')))
    .description('print the settings of the application as production would see them')
    .addArgument(path())
    .addOption(textOrJson())
    .action((folder: string, flags: GatherFlags & { format: 'text' | 'json'; color: boolean }) => {
      done(import('./verbs/settings.js').then(({ settings }) => settings(folder, flags)));
    });

  const instances = (value: string): number => {
    if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('write a whole number from 1 to 999999.');
    return Number(value);
  };
  colour(gathering(program.command('simulate')))
    .description('print what breaks when components run in so many instances, and from which number on')
    .addArgument(path())
    .requiredOption('-n, --instances <number>', 'instances of each of these components', instances)
    .option('-c, --component <name>', 'only this one; repeatable (default: all that answer requests)', collect)
    .addOption(textOrJson())
    .action((folder: string, flags: SimulateFlags) => {
      done(import('./verbs/simulate.js').then(({ simulate }) => simulate(folder, flags)));
    });

  program
    .command('init')
    .description('write a commented scalecard.yaml; never over one that is there')
    .addArgument(path())
    .option('--eslint', 'set up ESLint and VS Code as well, or print what to add where they are')
    .action((folder: string, flags: InitFlags) => {
      done(import('./verbs/init.js').then(({ init }) => init(folder, flags)));
    });
  return program;
}

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  let status: Promise<number> | undefined;
  const program = await commandLine((running) => {
    status = running;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    // Help and the version end in an "error" as well; commander has printed already what there is to say.
    if (error instanceof Error && 'exitCode' in error) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return (await status) ?? 0;
}

/** One line for whatever went wrong; the stack only for those who ask. */
async function failure(error: unknown): Promise<number> {
  const [{ UsageError }, { harmless, withoutCommands }] = await Promise.all([
    import('./usage-error.js'),
    import('./harmless.js'),
  ]);
  if (error instanceof UsageError) {
    process.stderr.write(`${withoutCommands(error.lines.join('\n'))}\n`);
    return 2;
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const hint = '(SCALECARD_DEBUG=1 shows where)';
  process.stderr.write(`scalecard: failed, a defect of Scalecard itself: ${harmless(reason)} ${hint}\n`);
  if (process.env.SCALECARD_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return 2;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read our output has seen enough (`| head`).
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

process.exitCode = await main(process.argv.slice(2)).catch(failure);
