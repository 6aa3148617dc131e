import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { walkJavaScript, type Node } from '../parse/javascript/walk.js';

/**
 * Calls of the methods of classes through what a constructor was given or made: `this.users.find()` where `users` is declared
 * to be of the class `Users`. Containers of frameworks make one object of such a class for the whole process.
 */
export function injectedCallers(program: Program, fn: FunctionNode): readonly Placed[] {
  return callers(program).get(fn) ?? [];
}

interface Class {
  readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression;
  readonly place: Placed;
  readonly methods: ReadonlyMap<string, FunctionNode>;
  /** The class that a field is declared to be of. */
  readonly fields: ReadonlyMap<string, string>;
}

function callers(program: Program): ReadonlyMap<FunctionNode, readonly Placed[]> {
  return program.memo('injected-calls', () => {
    const classes = classesOf(program);
    const byName = new Map(classes.map((one) => [one.node.id?.name ?? '', one]));
    const found = new Map<FunctionNode, Placed[]>();
    for (const { node, place, methods, fields } of classes) {
      walkJavaScript(node.body, (inner) => {
        if (inner.type !== 'CallExpression' || inner.callee.type !== 'MemberExpression') return;
        const { object, property } = inner.callee;
        if (property.type !== 'Identifier' && property.type !== 'PrivateIdentifier') return;
        const name = property.name;
        const target =
          object.type === 'ThisExpression'
            ? methods.get(name)
            : object.type === 'MemberExpression' && object.object.type === 'ThisExpression'
              ? byName.get(fields.get(nameOf(object.property)) ?? '')?.methods.get(name)
              : undefined;
        if (target === undefined) return;
        const list = found.get(target) ?? [];
        list.push({ module: place.module, node: inner });
        found.set(target, list);
      });
    }
    return found;
  });
}

function classesOf(program: Program): Class[] {
  const found: Class[] = [];
  for (const module of program.javascript.modules) {
    if (!module.document.text.includes('class ')) continue;
    walkJavaScript(module.document.tree, (node) => {
      if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return;
      const methods = new Map<string, FunctionNode>();
      const fields = new Map<string, string>();
      for (const member of node.body.body) {
        if (member.type === 'MethodDefinition' && member.value.type === 'FunctionExpression') {
          methods.set(nameOf(member.key), member.value);
          if (member.kind === 'constructor') for (const [name, type] of given(member.value)) fields.set(name, type);
        } else if (member.type === 'PropertyDefinition') {
          const type =
            typeName(member.typeAnnotation) ??
            (member.value?.type === 'NewExpression' ? nameOf(member.value.callee) : undefined);
          if (type !== undefined) fields.set(nameOf(member.key), type);
          const { value } = member;
          if (value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression')
            methods.set(nameOf(member.key), value);
        }
      }
      found.push({ node, place: { module, node }, methods, fields });
    });
  }
  return found;
}

/** `constructor(private readonly users: Users)` */
function* given(constructor: TSESTree.FunctionExpression): Generator<[string, string]> {
  for (const parameter of constructor.params) {
    if (parameter.type !== 'TSParameterProperty' || parameter.parameter.type !== 'Identifier') continue;
    const type = typeName(parameter.parameter.typeAnnotation);
    if (type !== undefined) yield [parameter.parameter.name, type];
  }
}

function typeName(annotation: TSESTree.TSTypeAnnotation | undefined): string | undefined {
  const type = annotation?.typeAnnotation;
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined;
}

export function nameOf(node: Node): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : '';
}
