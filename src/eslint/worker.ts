import { join } from 'node:path';
import { workerData, type MessagePort } from 'node:worker_threads';
import type { Project } from './project.js';
import type { Answer, Question } from './question.js';
import { UsageError } from '../usage-error.js';

/** The thread that audits, for ESLint; src/eslint/bridge.ts starts it and waits for its answers. */
const { port, signal } = workerData as { port: MessagePort; signal: Int32Array };
const projects = new Map<string, Project>();
let current: number | undefined;
let before: Promise<void> = Promise.resolve();

port.on('message', ({ id, question }: { id: number; question: Question }) => {
  before = before.then(async () => {
    current = id;
    reply(id, await answerTo(question).catch(troubleOf));
  });
});

// The thread of ESLint sleeps and hears of nothing else.
process.on('exit', () => {
  Atomics.store(signal, 1, 1);
  wake();
});

// Whatever else goes wrong is the answer to the question at hand; without one, ESLint would wait in vain.
process.on('uncaughtException', (error) => {
  if (current !== undefined) reply(current, { ...troubleOf(error), ended: true });
  process.exit(1);
});

function reply(id: number, answer: Answer): void {
  current = undefined;
  port.postMessage({ id, answer });
  wake();
}

function wake(): void {
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}

/** Loaded here and not above, so that failing to load is an answer as well. */
async function projectOf(root: string): Promise<Project> {
  const { openProject } = await import('./project.js');
  let project = projects.get(root);
  if (project === undefined) projects.set(root, (project = openProject(root)));
  return project;
}

async function answerTo(question: Question): Promise<Answer> {
  const project = await projectOf(question.root);
  if (question.ask === 'results') return { ...(await project.results(question)), trouble: [] };
  const digests = [await project.digest(question.language)];
  for (const folder of project.nested())
    digests.push(await (await projectOf(join(question.root, folder))).digest(question.language));
  return { results: [], trouble: [], digest: digests.join(' ') };
}

function troubleOf(error: unknown): Answer {
  if (error instanceof UsageError) return { results: [], trouble: error.lines };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { results: [], trouble: [`a defect of Scalecard itself: ${reason}`] };
}
