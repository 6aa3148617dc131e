import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { harmless } from '../harmless.js';
import { UsageError } from '../usage-error.js';

/** To a file, whose folder is made, or to standard output. */
export async function print(text: string, file?: string): Promise<void> {
  if (file === undefined) {
    // Waits until a pipe has taken it: the process may end right after.
    await new Promise<void>((done) => {
      process.stdout.write(text, () => {
        done();
      });
    });
    return;
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new UsageError(harmless(`--output ${file}: cannot be written: ${code}`));
  }
}
