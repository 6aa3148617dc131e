import type { JavaScriptProgram, Placed } from '../link/javascript/javascript-program.js';
import { isFunction } from '../link/javascript/syntax.js';
import { isGuessed } from './guessed.js';
import { aboveOf, at, givenName, nameOf } from './javascript-place.js';
import { walkJavaScript } from '../parse/javascript/walk.js';

export interface Protected {
  readonly name: string;
  readonly protects: 'logins' | 'requests';
}

/** What a limiter is called and what it stands before: its own name, and the routes that are given it. */
export function protectedBy(javascript: JavaScriptProgram, limiter: Placed): Protected {
  const objects = objectsOf(javascript, limiter);
  const name = objects.find(isGuessed) ?? objects[0] ?? givenName(limiter);
  const routes = [...routesOf(limiter), ...routesOfName(javascript, name)];
  const logins = [name, ...routes].some(isGuessed);
  return { name: name === '' ? (routes[0] ?? 'limit') : name, protects: logins ? 'logins' : 'requests' };
}

/** What the objects of a class are called whose constructor makes the limiter: `const loginLimiter = new Limiter({ … })`. */
function objectsOf(javascript: JavaScriptProgram, limiter: Placed): string[] {
  const above = aboveOf(limiter);
  const home = above.find((node) => node.type === 'ClassDeclaration');
  const isMadeThere = above.some((node) => node.type === 'MethodDefinition' && node.kind === 'constructor');
  if (home?.id === null || home === undefined || !isMadeThere) return [];
  const { name } = home.id;
  const found: string[] = [];
  for (const module of javascript.modules) {
    if (!module.document.text.includes(`new ${name}(`)) continue;
    walkJavaScript(module.document.tree, (node) => {
      if (node.type !== 'NewExpression' || nameOf(node.callee) !== name) return;
      const given = givenName(at({ module, node }, node));
      if (given !== '') found.push(given);
    });
  }
  return found;
}

/** The path of `app.use('/login', rateLimit(...))`. */
function routesOf(limiter: Placed): string[] {
  const found: string[] = [];
  for (const node of aboveOf(limiter)) {
    if (node.type !== 'CallExpression' || isFunction(node)) continue;
    const [first] = node.arguments;
    if (first?.type === 'Literal' && typeof first.value === 'string' && first.value.startsWith('/'))
      found.push(first.value);
  }
  return found;
}

/** Paths of calls that are given something of this name, in whatever module: a limiter has a name of its own nearly always. */
function routesOfName(javascript: JavaScriptProgram, name: string): string[] {
  if (name === '' || name === 'module' || name === 'exports') return [];
  const found: string[] = [];
  for (const module of javascript.modules) {
    if (!module.document.text.includes(name)) continue;
    walkJavaScript(module.document.tree, (node) => {
      if (node.type !== 'CallExpression' || node.arguments.length < 2) return;
      const [first, ...rest] = node.arguments;
      if (first?.type !== 'Literal' || typeof first.value !== 'string') return;
      if (rest.some((one) => nameOf(at({ module, node }, one).node) === name)) found.push(first.value);
    });
  }
  return found;
}
