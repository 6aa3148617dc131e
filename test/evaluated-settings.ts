import { expect } from 'vitest';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { createProgram } from '../src/link/create-program.js';
import { readDependencies } from '../src/link/dependencies.js';
import { joinModels } from '../src/link/python/models.js';
import type { EnvironmentVariable, Launch, Program } from '../src/link/program.js';
import type { Value } from '../src/link/value.js';
import { documentStore } from '../src/parse/documents.js';
import { plainValue } from '../src/technologies/django/printable-settings.js';
import { modelsOf } from '../src/technologies/load.js';

const models = joinModels([await modelsOf()]);

export async function programOf(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | null>> = {},
  launch: Partial<Launch> = {},
): Promise<Program> {
  const inventory = inventoryOf(files);
  const documents = documentStore(inventory);
  await documents.load(['python']);
  const variables = Object.entries(environment).map(([name, value]): [string, EnvironmentVariable] => [
    name,
    { value: value ?? { unknown: 'set from a secret' } },
  ]);
  return createProgram({
    launch: { component: 'web', directory: '', commands: [], mounts: [], environment: new Map(variables), ...launch },
    inventory,
    documents,
    dependencies: readDependencies(inventory),
    models,
  });
}

/** The upper-case names that `s.py` sets, as JSON. */
export async function settings(
  files: string | Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | null>> = {},
): Promise<Record<string, unknown>> {
  const program = await programOf(typeof files === 'string' ? { 's.py': files } : files, environment);
  const names = program.python.evaluate('s')?.names ?? new Map<string, Value>();
  return Object.fromEntries(
    [...names].filter(([name]) => /^[A-Z0-9_]+$/.test(name)).map(([name, value]) => [name, plainValue(value)]),
  );
}

/** A part of a value that is not known, for a reason that holds these words. */
export const unknown = (reason: string): unknown => ({ $unknown: expect.stringContaining(reason) as unknown });
