import type { TSESTree } from '@typescript-eslint/types';
import type { Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { unknown, type Maybe } from '../../location.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';
import { at, nameOf } from '../javascript-place.js';
import { milliseconds } from '../milliseconds.js';
import { isReached } from '../reached.js';

/** A route of hapi whose handler is a folder. */
export interface DirectoryHandler {
  readonly place: Placed;
  readonly root: string | undefined;
  readonly where: string | undefined;
  /** Seconds. */
  readonly age: Maybe<number>;
}

/** Keys under which a route keeps what is not its address. https://hapi.dev/api/#-routeoptions */
const OPTIONS = ['options', 'config'];

/**
 * Routes are objects, in lists that plug-ins hand to `server.route` in turn; what makes one is its handler. Without `cache` hapi
 * answers "no-cache" (https://hapi.dev/api/#-routeoptionscache).
 */
export function* directoryHandlers(program: Program): Iterable<DirectoryHandler> {
  const { javascript } = program;
  if (!['@hapi/inert', 'inert'].some((name) => javascript.imports(name))) return;
  for (const module of javascript.modules) {
    if (!/\bdirectory\b/.test(module.document.text)) continue;
    const routes: TSESTree.ObjectExpression[] = [];
    walkJavaScript(module.document.tree, (node) => {
      if (node.type === 'ObjectExpression' && keyOf(node, 'path') !== undefined) routes.push(node);
    });
    for (const node of routes) {
      const route = { module, node };
      const inner = OPTIONS.map((key) => keyOf(node, key)).find((one) => one?.type === 'ObjectExpression');
      const options = inner?.type === 'ObjectExpression' ? inner : undefined;
      const handler = keyOf(node, 'handler') ?? (options === undefined ? undefined : keyOf(options, 'handler'));
      const directory = handler?.type === 'ObjectExpression' ? keyOf(handler, 'directory') : undefined;
      if (handler === undefined || directory === undefined || isReached(program, route) === false) continue;
      yield {
        place: at(route, directory),
        root: rootOf(program, at(route, directory)),
        where: pathOf(program, at(route, keyOf(node, 'path') ?? node)),
        age: ageOf(program, options === undefined ? undefined : at(route, options)),
      };
    }
  }
}

function rootOf(program: Program, directory: Placed): string | undefined {
  const path = program.javascript.option(directory, 'path');
  return text(program.javascript.value(path === 'absent' || path === undefined ? directory : path));
}

/** `/assets/{path*}` without what stands for the file. */
function pathOf(program: Program, path: Placed): string | undefined {
  const written = text(program.javascript.value(path))?.replace(/\{[^}]*\}.*$/, '');
  return written === '' ? undefined : written;
}

function ageOf(program: Program, options: Placed | undefined): Maybe<number> {
  const { javascript } = program;
  const cache = options === undefined ? 'absent' : javascript.option(options, 'cache');
  if (cache === undefined) return unknown('its options are not known');
  if (cache === 'absent') return serverSays(program) ? unknown('a hook of the server sets the header') : 0;
  const age = javascript.option(cache, 'expiresIn');
  if (age === 'absent') return javascript.option(cache, 'expiresAt') === 'absent' ? 0 : 86_400;
  const value = age === undefined ? undefined : milliseconds(javascript.value(age));
  return value === undefined ? unknown('expiresIn is not known') : Math.floor(value / 1000);
}

/** Whether code that sees each response on its way out writes the header, or routes share options that may. */
function serverSays({ javascript }: Program): boolean {
  return javascript.modules.some(
    ({ document }) =>
      (document.text.includes('onPreResponse') && /cache-control/i.test(document.text)) ||
      /\broutes\s*:\s*\{[^}]{0,400}\bcache\b/.test(document.text),
  );
}

function keyOf(object: TSESTree.ObjectExpression, name: string): TSESTree.Node | undefined {
  for (const property of object.properties)
    if (property.type === 'Property' && !property.computed && nameOf(property.key) === name) return property.value;
  return undefined;
}
