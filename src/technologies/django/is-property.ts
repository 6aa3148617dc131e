import type { FunctionDef } from '../../parse/python/ast.js';

export function isProperty(fn: FunctionDef): boolean {
  return fn.decorators.some((one) => {
    const name = one.type === 'Name' ? one.id : one.type === 'Attribute' ? one.attr : '';
    return /^(?:cached_)?property$/.test(name);
  });
}
