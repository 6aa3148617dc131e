import type { EnvironmentVariable, Program } from '../../link/program.js';
import { startOf } from '../../location.js';
import { language } from '../../parse/dotenv/index.js';
import { shownEnvironment } from './shown-environment.js';

/** Where a server is, and which kind it is: whoever copies the file fills in names and secrets, and seldom changes that. */
const SERVER = /(?:^|_)(?:ENGINE|HOST|HOSTNAME|PORT|UR[LI]|DSN|BACKEND|BROKER)$/;
/** `.env.prod.sample`, `prod.env.example`: a file for production that is filled in elsewhere. */
const SAMPLE = /(?:^|[._-])(?:sample|example|template|dist|tmpl|tpl)(?:[._-]|$)/i;
const PRODUCTION = /(?:^|[._-])(?:prod|production|live)(?:[._-]|$)/i;

/** What a file shows that people make the environment of production of, with the path of that file. */
export interface Sample {
  readonly path: string;
  readonly variables: ReadonlyMap<string, EnvironmentVariable>;
}

/** The one such file that no deployment names, where nothing that deploys the code is known to give it an environment. */
export function productionSample(program: Program): Sample | undefined {
  return program.memo('django:production-sample', () => {
    const { openEnvironment, directory, environment } = program.launch;
    if (openEnvironment !== undefined) return undefined;
    const found = program.inventory.files.filter(({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const isNear = path === name || path === `${directory}/${name}` || /^\.?env[^/]{0,20}\/[^/]+$/.test(path);
      return isNear && /env/i.test(path) && SAMPLE.test(name) && PRODUCTION.test(name);
    });
    const [file] = found;
    const text = file === undefined || found.length > 1 ? undefined : program.inventory.read(file.path);
    if (file === undefined || text === undefined) return undefined;
    const variables = language
      .parse(text, file.path)
      .tree.entries.filter(({ name, value }) => !environment.has(name) && value.trim() !== '' && !value.includes('$'));
    const location = startOf(file.path);
    return { path: file.path, variables: new Map(variables.map(({ name, value }) => [name, { value, location }])) };
  });
}

/** The servers that such files name: of the file that the deployment takes over and nobody has, or of the one for production. */
export function shownServers(program: Program): ReadonlyMap<string, EnvironmentVariable> {
  const shown =
    shownEnvironment(program) ?? productionSample(program)?.variables ?? new Map<string, EnvironmentVariable>();
  return new Map([...shown].filter(([name]) => SERVER.test(name)));
}
