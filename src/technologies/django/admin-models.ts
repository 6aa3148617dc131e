import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { modelNamedBy } from './managers.js';
import type { Model } from './models.js';

/** A class of the admin, and the models whose lists it shows. */
export interface AdminClass {
  readonly place: PythonPlace<ClassDef>;
  readonly models: readonly Model[];
}

const ADMIN = /(?:^|\.)\w*Admin(?:Mixin)?$/;

/**
 * `@admin.register(Book)`, `admin.site.register(Book, BookAdmin)`.
 * https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.register
 */
export function adminClasses(program: Program): ReadonlyMap<ClassDef, AdminClass> {
  return program.memo('django:admin-classes', () => {
    const { pythonCode } = program;
    const found = new Map<ClassDef, AdminClass>();
    const add = (place: PythonPlace<ClassDef>, named: readonly PythonPlace<Expression>[]): void => {
      if (!pythonCode.ancestry(place).libraries.some((one) => ADMIN.test(one))) return;
      const models = named.flatMap((one) => modelNamedBy(program, one) ?? []);
      if (models.length === 0) return;
      found.set(place.node, { place, models: [...(found.get(place.node)?.models ?? []), ...models] });
    };
    for (const module of pythonCode.modulesWith(/\bregister\(/)) {
      if (!/\badmin\b/i.test(module.document.text)) continue;
      walkPython(module.document.tree, (node) => {
        if (node.type === 'FunctionDef' || node.type === 'Lambda') return false;
        if (node.type === 'ClassDef') {
          const calls = node.decorators.filter((one): one is Call => one.type === 'Call' && isRegister(one));
          if (calls.length > 0)
            add(
              { module, node },
              calls.flatMap(({ args }) => args.map((one) => ({ module, node: one }))),
            );
        } else if (node.type === 'Call' && node.func.type === 'Attribute' && isRegister(node)) {
          const [shown, by] = node.args;
          const [target] = by === undefined ? [] : pythonCode.resolve({ module, node: by });
          if (shown === undefined || target?.kind !== 'class') return true;
          const all = shown.type === 'Tuple' || shown.type === 'List' ? shown.elts : [shown];
          add(
            target.at,
            all.map((one) => ({ module, node: one })),
          );
        }
        return true;
      });
    }
    return found;
  });
}

function isRegister({ func }: Call): boolean {
  return func.type === 'Attribute' ? func.attr === 'register' : func.type === 'Name' && func.id === 'register';
}

/** The model whose rows its methods are handed, where it is one. */
export function adminModelOf(program: Program, of: PythonPlace<ClassDef>): Model | undefined {
  const [only, ...others] = adminClasses(program).get(of.node)?.models ?? [];
  return others.length === 0 ? only : undefined;
}
