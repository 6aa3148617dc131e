/** Packages that compress what leaves, by how they are called, or by what they are handed to. */
export const COMPRESSING: readonly (readonly [name: string, maker: RegExp, subpath?: RegExp])[] = [
  ['compression', /^(?:default)?$/],
  ['express-compression', /^(?:default)?$/],
  ['shrink-ray-current', /^(?:default)?$/],
  ['http-compression', /^(?:default)?$/],
  ['compression-next', /^(?:default)?$/],
  ['koa-compress', /^(?:default)?$/],
  // https://hono.dev/docs/middleware/builtin/compress
  ['hono', /^compress$/, /^compress$/],
  ['hono-compress', /^(?:compress)?$/],
  // http://restify.com/docs/plugins-api/#gzipresponse
  ['restify', /gzipResponse$/],
  ['elysia-compression', /./],
];

/** Plug-ins that a server is handed. https://github.com/fastify/fastify-compress */
export const PLUGINS: readonly string[] = ['@fastify/compress', 'fastify-compress', '@mgcrea/fastify-compress'];

/** What makes a server of pages and answers, with the line that compresses them. */
export interface Server {
  readonly packages: readonly string[];
  readonly maker: RegExp;
  readonly remedy: string;
  /** It compresses unless this key of its options is false. */
  readonly unless?: string;
}

export const SERVERS: readonly Server[] = [
  {
    packages: ['@nestjs/core'],
    maker: /^NestFactory\.create$/,
    remedy: "app.use(compression()) of the package compression (app.register(require('@fastify/compress')) on Fastify)",
  },
  // https://hapi.dev/api/#-serveroptionscompression
  {
    packages: ['@hapi/hapi', 'hapi'],
    maker: /^(?:default\.)?(?:Server|server)$/,
    remedy: 'compression: { minBytes: 1024 }',
    unless: 'compression',
  },
  {
    packages: ['express'],
    maker: /^(?:default)?$/,
    remedy: 'app.use(compression()) of the package compression, as the first of the chain',
  },
  {
    packages: ['fastify'],
    maker: /^(?:default|fastify|Fastify)?$/,
    remedy: "await app.register(require('@fastify/compress'))",
  },
  {
    packages: ['koa'],
    maker: /^(?:default)?$/,
    remedy: "app.use(require('koa-compress')()), as the first of the chain",
  },
  {
    packages: ['hono', '@hono/zod-openapi', 'hono/quick'],
    maker: /^(?:Hono|OpenAPIHono)$/,
    remedy: 'app.use(compress()) of hono/compress',
  },
  { packages: ['polka'], maker: /^(?:default)?$/, remedy: 'app.use(compression()) of the package compression' },
  { packages: ['restify'], maker: /^createServer$/, remedy: 'server.use(restify.plugins.gzipResponse())' },
];
