import { program } from './program.js';

/** The script of `sh -c script name arguments`, and of `su user -c script`. */
export function scriptOf(words: readonly string[]): { script: string; positional: readonly string[] } | undefined {
  const { name, args } = program(words);
  if (name === 'su' || name === 'runuser') {
    const script = args[args.findIndex((word) => word === '-c' || word === '--command') + 1];
    return args.includes('-c') || args.includes('--command') ? { script: script ?? '', positional: [] } : undefined;
  }
  if (!/^(?:ba|da|a|z|k)?sh$/.test(name)) return undefined;
  const at = args.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word));
  const script = args[at + 1];
  if (at < 0 || script === undefined || args.slice(0, at).some((word) => !/^[-+]/.test(word))) return undefined;
  return { script, positional: args.slice(at + 3) };
}
