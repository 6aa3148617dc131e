import type { Dependency, Program } from '../../link/program.js';

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
  return found.length === 1 ? found[0] : undefined;
}
