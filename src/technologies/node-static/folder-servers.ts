/** How a package is told to serve a folder, in the words of its documentation. */
export interface FolderServer {
  readonly packages: readonly string[];
  /** The file of the package that it comes from, where that tells it from others. */
  readonly subpath?: RegExp;
  /** Members from the package to the call, joined by dots. */
  readonly maker: RegExp;
  /** Whether the folder is the first argument, and the options the second; else all of it is in one object, and this is the key of the folder. */
  readonly root: 'first' | readonly string[];
  /** The key of the path that it is served at; without one it is what `app.use(path, ...)` says. */
  readonly prefix?: string;
  /** The key of the options that say how long files may be kept, where those are in an object of their own. */
  readonly inside?: string;
  /** Keys of an age, and what its number counts. */
  readonly ages: readonly (readonly [key: string, unit: 'milliseconds' | 'seconds'])[];
  /** Options that take a function which writes headers. */
  readonly hooks: readonly string[];
  /** Seconds where nothing is said. */
  readonly unset: number;
  /** As people write it. */
  readonly call: string;
  readonly remedy: string;
}

const MAX_AGE = [
  ['maxAge', 'milliseconds'],
  ['maxage', 'milliseconds'],
] as const;

const of = (call: string, said: string, hashed: string): Pick<FolderServer, 'call' | 'remedy'> => ({
  call,
  remedy: `${call}${said}, or ${hashed} where names carry a hash`,
});

const FIRST = { root: 'first', ages: MAX_AGE, hooks: ['setHeaders'], unset: 0 } as const;
const EXPRESS = {
  ...FIRST,
  ...of('express.static', "(root, { maxAge: '1d' })", "{ maxAge: '1y', immutable: true }"),
};

/** What is called with a folder, and makes a handler of it. */
export const FOLDER_SERVERS: readonly FolderServer[] = [
  // https://expressjs.com/en/api.html#express.static
  { ...EXPRESS, packages: ['express', 'ultimate-express'], maker: /^(?:default\.)?static$/ },
  { ...EXPRESS, packages: ['@feathersjs/express'], maker: /^(?:default\.)?(?:static|serveStatic)$/ },
  {
    ...FIRST,
    ...of('serveStatic', "(root, { maxAge: '1d' })", "{ maxAge: '1y', immutable: true }"),
    packages: ['serve-static'],
    maker: /^(?:default)?$/,
  },
  {
    ...FIRST,
    ...of('expressStaticGzip', "(root, { serveStatic: { maxAge: '1d' } })", "{ maxAge: '1y', immutable: true }"),
    packages: ['express-static-gzip'],
    maker: /^(?:default)?$/,
    inside: 'serveStatic',
  },
  // https://github.com/koajs/static#options
  {
    ...FIRST,
    ...of('serve', '(root, { maxage: 86400000 })', '{ maxage: 31536000000, immutable: true }'),
    packages: ['koa-static', '@feathersjs/koa'],
    maker: /^(?:default|serveStatic)?$/,
  },
  // https://github.com/koajs/static-cache#options
  {
    ...FIRST,
    ...of('staticCache', '(root, { maxAge: 86400 })', 'a year'),
    packages: ['koa-static-cache'],
    maker: /^(?:default)?$/,
    ages: [['maxAge', 'seconds']],
    hooks: ['cacheControl'],
  },
  // Sends no header at all. https://hono.dev/docs/getting-started/nodejs#serve-static-files
  {
    packages: ['@hono/node-server', 'hono'],
    subpath: /serve-static|bun|deno|^$/,
    maker: /^serveStatic$/,
    root: ['root', 'path'],
    ages: [],
    hooks: ['onFound'],
    unset: 0,
    ...of(
      'serveStatic',
      "({ root, onFound: (_, c) => c.header('Cache-Control', 'public, max-age=86400') })",
      'a year and immutable',
    ),
  },
  // https://github.com/lukeed/sirv/tree/master/packages/sirv#optsmaxage
  {
    ...FIRST,
    ...of('sirv', '(root, { maxAge: 86400, etag: true })', '{ maxAge: 31536000, immutable: true }'),
    packages: ['sirv'],
    maker: /^(?:default)?$/,
    ages: [['maxAge', 'seconds']],
  },
  // http://restify.com/docs/plugins-api/#servestatic
  {
    packages: ['restify', 'restify-plugins'],
    maker: /(?:^|\.)serveStatic$/,
    root: ['directory'],
    ages: [['maxAge', 'seconds']],
    hooks: [],
    unset: 3600,
    ...of('serveStatic', '({ directory, maxAge: 86400 })', 'a year'),
  },
  // https://docs.nestjs.com/recipes/serve-static
  {
    packages: ['@nestjs/serve-static'],
    maker: /^ServeStaticModule\.forRoot$/,
    root: ['rootPath'],
    prefix: 'serveRoot',
    inside: 'serveStaticOptions',
    ages: MAX_AGE,
    hooks: ['setHeaders'],
    unset: 0,
    ...of(
      'ServeStaticModule.forRoot',
      "({ rootPath, serveStaticOptions: { maxAge: '1d' } })",
      "{ maxAge: '1y', immutable: true }",
    ),
  },
];

/** What is handed to `register`. https://github.com/fastify/fastify-static#options */
export const PLUGIN: FolderServer = {
  packages: ['@fastify/static', 'fastify-static'],
  maker: /^$/,
  root: ['root'],
  prefix: 'prefix',
  ages: MAX_AGE,
  hooks: ['setHeaders'],
  unset: 0,
  ...of('fastifyStatic', ": { root, maxAge: '1d' }", "{ maxAge: '1y', immutable: true }"),
};

/** `app.useStaticAssets(...)` of Nest, as Express and as Fastify take it. https://docs.nestjs.com/techniques/mvc */
export const ASSETS: FolderServer = {
  ...FIRST,
  packages: ['@nestjs/core'],
  maker: /^$/,
  prefix: 'prefix',
  ...of('app.useStaticAssets', "(root, { maxAge: '1d' })", "{ maxAge: '1y', immutable: true }"),
};
