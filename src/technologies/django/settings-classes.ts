import type { EnvironmentVariable, EvaluatedModule, Program } from '../../link/program.js';

/** Settings that are kept in a class, which a variable beside that of the module names. */
export function inClass(
  program: Program,
  module: string,
  environment: ReadonlyMap<string, EnvironmentVariable>,
): EvaluatedModule | undefined {
  const path = program.python.resolve(module);
  const text = path === undefined ? undefined : program.inventory.read(path);
  const set =
    environment.get('DJANGO_CONFIGURATION')?.value ?? program.launch.environment.get('DJANGO_CONFIGURATION')?.value;
  // What scripts fall back to is for whoever says nothing; whoever deploys says something.
  const isFallback = program.launch.environment.get('DJANGO_CONFIGURATION') === undefined;
  const isForOthers =
    isFallback &&
    typeof set === 'string' &&
    /^(?:dev|local|test)/i.test(set) &&
    /^class\s+prod\w*\s*\(/im.test(text ?? '');
  if (typeof set === 'string' && !isForOthers) return program.python.evaluateClass(module, set, environment);
  if (text?.includes('Configuration') !== true || !/^(?:from|import)\s+configurations\b/m.test(text)) return undefined;
  const name = productionClass(text);
  return name === undefined ? undefined : program.python.evaluateClass(module, name, environment);
}

function productionClass(text: string): string | undefined {
  const classes = [...text.matchAll(/^class\s+(\w+)\s*\(/gm)].map((match) => match[1] ?? '');
  return (
    classes.find((one) => /prod|live|deploy/i.test(one)) ??
    classes.findLast((one) => !/dev|local|test|base|common/i.test(one)) ??
    classes.at(-1)
  );
}

/** A module whose settings stand in classes alone is read by a loader of somebody's: what it sets is none of Django's defaults. */
export function inUnknownClass(
  program: Program,
  module: string,
  environment: ReadonlyMap<string, EnvironmentVariable>,
  evaluated: EvaluatedModule | undefined,
): EvaluatedModule | undefined {
  if (evaluated === undefined || ['INSTALLED_APPS', 'DATABASES'].some((name) => evaluated.names.has(name)))
    return evaluated;
  const text = program.inventory.read(evaluated.path) ?? '';
  if (!/^class\s/m.test(text) || !/^[ \t]+INSTALLED_APPS\b/m.test(text)) return evaluated;
  const name = productionClass(text);
  return (name === undefined ? undefined : program.python.evaluateClass(module, name, environment)) ?? evaluated;
}
