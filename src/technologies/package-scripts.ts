import type { Program } from '../link/program.js';
import type { Evidence, Location } from '../location.js';
import { program as peel } from '../parse/shell/program.js';

/** A command that a component runs in the end: through package managers of JavaScript and the scripts of package.json. */
export interface ScriptedCommand {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly location: Location;
  /** How it came to be run, outermost first. */
  readonly evidence: readonly Evidence[];
  /** Folder whose package.json named it, else that of the code. */
  readonly directory: string;
}

/** What a component runs. Where nothing deploys it, what its package.json says that production starts. */
export function scriptedCommands(program: Program): readonly ScriptedCommand[] {
  return program.memo('package-scripts', () => {
    const { launch } = program;
    const commands =
      launch.commands.length > 0 || launch.location !== undefined ? launch.commands : program.javascript.commands;
    return commands.map(({ words, location, directory = launch.directory, from: evidence = [] }): ScriptedCommand => {
      const { name, args, environment } = peel(words);
      return { name, args, environment, location, evidence, directory };
    });
  });
}
