/** The fault of whoever called: bad flags, a missing folder, a configuration that says nothing sensible. Exit status 2, no stack. */
export class UsageError extends Error {
  readonly lines: readonly string[];

  /** Each line stands alone in the terminal and must be harmless there. */
  constructor(...lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}
