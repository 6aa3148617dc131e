import type { Program } from '../../link/program.js';

/** What may deploy applications elsewhere: Terraform, task definitions of ECS, Azure's files, variables and templates of Ansible. */
const UNREAD =
  /(?:\.(?:tf|tfvars|hcl|bicep)|(?:^|\/)[\w.-]*task[-_]?def(?:inition)?[\w.-]*\.json|(?:^|\/)(?:group_vars|host_vars)\/.{1,200}|(?:^|\/)(?:ansible|roles)\/.{0,200}\.j2)$/i;
/** Manifests of platforms: where several deploy the same code, only one of them is the deployment that is looked at. */
const PLATFORMS =
  /(?:^|\/)(?:fly(?:\.[\w-]+)?\.toml|render\.ya?ml|app\.ya?ml|\.do\/[\w.-]+\.ya?ml|railway\.(?:toml|json)|zappa_settings\.json)$/i;
/** Kinds of files of which all are read where one of them deploys the component. */
const READ = [/\.(?:tf|tofu|tfvars)$/i, /(?:^|\/)[\w.-]*task[-_]?def(?:inition)?[\w.-]*\.json$/i];
/** Beyond these nobody looks further. */
const MOST_FILES = 300;
const LONGEST = 400_000;

/** Why a variable may be set: the file that names it, and that is not read for this component or speaks of another deployment. */
export function namedUnread(program: Program): (name: string) => string | undefined {
  const unread = unreadVariables(program);
  return (name) => unread.get(name);
}

/** The variables that such files may set, with the reason. */
export function unreadVariables(program: Program): ReadonlyMap<string, string> {
  return program.memo('django:unread-deployments', () => {
    const found = new Map<string, string>();
    const own = program.launch.location?.uri;
    const isRead = readWith(own);
    const files = program.inventory.files.filter(
      ({ path }) => (UNREAD.test(path) && !isRead(path)) || (PLATFORMS.test(path) && path !== own),
    );
    for (const { path } of files.slice(0, MOST_FILES)) {
      const text = program.inventory.read(path)?.slice(0, LONGEST) ?? '';
      // Others have files of that name too, and some of them are read.
      if (/app\.ya?ml$/i.test(path) && !/^runtime:/m.test(text)) continue;
      const reason = `${path}, which ${readFor(path)}, may set it`;
      for (const [name] of text.matchAll(/\b[A-Z][A-Z0-9_]{2,}\b/g)) if (!found.has(name)) found.set(name, reason);
    }
    return found;
  });
}

function readFor(path: string): string {
  if (READ.some((kind) => kind.test(path))) return 'is not known to deploy this code';
  return UNREAD.test(path) ? 'is not read here' : 'describes another deployment';
}

function readWith(own: string | undefined): (path: string) => boolean {
  const kinds = READ.filter((kind) => own !== undefined && kind.test(own));
  return (path) => kinds.some((kind) => kind.test(path));
}
