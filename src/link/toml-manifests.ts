import { parse } from 'smol-toml';
import { isDevelopment } from './development-names.js';
import { normalizedName, requirementOf, versionsOf, type Requirement } from './requirement.js';
import type { Declaration } from './declaration.js';

type Table = Record<string, unknown>;

const table = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function read(text: string): Table {
  try {
    return table(parse(text));
  } catch {
    return {};
  }
}

/** `pyproject.toml`: PEP 621, PEP 735, Poetry, PDM, Hatch, uv. */
export function* fromPyproject(text: string): Generator<Declaration> {
  const all = read(text);
  const project = table(all.project);
  const tool = table(all.tool);
  yield* fromList(text, list(project.dependencies), false);
  for (const [group, own] of Object.entries(table(project['optional-dependencies'])))
    yield* fromList(text, list(own), isDevelopment(group));
  for (const [group, own] of Object.entries(table(all['dependency-groups'])))
    yield* fromList(text, list(own), group === 'dev' || isDevelopment(group));
  const poetry = table(tool.poetry);
  yield* fromTable(text, table(poetry.dependencies), false);
  yield* fromTable(text, table(poetry['dev-dependencies']), true);
  for (const [group, own] of Object.entries(table(poetry.group)))
    yield* fromTable(text, table(table(own).dependencies), isDevelopment(group));
  for (const own of Object.values(table(table(tool.pdm)['dev-dependencies']))) yield* fromList(text, list(own), true);
  yield* fromList(text, list(table(tool.uv)['dev-dependencies']), true);
  for (const [name, own] of Object.entries(table(table(tool.hatch).envs)))
    yield* fromList(text, list(table(own).dependencies), name !== 'default' && isDevelopment(name));
}

export function* fromPipfile(text: string): Generator<Declaration> {
  const all = read(text);
  yield* fromTable(text, table(all.packages), false);
  yield* fromTable(text, table(all['dev-packages']), true);
}

function* fromList(text: string, entries: readonly unknown[], development: boolean): Generator<Declaration> {
  for (const entry of entries) {
    const requirement = typeof entry === 'string' ? requirementOf(entry) : undefined;
    if (requirement !== undefined && typeof entry === 'string')
      yield { requirement, development, offset: Math.max(0, text.indexOf(entry)) };
  }
}

function* fromTable(text: string, entries: Table, development: boolean): Generator<Declaration> {
  for (const [name, own] of Object.entries(entries)) {
    if (name === 'python') continue;
    const constraint = typeof own === 'string' ? own : table(own).version;
    const requirement: Requirement = {
      name: normalizedName(name),
      length: name.length,
      ...(typeof constraint === 'string' ? versionsOf(constraint) : {}),
    };
    const at = text.search(new RegExp(`^["']?${name.replace(/[^A-Za-z0-9_-]/g, '.')}["']?\\s*=`, 'm'));
    yield { requirement, development, offset: Math.max(0, at) };
  }
}
