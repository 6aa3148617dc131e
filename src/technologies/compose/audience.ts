import { isUnknown, unknown, type Maybe } from '../../location.js';
import { items } from '../../parse/yaml/read.js';
import { folderOf } from '../../repository-path.js';
import { audienceOfPath, type Audience } from '../audience.js';
import { DEVELOPMENT_COMMAND } from '../development-command.js';
import { commandOf } from './command.js';
import { environmentFiles } from './environment-files.js';
import { knownText } from './interpolated.js';
import { field, type Deployment, type Service } from './services.js';
import { variables } from './variables.js';
import { mountsOf } from './mounts.js';

/** What the whole file is for: its path tells, else whether one of its services is run as a developer runs it. */
export function audienceOfDeployment(deployment: Deployment): Audience {
  if (deployment.within !== undefined) return audienceOfDeployment(deployment.within);
  const known = decided.get(deployment);
  if (known !== undefined) return known;
  const audience = decide(deployment);
  decided.set(deployment, audience);
  return audience;
}

/** Every service asks, and the answer looks at all of them. */
const decided = new WeakMap<Deployment, Audience>();

function decide(deployment: Deployment): Audience {
  const { path } = deployment.document;
  const told = audienceOfPath(path);
  if (told !== undefined) return told;
  // Compose takes this file in wherever a developer says nothing else.
  if (/compose\.override\.ya?ml$/.test(path)) return 'development';
  const always = deployment.services.filter((service) => audienceOfProfiles(service) === undefined);
  return always.some((service) => isDeveloped(deployment, service)) ? 'development' : 'production';
}

/** What stands above the first key says what the file is not for: `# not intended to be used for production`. */
function saysNotForProduction({ document, root }: Deployment): boolean {
  const head = document.comments
    .filter(({ end }) => end <= root.start)
    .map(({ start, end }) => document.text.slice(start + 1, end).trim())
    .join(' ')
    .slice(0, 4_000);
  return /\bnot (?:for|[^.:;]{0,15}\b(?:intended|meant|suitable|designed|made|fit|ready)\b[^.:;]{0,30}) production\b/i.test(
    head,
  );
}

/** A service that only starts with a profile for development or tests is for those. */
export function audienceOf(deployment: Deployment, service: Service): Maybe<Audience> {
  const { path } = (deployment.within ?? deployment).document;
  const told = audienceOfProfiles(service) ?? audienceOfContext(service) ?? audienceOfPath(path);
  if (told !== undefined || service.elsewhere === undefined) return told ?? audienceOfDeployment(deployment);
  // How it is started may be said there, and that tells a desk from a server.
  return unknown(`the rest of it stands in the service ${service.elsewhere}`, ['production', 'development']);
}

/** What is built from a folder of examples or tests is one, whatever else the file starts. */
function audienceOfContext(service: Service): Audience | undefined {
  const build = field(service, 'build')?.value;
  const context = knownText(build) ?? knownText(field(service, 'build', 'context')?.value);
  const told = context === undefined || context.startsWith('..') ? undefined : audienceOfPath(context);
  return told === 'example' || told === 'test' ? told : undefined;
}

function audienceOfProfiles(service: Service): Audience | undefined {
  const profiles = items(field(service, 'profiles')?.value).map((node) => knownText(node) ?? '');
  const audiences = profiles.map(audienceOfPath);
  const [first] = audiences;
  return audiences.every((audience) => audience !== undefined && audience !== 'production') ? first : undefined;
}

/** `.env/.dev-sample` is a sample for developers. */
const DEVELOPERS_FILE = /(?:^|[^a-z])(?:dev|devel|development|local)(?:[^a-z]|$)/i;

/** The code is mounted over that of the image, and something else says that this is a desk and no server. */
function isDeveloped(deployment: Deployment, service: Service): boolean {
  if (field(service, 'develop', 'watch') !== undefined) return true;
  const says = saysDevelopment(service);
  // The keys of whoever sits at the desk: `~/.aws/credentials`.
  const isDesk = mountsOf(deployment, service).some(
    ({ source }) => !isUnknown(source) && /^(?:~|\$HOME|\$\{HOME\})(?:\/|$)/.test(source),
  );
  if (says.size > (isDesk ? 0 : 1)) return true;
  const words = [commandOf(service, 'entrypoint'), commandOf(service, 'command')].flatMap(
    (found) => found?.words ?? [],
  );
  // `entrypoint_dev.sh`, `target: dev`, `Dockerfile.dev`: what is made for the desk, whether or not the code is mounted here.
  if (words.some(isDeskScript) || isDeskImage(service)) return true;
  if (!mountsCode(deployment, service)) return false;
  const command = words.join(' ');
  if (
    saysNotForProduction(deployment) &&
    mountsOf(deployment, service).some(({ source }) => source === whole(deployment))
  )
    return true;
  if (DEVELOPMENT_COMMAND.test(command) || isDeskBuild(service) || keepsModules(deployment, service)) return true;
  if (environmentFiles(service).some((path) => DEVELOPERS_FILE.test(path))) return true;
  return says.size > 0;
}

/** By which of its variables a service says that developers run it: `ENV: dev` and `DEBUG: true` together say so anywhere. */
function saysDevelopment(service: Service): ReadonlySet<'stage' | 'debug'> {
  const said = new Set<'stage' | 'debug'>();
  for (const { name, value } of variables(service)) {
    if (isUnknown(value)) continue;
    if (/_ENV$|^ENV(?:IRONMENT)?$|SETTINGS_MODULE$/.test(name)) {
      if (audienceOfPath(value) === 'development') said.add('stage');
    } else if (name.endsWith('DEBUG') && /^(?:1|true|yes|on)$/i.test(value)) said.add('debug');
  }
  return said;
}

/** A stage that only builds, with the code mounted over what it built. */
function isDeskBuild(service: Service): boolean {
  return /^build(?:er)?$/.test(knownText(field(service, 'build', 'target')?.value) ?? '');
}

/** A stage that is for developers by its name, or a file that is for developers by its path. */
function isDeskImage(service: Service): boolean {
  return ['target', 'dockerfile'].some(
    (key) => audienceOfPath(knownText(field(service, 'build', key)?.value) ?? '') === 'development',
  );
}

function isDeskScript(word: string): boolean {
  return /^[\w./-]+\.sh$/.test(word) && audienceOfPath(word) === 'development';
}

/** A volume without a name keeps what the image installed where the mounted code would hide it. */
function keepsModules(deployment: Deployment, service: Service): boolean {
  return mountsOf(deployment, service).some(({ path }) => typeof path === 'string' && /\/node_modules\/?$/.test(path));
}

/** The folder that the file stands in, as the source of a mount. */
function whole({ document }: Deployment): string {
  const folder = folderOf(document.path);
  return folder === '' ? '.' : folder;
}

/** Whether a folder of the repository that holds code lies over what the image holds. */
export function mountsCode(deployment: Deployment, service: Service): boolean {
  return mountsOf(deployment, service).some(
    ({ origin, source, readOnly }) =>
      origin === 'repository' &&
      // What is read there is configuration, unless it is all there is.
      (!readOnly || source === whole(deployment)) &&
      typeof source === 'string' &&
      !/(?:^|\/)[^/]*(?:data|conf|cert|ssl|log|media|upload|storage|init|backup|volume|secret|nginx|script)[^/]*$|\.\w{1,8}$/i.test(
        source,
      ),
  );
}
