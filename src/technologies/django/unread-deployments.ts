import type { Program } from '../../link/program.js';

/**
 * What deploys applications elsewhere and is not read here: Terraform, task definitions of ECS, and the files of Fly,
 * Render, DigitalOcean, Google's App Engine, Cloud Run and Azure's pipelines.
 */
const FILES =
  /(?:\.(?:tf|tfvars|hcl|bicep)|(?:^|\/)(?:[\w.-]*task[-_]?def(?:inition)?[\w.-]*\.json|fly(?:\.[\w-]+)?\.toml|render\.ya?ml|app\.ya?ml|\.do\/[\w.-]+\.ya?ml))$/i;
/** Beyond these nobody looks further. */
const MOST_FILES = 300;
const LONGEST = 400_000;

/** Why a variable may be set: the file that names it, and that is not read here. */
export function namedUnread(program: Program): (name: string) => string | undefined {
  return program.memo('django:unread-deployments', () => {
    const found = new Map<string, string>();
    for (const { path } of program.inventory.files.filter((file) => FILES.test(file.path)).slice(0, MOST_FILES)) {
      const text = program.inventory.read(path)?.slice(0, LONGEST) ?? '';
      // Others have files of that name too, and some of them are read.
      if (/app\.ya?ml$/i.test(path) && !/^runtime:/m.test(text)) continue;
      for (const [name] of text.matchAll(/\b[A-Z][A-Z0-9_]{2,}\b/g)) if (!found.has(name)) found.set(name, path);
    }
    return (name) => {
      const file = found.get(name);
      return file === undefined ? undefined : `${file}, which is not read here, may set it`;
    };
  });
}
