import type { GoCommand, GoOperand, GoPipeline } from '../../parse/go-template/node.js';
import type { Bounds } from './bounds.js';
import { withOrigin, type Tools } from './formatted.js';
import { functionNamed } from './functions.js';
import { assign, fields, lookUp, type Frame } from './scope.js';
import { flag, isTrue, NIL, numeral, text, unread, withoutMarks, type Value } from './value.js';

/** Where a pipeline stands. */
interface Place {
  readonly dot: Value;
  readonly variables: Frame;
}

/** Gives the values of pipelines. */
export function createEvaluator(tools: Tools, { step, deeper }: Bounds): (pipeline: GoPipeline, scope: Place) => Value {
  function valueOf(pipeline: GoPipeline, scope: Place): Value {
    return deeper(() => {
      let value: Value | undefined;
      for (const command of pipeline.commands) value = run(command, value, scope);
      const result = value ?? NIL;
      for (const name of pipeline.variables) {
        if (pipeline.declares) scope.variables.values.set(name, result);
        else assign(scope.variables, name, result);
      }
      return result;
    });
  }

  function run({ operands }: GoCommand, piped: Value | undefined, scope: Place): Value {
    const [first, ...rest] = operands;
    if (first === undefined) return NIL;
    if (first.kind === 'function') return call(first.name, rest, piped, scope);
    const value = operand(first, scope);
    if (value.kind !== 'method')
      return piped === undefined || value.kind === 'unread' ? value : unread('an action that cannot be carried out');
    const args = rest.map((one) => operand(one, scope));
    return value.call(piped === undefined ? args : [...args, piped]);
  }

  function call(name: string, operands: readonly GoOperand[], piped: Value | undefined, scope: Place): Value {
    if (name === 'and' || name === 'or') return chain(name, operands, piped, scope);
    const args = operands.map((one) => operand(one, scope));
    if (piped !== undefined) args.push(piped);
    if (name === 'include') return tools.include(args[0] ?? NIL, args[1] ?? NIL);
    if (name === 'tpl') return args[0]?.kind === 'unread' ? args[0] : tools.tpl(args[0] ?? NIL, args[1] ?? NIL);
    const known = functionNamed(name);
    if (known === undefined) return unread(`the function ${name.slice(0, 40)}, which is not known here`);
    const missing = known.brave ? undefined : args.find((arg) => arg.kind === 'unread');
    if (missing !== undefined) return missing;
    const result = withOrigin(known.call(args, tools), args);
    if (result.kind === 'text') tools.take(result.pieces.reduce((sum, piece) => sum + piece.text.length, 0));
    else if (result.kind === 'list') tools.take(10 * result.items.length);
    else if (result.kind === 'dict') tools.take(10 * result.entries.size);
    return result;
  }

  /** The first that decides; those behind it are not looked at. */
  function chain(name: 'and' | 'or', operands: readonly GoOperand[], piped: Value | undefined, scope: Place): Value {
    let result: Value = NIL;
    let open: Value | undefined;
    const decides = name === 'or';
    for (let i = 0; i < operands.length + (piped === undefined ? 0 : 1); i++) {
      const one = operands[i];
      result = one === undefined ? (piped ?? NIL) : operand(one, scope);
      const truth = isTrue(result);
      if (truth === undefined)
        open ??= result.kind === 'unread' ? result : unread('depends on something that is not known');
      else if (truth === decides) return open === undefined || !decides ? result : flag(true);
    }
    return open ?? result;
  }

  function operand(one: GoOperand, scope: Place): Value {
    step();
    switch (one.kind) {
      case 'literal': {
        const { value } = one;
        if (value === null) return NIL;
        if (typeof value === 'boolean') return flag(value);
        return typeof value === 'number' ? numeral(value) : text(withoutMarks(value));
      }
      case 'function':
        return call(one.name, [], undefined, scope);
      case 'group':
        return fields(valueOf(one.pipeline, scope), one.names);
      case 'variable':
        return fields(lookUp(scope.variables, one.name), one.names);
      case 'dot':
        return fields(scope.dot, one.names);
    }
  }

  return valueOf;
}
