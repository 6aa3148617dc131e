import { describe, expect, it } from 'vitest';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { walkJavaScript } from '../src/parse/javascript/walk.js';
import { isFunction, requestHandlers } from '../src/technologies/request-handlers.js';

/** The functions of a program that answer requests, by the comment that each begins with. */
async function handled(files: Record<string, string>, dependencies: readonly string[]): Promise<string[]> {
  const manifest = JSON.stringify({
    name: 'shop',
    private: true,
    scripts: { start: 'node server.js' },
    dependencies: Object.fromEntries(['express', ...dependencies].map((name) => [name, '1.0.0'])),
  });
  const { programs } = await gather({ root: '/' }, inventoryOf({ 'package.json': manifest, ...files }));
  const [program] = programs.values();
  if (program === undefined) return [];
  const found = requestHandlers(program);
  return program.javascript.modules.flatMap(({ document: { tree, text } }) => {
    const names: string[] = [];
    walkJavaScript(tree, (node) => {
      const name = /\{ \/\* (\w+) \*\//.exec(text.slice(...node.range))?.[1];
      if (isFunction(node) && found.has(node)) names.push(name ?? text.slice(...node.range));
    });
    return names;
  });
}

describe('functions that answer requests', () => {
  it('are procedures, wherever what they are made of stands', async () => {
    const files = {
      'server.js': "require('./router');\n",
      'trpc.js':
        "const { initTRPC } = require('@trpc/server');\nconst t = initTRPC.create();\nexports.open = t.procedure.use(async ({ next }) => { /* guard */ return next(); });\nexports.router = t.router;\n",
      'router.js':
        "const { open, router } = require('./trpc');\nmodule.exports = router({ list: open.input(Number).query(async ({ ctx }) => { /* list */ return ctx.db.query(() => { /* inner */ }); }) });\n",
    };
    expect((await handled(files, ['@trpc/server'])).sort()).toEqual(['guard', 'list']);
  });

  it('are what routes name that are written down', async () => {
    const files = {
      'server.js':
        "const fastify = require('fastify')();\nfastify.register(require('./routes'));\nrequire('./list').map((one) => fastify.route(one));\n",
      'list.js':
        "const show = async () => { /* show */ };\nmodule.exports = [{ method: 'GET', url: '/a', handler: show }, { method: 'GET', path: '/b', options: { handler: () => { /* inner */ } } }, { method: 'GET', path: '/c', handler: { view: 'c' } }];\n",
      'routes.js':
        "module.exports = async (router) => {\n  router.get('/d', () => { /* given */ });\n  router.get('key', () => { /* none */ });\n  cache.get('/e', () => { /* other */ });\n};\n",
    };
    expect((await handled(files, ['fastify'])).sort()).toEqual(['given', 'inner', 'show']);
  });

  it('are resolvers where a schema is served, and nothing of the kind elsewhere', async () => {
    const files = {
      'server.js': "require('graphql');\nrequire('./resolvers');\n",
      'resolvers.js':
        'module.exports = { Query: { shops: () => { /* shops */ } }, Shop: { orders(parent, args, context) { /* orders */ } }, other: (a, b, c) => { /* other */ } };\n',
    };
    expect((await handled(files, ['graphql'])).sort()).toEqual(['orders', 'shops']);
    expect(await handled({ ...files, 'server.js': "require('./resolvers');\n" }, [])).toEqual([]);
  });

  it('are what a framework calls by the file that they stand in', async () => {
    const files = {
      'server.js': ['app/a/page.tsx', 'app/b/page.tsx', 'actions.ts', 'src/routes/+server.ts', 'api/controllers/x.js']
        .map((path) => `require('./${path}');\n`)
        .join(''),
      'app/a/page.tsx': 'export default async function Page({ params }) { /* page */ }\n',
      'app/b/page.tsx':
        'export const generateStaticParams = () => [];\nexport default async function Page({ params }) { /* made */ }\n',
      'actions.ts':
        "'use server';\nexport const save = async () => { /* save */ };\nconst own = () => { /* own */ };\n",
      'src/routes/+server.ts': 'export const GET = () => { /* get */ };\nexport const other = () => { /* no */ };\n',
      'api/controllers/x.js': 'module.exports = { inputs: {}, fn: async function () { /* fn */ } };\n',
    };
    expect((await handled(files, [])).sort()).toEqual(['fn', 'get', 'page', 'save']);
  });

  it('are methods of controllers that take the context, and of services', async () => {
    const files = {
      'server.js':
        "require('koa');\nrequire('@feathersjs/feathers');\nrequire('./controllers/shop');\nrequire('./service');\n",
      'controllers/shop.js':
        'exports.Shop = class { async list(ctx) { /* list */ } constructor(ctx) { /* made */ } };\n',
      'service.js':
        'exports.Service = class { async find(params) { /* find */ } async setup(params) { /* setup */ } };\n',
    };
    expect((await handled(files, ['koa', '@feathersjs/feathers'])).sort()).toEqual(['find', 'list']);
  });
});
