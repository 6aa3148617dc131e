import { nodePackage } from '../node-package.js';

export const technology = nodePackage('node-static', 'Folders that Node serves', [
  'express',
  'serve-static',
  'express-static-gzip',
  'fastify',
  '@fastify/static',
  'fastify-static',
  '@nestjs/core',
  '@nestjs/serve-static',
  'koa-static',
  'koa-send',
  'koa-static-cache',
  'hono',
  '@hono/node-server',
  '@hapi/inert',
  'inert',
  'sirv',
  'restify',
  '@feathersjs/express',
  '@feathersjs/koa',
]);
