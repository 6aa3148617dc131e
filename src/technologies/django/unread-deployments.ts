import type { EnvironmentVariable, Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { installedDriver } from './installed-driver.js';
import { requiredByScripts } from './required-variables.js';

/** What may deploy applications elsewhere: Terraform, task definitions of ECS, Azure's files, variables and templates of Ansible. */
const UNREAD =
  /(?:\.(?:tf|tfvars|hcl|bicep)|(?:^|\/)[\w.-]*task[-_]?def(?:inition)?[\w.-]*\.json|(?:^|\/)(?:group_vars|host_vars)\/.{1,200}|(?:^|\/)(?:ansible|roles)\/.{0,200}\.j2)$/i;
/** Manifests of platforms: where several deploy the same code, only one of them is the deployment that is looked at. */
const PLATFORMS =
  /(?:^|\/)(?:fly(?:\.[\w-]+)?\.toml|render\.ya?ml|app\.ya?ml|\.do\/[\w.-]+\.ya?ml|railway\.(?:toml|json)|zappa_settings\.json)$/i;
/** Manifests of clusters: they are read, but where none of them is known to run this code, any of them may. */
const CLUSTER =
  /(?:^|[/._-])(?:k8s|kube\w{0,20}|kubernetes|openshift|deploy\w{0,20}|manifests?|helm|charts?)[/._-].{0,200}\.ya?ml$/i;
const WORKLOAD = /^kind:[ \t]{0,8}(?:Deployment|StatefulSet|ConfigMap|DeploymentConfig|Service)\b/m;
/** Kinds of files of which all are read where one of them deploys the component. */
const READ = [/\.(?:tf|tofu|tfvars)$/i, /(?:^|\/)[\w.-]*task[-_]?def(?:inition)?[\w.-]*\.json$/i];
/** What is deployed for those who try it out tells nothing of production. */
const ASIDE =
  /(?:^|[/._-])(?:staging|stage|dev|develop|development|test|testing|preview|qa|uat|sandbox|e2e|ci)(?:[/._-]|$)/i;
/** Beyond these nobody looks further. */
const MOST_FILES = 300;
const LONGEST = 400_000;

/** Addresses of servers: a deployment that names one gives it, or nothing would work. A Procfile gives no variables at all. */
const ADDRESS = /^(?:\w+_)?(?:DATABASE|DB|POSTGRES|POSTGRESQL|MYSQL|CLICKHOUSE|REDIS|CACHE|BROKER|AMQP)_UR[LI]$/;

/** Why a variable may be set: the file that names it, and that is not read for this component or speaks of another deployment. */
export function namedUnread(program: Program): (name: string) => string | undefined {
  const unread = unreadVariables(program);
  return (name) => (takesAddresses(program) && ADDRESS.test(name) ? undefined : unread.get(name));
}

/** Whether nothing that is known to deploy the code could have given it variables. */
function takesAddresses({ launch }: Program): boolean {
  return launch.location === undefined || /(?:^|\/)Procfile$/.test(launch.location.uri);
}

/** Addresses that such files give, of which no more is known than what the drivers of the project can speak to. */
export function addressesUnread(program: Program): ReadonlyMap<string, EnvironmentVariable> {
  const required = requiredAddresses(program);
  if (!takesAddresses(program)) return required;
  const addresses = [...unreadVariables(program)].filter(
    ([name]) => ADDRESS.test(name) && !program.launch.environment.has(name),
  );
  const unread = addresses.map(([name, told]): [string, EnvironmentVariable] => [
    name,
    addressOf(program, name, told.replace(/may set it$/, 'sets it')),
  ]);
  return new Map([...required, ...unread]);
}

/** What whoever starts the container must set. */
function requiredAddresses(program: Program): ReadonlyMap<string, EnvironmentVariable> {
  const names = [...requiredByScripts(program)].filter(([name]) => !program.launch.environment.has(name));
  return new Map(names.map(([name, reason]) => [name, addressOf(program, name, reason)]));
}

function addressOf(program: Program, name: string, reason: string): EnvironmentVariable {
  const scheme = ADDRESS.test(name) ? schemeOf(program, name) : undefined;
  return { value: scheme === undefined ? unknown(reason) : unknown(reason, [`${scheme}://`]) };
}

function schemeOf(program: Program, name: string): string | undefined {
  if (/(?:^|_)(?:REDIS|CACHE)_UR[LI]$/.test(name)) return 'redis';
  if (/(?:^|_)AMQP_/.test(name)) return 'amqp';
  if (/(?:^|_)CLICKHOUSE_/.test(name)) return 'clickhouse';
  if (/(?:^|_)BROKER_/.test(name)) return undefined;
  const product = installedDriver(program)?.product;
  return product === 'postgresql' && isSpatial(program) ? 'postgis' : product;
}

/** Whether settings write of the kind of database that geography needs, be it in a default. */
function isSpatial(program: Program): boolean {
  return program.memo('django:spatial', () =>
    program.inventory.files.some(
      ({ path }) =>
        /(?:settings|conf)[\w/]{0,60}\.py$/.test(path) &&
        /["']postgis:\/\/|["']django\.contrib\.gis(?:\.db\.backends\.postgis)?["']/.test(
          program.inventory.read(path) ?? '',
        ),
    ),
  );
}

/** The variables that such files may set, with the reason. */
export function unreadVariables(program: Program): ReadonlyMap<string, string> {
  return program.memo('django:unread-deployments', () => {
    const found = new Map<string, string>();
    const own = program.launch.location?.uri;
    const isRead = readWith(own);
    const files = program.inventory.files.filter(({ path }) => {
      // What deploys from continuous integration stands beside it: `ci/k8s/deployment.yml`.
      if (own === undefined && CLUSTER.test(path) && !ASIDE.test(path.replace(/^ci\//, ''))) return true;
      return !ASIDE.test(path) && ((UNREAD.test(path) && !isRead(path)) || (PLATFORMS.test(path) && path !== own));
    });
    for (const { path } of files.slice(0, MOST_FILES)) {
      const text = program.inventory.read(path)?.slice(0, LONGEST) ?? '';
      // Others have files of that name too, and some of them are read.
      const isOther = UNREAD.test(path) || PLATFORMS.test(path);
      if (!isOther && !WORKLOAD.test(text)) continue;
      if (/app\.ya?ml$/i.test(path) && isOther && !/^runtime:/m.test(text)) continue;
      const reason = `${path}, which ${readFor(path)}, may set it`;
      const told = path.includes('.do/') ? withValues(text) : text;
      for (const [name] of told.matchAll(/\b[A-Z][A-Z0-9_]{2,}\b/g)) if (!found.has(name)) found.set(name, reason);
    }
    return found;
  });
}

/** A key without a value is asked of whoever deploys: the default of the code is what he is shown. */
function withValues(text: string): string {
  return text
    .split(/^[ \t]*-[ \t]/m)
    .filter((item) => !item.startsWith('key:') || /^[ \t]*value:/m.test(item))
    .join('\n');
}

function readFor(path: string): string {
  if (READ.some((kind) => kind.test(path)) || (CLUSTER.test(path) && !PLATFORMS.test(path)))
    return 'is not known to deploy this code';
  return UNREAD.test(path) ? 'is not read here' : 'describes another deployment';
}

function readWith(own: string | undefined): (path: string) => boolean {
  const kinds = READ.filter((kind) => own !== undefined && kind.test(own));
  return (path) => kinds.some((kind) => kind.test(path));
}
