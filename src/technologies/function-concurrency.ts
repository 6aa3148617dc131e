/** Instances of one function at a time where nothing is reserved: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MOST_AT_ONCE = 1_000;

/** Megabytes where nothing is said: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const LEAST_MEMORY = 128;

/** What a function starts with, as a command that others can follow: `src/index.handler` of Node is `node src/index.js`. */
export function functionCommand(handler: string | undefined, runtime: string | undefined): { command?: string[] } {
  if (handler === undefined || !/^[\w./-]{1,200}$/.test(handler)) return {};
  const file = handler.replace(/\.[\w-]+$/, '');
  if (runtime?.startsWith('nodejs') === true) return { command: ['node', `${file}.js`] };
  return runtime?.startsWith('python') === true ? { command: ['python', `${file}.py`] } : {};
}
