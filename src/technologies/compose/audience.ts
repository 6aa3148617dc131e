import { isUnknown, unknown, type Maybe } from '../../location.js';
import { items } from '../../parse/yaml/read.js';
import { audienceOfPath, type Audience } from '../audience.js';
import { commandOf } from './command.js';
import { knownText } from './interpolated.js';
import { field, type Deployment, type Service } from './services.js';
import { variables } from './variables.js';
import { mountsOf } from './mounts.js';

/** What the whole file is for: its path tells, else whether one of its services is run as a developer runs it. */
export function audienceOfDeployment(deployment: Deployment): Audience {
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

/** A service that only starts with a profile for development or tests is for those. */
export function audienceOf(deployment: Deployment, service: Service): Maybe<Audience> {
  const told = audienceOfProfiles(service) ?? audienceOfContext(service) ?? audienceOfPath(deployment.document.path);
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

const DEVELOPMENT_COMMAND =
  /\b(?:runserver(?:_plus)?|flask run|nodemon|ts-node-dev|tsx watch|webpack serve|webpack-dev-server|next dev|nuxt dev|ng serve|gatsby develop|fastapi dev|watchmedo|watchfiles|debugpy|jupyter(?:[ -]\w+)?|(?:npm|yarn|pnpm|bun)(?: run)? (?:dev|develop|watch|serve|start:dev)|rails s(?:erver)?|vite(?! build)|sleep infinity|tail -f \/dev\/null)\b|\s--(?:reload|watch|debug)\b|(?:^|[\s/_.-])dev(?:[_-]\w+)?(?:\.sh)?(?=\s|$)/;

/** The code is mounted over that of the image, and something else says that this is a desk and no server. */
function isDeveloped(deployment: Deployment, service: Service): boolean {
  if (field(service, 'develop', 'watch') !== undefined) return true;
  if (!mountsCode(deployment, service)) return false;
  const command = [commandOf(service, 'entrypoint'), commandOf(service, 'command')]
    .flatMap((found) => found?.words ?? [])
    .join(' ');
  if (DEVELOPMENT_COMMAND.test(command) || isDeskStage(service) || keepsModules(deployment, service)) return true;
  return variables(service).some(({ name, value }) => {
    if (isUnknown(value)) return false;
    if (/_ENV$|^ENV(?:IRONMENT)?$|SETTINGS_MODULE$/.test(name)) return audienceOfPath(value) === 'development';
    return name.endsWith('DEBUG') && /^(?:1|true|yes|on)$/i.test(value);
  });
}

/** A stage that is for developers by its name, or that only builds. */
function isDeskStage(service: Service): boolean {
  const target = knownText(field(service, 'build', 'target')?.value);
  return target !== undefined && (audienceOfPath(target) === 'development' || /^build(?:er)?$/.test(target));
}

/** A volume without a name keeps what the image installed where the mounted code would hide it. */
function keepsModules(deployment: Deployment, service: Service): boolean {
  return mountsOf(deployment, service).some(({ path }) => typeof path === 'string' && /\/node_modules\/?$/.test(path));
}

function mountsCode(deployment: Deployment, service: Service): boolean {
  return mountsOf(deployment, service).some(
    ({ origin, source, readOnly }) =>
      origin === 'repository' &&
      !readOnly &&
      typeof source === 'string' &&
      !/(?:^|\/)[^/]*(?:data|conf|cert|ssl|log|media|upload|storage|init|backup|volume|secret|nginx|script)[^/]*$|\.\w{1,8}$/i.test(
        source,
      ),
  );
}
