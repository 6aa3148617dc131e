import type { Dependency, Program } from '../../link/program.js';
import { joinPath } from '../../repository-path.js';

export type Product = 'postgresql' | 'mysql' | 'oracle';

/** Packages that connect to a server of databases: https://docs.djangoproject.com/en/5.2/ref/databases/ */
const DRIVERS: readonly (readonly [product: Product, packages: RegExp])[] = [
  ['postgresql', /^(?:psycopg|psycopg2|psycopg2-binary|psycopg-binary|psycopg-c)$/],
  ['mysql', /^(?:mysqlclient|pymysql|mysql-connector-python)$/],
  ['oracle', /^(?:oracledb|cx-oracle)$/],
];

/** The one kind of server that the drivers of the project can speak to; undefined where there is none, or several. */
export function installedDriver(
  program: Program,
): { readonly product: Product; readonly dependency: Dependency } | undefined {
  const found = DRIVERS.flatMap(([product, packages]) => {
    const installed = program.dependencies.filter(({ name }) => packages.test(name));
    const dependency = installed.find(({ development }) => !development) ?? installed[0];
    return dependency === undefined ? [] : [{ product, dependency }];
  });
  if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  return lockedDriver(program);
}

const LOCKS = ['poetry.lock', 'uv.lock', 'pdm.lock', 'Pipfile.lock'];
/** A longer one is not read for this. */
const LONGEST = 4_000_000;

/** What nobody names may come with another package: the lock file holds it then. */
function lockedDriver(program: Program): { readonly product: Product; readonly dependency: Dependency } | undefined {
  return program.memo('django:locked-driver', () => {
    for (const uri of LOCKS.map((name) => joinPath(program.launch.directory, name))) {
      const text = program.inventory.read(uri) ?? '';
      if (text === '' || text.length > LONGEST) continue;
      const found = DRIVERS.flatMap(([product, packages]) => {
        for (const [written, inToml, inJson] of text.matchAll(/^name = "([\w-]{1,40})"|^ {8}"([\w-]{1,40})": \{/gm)) {
          const name = inToml ?? inJson ?? '';
          if (!packages.test(name)) continue;
          const startLine = text.slice(0, text.indexOf(written)).split('\n').length;
          const region = { startLine, startColumn: 1, endLine: startLine, endColumn: written.length + 1 };
          return [{ product, dependency: { name, development: false, location: { uri, region } } }];
        }
        return [];
      });
      const [first] = found;
      if (first !== undefined) return found.every(({ product }) => product === first.product) ? first : undefined;
    }
    return undefined;
  });
}
