import type { Launch } from '../link/program.js';
import { program } from '../parse/shell/program.js';
import type { Role, Runs, Technology } from './technology.js';

/** Whether an image name (without registry tag) is one of a product, of one role or any, that is not the project's own code. */
export function isProduct(technologies: readonly Technology[], image: string, role?: Role): boolean {
  return technologies.some((technology) =>
    technology.runs?.some((runs) => (role === undefined || runs.role === role) && runs.images?.test(image) === true),
  );
}

/** Whether a technology has anything to say of a component: it runs there, or its code may. */
export function canRun(technology: Technology, running: readonly { technology: string }[], hasCode: boolean): boolean {
  const runs = (id: string): boolean => running.some((one) => one.technology === id);
  if (technology.everywhere === true || runs(technology.id)) return true;
  return hasCode && (running.length === 0 || technology.runsOn === undefined || technology.runsOn.some(runs));
}

/**
 * What a component is known to run: by its image, by what its commands start. The last command that is known counts
 * first: before it stand migrations and waiting. Of programs that run side by side what answers requests does.
 */
export function runningOf(technologies: readonly Technology[], launch: Launch): { technology: string; role: Role }[] {
  const found: { technology: string; role: Role }[] = [];
  const serving: { technology: string; role: Role }[] = [];
  for (const command of [...launch.commands].reverse()) {
    const { name, args } = interpreted(program(command.words));
    for (const technology of technologies) {
      for (const runs of technology.runs ?? []) {
        if (runs.programs?.test(name) !== true || runs.arguments?.test(args.join(' ')) === false) continue;
        const isFirst = command.beside === true && runs.role === 'web';
        (isFirst ? serving : found).push({ technology: technology.id, role: runs.role });
      }
    }
  }
  const image = launch.image === undefined ? undefined : imageName(launch.image);
  for (const technology of technologies) {
    for (const runs of technology.runs ?? []) {
      if (image !== undefined && (runs.images?.test(image) === true || isConfigured(runs, image, launch)))
        found.push({ technology: technology.id, role: runs.role });
    }
  }
  return [...serving, ...found];
}

function isConfigured({ configured }: Runs, image: string, { mounts }: Launch): boolean {
  if (configured?.images.test(image) !== true) return false;
  return mounts.some(({ containerPath }) => configured.at.test(containerPath));
}

/** `python manage.py runserver` is `manage.py runserver`, and what Node runs need not end in `.js`: `node dist/worker`. */
function interpreted({ name, args }: { name: string; args: readonly string[] }): {
  name: string;
  args: readonly string[];
} {
  if (!/^(?:python|pypy|node)[\d.]*$/.test(name)) return { name, args };
  const at = args.findIndex((word) => !word.startsWith('-'));
  const script = args[at];
  if (script === undefined) return { name, args };
  const file = script.replace(/\/+$/, '').replace(/^.*\//, '');
  const ending = name.startsWith('node') && !/\w\.\w+$/.test(file) ? '.js' : '';
  return { name: file + ending, args: args.slice(at + 1) };
}

/** `ghcr.io/acme/shop:1.2@sha256:...` is `ghcr.io/acme/shop`. */
export function imageName(reference: string): string {
  const name = reference.split('@')[0] ?? reference;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
