import type { Program } from '../../link/program.js';
import { lineStarts, regionAt, type Location } from '../../location.js';
import { isInside } from '../../repository-path.js';

/** The block `datasource` of a schema. https://www.prisma.io/docs/orm/reference/prisma-schema-reference#datasource */
export interface Datasource {
  /** `postgresql`, `mysql`, `sqlite`, ... */
  readonly provider: string;
  readonly location: Location;
  readonly url: { readonly variable?: string; readonly text?: string; readonly location: Location } | undefined;
}

/** The schema of a component: that in its folder, else the only one of the repository. */
export function datasourceOf(program: Program): Datasource | undefined {
  return program.memo('prisma:datasource', () => {
    const schemas = program.inventory.files
      .filter(
        ({ path }) => path.endsWith('.prisma') && !/(?:^|\/)(?:tests?|examples?|node_modules|fixtures)\//.test(path),
      )
      .flatMap(({ path }) => readDatasource(program, path) ?? []);
    const inside = schemas.filter(({ location }) => isInside(location.uri, program.launch.directory));
    const chosen = inside.length > 0 ? inside : schemas;
    const usual = chosen.find(({ location }) => /(?:^|\/)prisma\/schema\.prisma$/.test(location.uri));
    return usual ?? (chosen.length === 1 ? chosen[0] : undefined);
  });
}

function readDatasource(program: Program, path: string): Datasource | undefined {
  const text = program.inventory.read(path);
  const block = /^[ \t]*datasource[ \t]+\w+[ \t]*\{([^}]*)\}/m.exec(text ?? '');
  if (text === undefined || block === null) return undefined;
  const lines = lineStarts(text);
  const inner = block[1] ?? '';
  const from = block.index + block[0].indexOf('{') + 1;
  const line = (key: string): { value: string; location: Location } | undefined => {
    const found = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*(.*)$`, 'm').exec(inner);
    if (found === null) return undefined;
    const start = from + found.index + found[0].search(/\S/);
    return {
      value: (found[1] ?? '').trim(),
      location: { uri: path, region: regionAt(lines, start, from + found.index + found[0].trimEnd().length) },
    };
  };
  const provider = line('provider');
  const name = /"([^"]*)"/.exec(provider?.value ?? '')?.[1];
  if (provider === undefined || name === undefined) return undefined;
  const url = line('url');
  const variable = /^env\("([^"]*)"\)/.exec(url?.value ?? '')?.[1];
  const written = /^"([^"]*)"/.exec(url?.value ?? '')?.[1];
  return {
    provider: name,
    location: provider.location,
    url:
      url === undefined
        ? undefined
        : {
            ...(variable === undefined ? {} : { variable }),
            ...(written === undefined ? {} : { text: written }),
            location: url.location,
          },
  };
}
