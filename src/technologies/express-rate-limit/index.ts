import { nodePackage } from '../node-package.js';

export const technology = nodePackage('express-rate-limit', 'Rate limits in front of routes', [
  'express-rate-limit',
  'express-slow-down',
  '@fastify/rate-limit',
  'fastify-rate-limit',
  'koa-ratelimit',
  'koa2-ratelimit',
  'express-brute',
  'express-limiter',
  'limiter',
  'limiter-es6-compat',
  'hono-rate-limiter',
  'graphql-rate-limit',
  'graphql-rate-limit-directive',
  '@upstash/ratelimit',
  '@nestjs/throttler',
]);
