import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef } from '../../parse/python/ast.js';
import { spelling } from '../python-request-handlers.js';

/**
 * The hooks of a middleware that nothing calls: since Django 1.10 `process_request` and `process_response` are called by
 * MiddlewareMixin alone, and a class with a `__call__` of its own that hands on what it is given does none of what they say.
 * https://docs.djangoproject.com/en/stable/topics/http/middleware/#upgrading-pre-django-1-10-style-middleware
 */
export function uncalledHooks(program: Program, of: PythonPlace<ClassDef>): readonly string[] {
  const { own, libraries, partial } = program.pythonCode.ancestry(of);
  if (own.length !== 1 || partial || libraries.some((one) => one !== 'builtins.object')) return [];
  const methods = of.node.body.flatMap((part) => (part.type === 'FunctionDef' ? [part] : []));
  const hooks = methods.filter(({ name }) => /^process_(?:request|response)$/.test(name));
  const call = methods.find(({ name }) => name === '__call__');
  // All but a docstring.
  const [only, ...others] = call?.body.filter((one) => one.type !== 'Expr' || one.value.type !== 'Constant') ?? [];
  if (hooks.length === 0 || call === undefined || only === undefined) return [];
  // Hooks of another kind are called by Django itself.
  if (methods.some(({ name }) => /^process_(?:view|exception|template_response)$/.test(name))) return [];
  const handsOn =
    others.length === 0 &&
    only.type === 'Return' &&
    only.value?.type === 'Call' &&
    spelling(only.value.func) === 'self.get_response';
  return handsOn ? hooks.map(({ name }) => name) : [];
}
