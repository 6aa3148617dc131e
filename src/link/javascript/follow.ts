import type { TSESTree } from '@typescript-eslint/types';
import { absentPoint, because, distinct, unknownPoint, type Engine, type Frame, type Point } from './engine.js';
import { followCall, followConstruction } from './follow-call.js';
import { followMember } from './follow-member.js';
import { followName } from './follow-name.js';
import { followThis } from './follow-this.js';
import type { Placed } from './javascript-program.js';
import { fromSpecifier } from './follow-module.js';
import { once } from './once.js';

/** What an expression can stand for: at least one possibility, be it that it is not known. */
export function follow(js: Engine, place: Placed, frame: Frame | undefined): readonly Point[] {
  return once<readonly Point[]>(
    js.asking,
    frame?.memo ?? js.memo,
    place.node,
    (reason) => [unknownPoint(reason)],
    () => distinct(followNode(js, place, frame)),
  );
}

function followNode(js: Engine, place: Placed, frame: Frame | undefined): readonly Point[] {
  const { module, node } = place;
  const inner = (child: TSESTree.Node): readonly Point[] => js.follow({ module, node: child }, frame);
  const itself = (): Point[] => [{ kind: 'repository', at: place, steps: [], frame }];
  switch (node.type) {
    case 'Identifier':
      return followName(js, { module, node }, frame);
    case 'ThisExpression':
      return followThis(js, { module, node }, frame);
    case 'MemberExpression':
      return followMember(js, { module, node }, frame);
    case 'CallExpression':
      return followCall(js, { module, node }, frame);
    case 'NewExpression':
      return followConstruction(js, { module, node }, frame);
    case 'ImportExpression':
      return fromSpecifier(js, { module, node: node.source }, frame, 'namespace', node);
    case 'AwaitExpression':
      return inner(node.argument);
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'ChainExpression':
    case 'TSInstantiationExpression':
      return inner(node.expression);
    case 'AssignmentExpression':
      return node.operator === '=' ? inner(node.right) : itself();
    case 'SequenceExpression':
      return inner(node.expressions.at(-1) ?? node);
    case 'ConditionalExpression': {
      const decided = js.decide({ module, node: node.test }, frame);
      if (decided.truth === undefined) return [...inner(node.consequent), ...inner(node.alternate)];
      return because(inner(decided.truth ? node.consequent : node.alternate), decided.variables);
    }
    case 'LogicalExpression':
      return followLogical(js, { module, node }, frame);
    case 'TaggedTemplateExpression':
      return inner(node.tag).map((point) =>
        point.kind === 'package' ? { ...point, steps: [...point.steps, '``'] } : unknownPoint('a tagged template'),
      );
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'Literal':
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'Program':
    case 'TSEnumDeclaration':
    case 'TSInterfaceDeclaration':
      return itself();
    case 'SpreadElement':
      return [unknownPoint('a spread')];
    default:
      return [unknownPoint('an expression that is not followed')];
  }
}

function followLogical(
  js: Engine,
  { module, node }: Placed<TSESTree.LogicalExpression>,
  frame: Frame | undefined,
): readonly Point[] {
  const left = { module, node: node.left };
  const right = (): readonly Point[] => js.follow({ module, node: node.right }, frame);
  const { truth, missing, variables } = js.decide(left, frame);
  if (node.operator === '&&') {
    if (truth === false) return because(js.follow(left, frame), variables);
    // Where the condition fails there is nothing of interest; it is said that it may not be there.
    return truth === true ? because(right(), variables) : [...right(), absentPoint('a condition decides', variables)];
  }
  const takesRight = node.operator === '??' ? missing : truth === undefined ? undefined : !truth;
  if (takesRight === true) return because(right(), variables);
  const first = js.follow(left, frame).filter((point) => !(point.kind === 'unknown' && point.absent === true));
  return takesRight === false ? because(first, variables) : [...first, ...right()];
}
