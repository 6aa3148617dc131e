import type { Program } from '../../link/program.js';
import { unknown, type Maybe } from '../../location.js';
import type { Step } from './chain.js';
import { PACKAGES } from './middleware-packages.js';

export interface MiddlewareUse {
  readonly used: Maybe<boolean>;
  readonly reason: string;
}

/** Packages that work on what others leave on the request. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  session: [
    'passport',
    'connect-flash',
    'express-flash',
    'csurf',
    'lusca',
    'grant',
    'keycloak-connect',
    'express-openid-connect',
    'openid-client',
    '@adminjs/express',
    'admin-bro-expressjs',
    'socket.io',
    'express-socket.io-session',
    'svg-captcha',
    '@shopify/shopify-api',
    '@okta/oidc-middleware',
  ],
  cookies: [
    'csurf',
    'csrf-csrf',
    'passport',
    'passport-jwt',
    'i18n',
    'i18next-http-middleware',
    'lusca',
    'universal-cookie-express',
    'express-session',
    'socket.io',
    'express-jwt',
    '@nestjs/core',
    'apollo-server-express',
    '@apollo/server',
    'express-device',
    'cookie-session',
    'express-useragent',
  ],
};

/**
 * Few things are sure: a body that was parsed once is not parsed again, and what the request is given that no line of the project
 * and no package of it reads is for nobody. Anything else works by itself.
 */
export function useOf(program: Program, step: Step, before: readonly Step[]): MiddlewareUse {
  const earlier = before.find(
    (one) => parsed(one) !== undefined && parsed(one) === parsed(step) && one.position !== undefined,
  );
  if (earlier !== undefined)
    return {
      used: false,
      reason: `${earlier.name}() has parsed the same bodies already, as number ${earlier.position ?? ''}`,
    };
  const known = PACKAGES.get(step.name);
  if (known?.leaves === undefined) return { used: true, reason: 'it does its work by itself' };
  const { leaves } = known;
  const word = known.purpose === 'sessions' ? 'session' : 'cookies';
  const reader = READERS[word]?.find((name) => program.javascript.imports(name) && name !== step.name);
  if (reader !== undefined) return { used: true, reason: `${reader} reads it` };
  const property = new RegExp(`(?:\\.|\\?\\.|\\[['"\`]|[{,]\\s*)${leaves.source}`);
  const place = program.javascript.modules.find(({ document }) => property.test(document.text));
  if (place !== undefined) return { used: true, reason: `${place.path} reads it` };
  const views = program.inventory.files.some(({ path }) =>
    /\.(?:ejs|pug|jade|hbs|handlebars|njk|mustache|html)$/.test(path),
  );
  if (views) return { used: unknown('a template may read it'), reason: 'a template may read it' };
  return {
    used: false,
    reason: `nothing in the project reads ${word === 'session' ? 'req.session' : 'what it leaves on the request'}`,
  };
}

/** Which bodies a step parses, where it parses any, with options that are the default as far as types go. */
function parsed({ name, made }: Step): string | undefined {
  const kind = /^(?:express|body-parser)\.(json|urlencoded|text|raw)$/.exec(name)?.[1];
  const [options] = made?.call?.node.arguments ?? [];
  if (kind === undefined) return undefined;
  if (options === undefined) return kind;
  if (options.type !== 'ObjectExpression') return undefined;
  const limits = options.properties.some(
    (property) =>
      property.type !== 'Property' ||
      property.key.type !== 'Identifier' ||
      property.key.name === 'type' ||
      property.key.name === 'verify',
  );
  return limits ? undefined : kind;
}
