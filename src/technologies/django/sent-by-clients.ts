import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Attribute, Expression, FunctionDef, Parameter } from '../../parse/python/ast.js';
import { spelling } from '../python-request-handlers.js';
import { descendsFrom } from './handed.js';

/** What a request brings. https://docs.djangoproject.com/en/5.2/ref/request-response/ https://www.django-rest-framework.org/api-guide/requests/ */
const BRINGS = /^(?:data|POST|GET|FILES|body|query_params|json)$/;
/** What forms and serialisers make of it. */
const CLEANED = /^(?:validated_data|cleaned_data|initial_data)$/;
/** A form has as many fields as somebody wrote, and an address seldom has more parameters. */
const FIELDS = /^(?:cleaned_data|GET|query_params|FILES)$/;

/** `request.data`, `self.request.POST`, `serializer.validated_data`. */
export function isSent({ module, node }: PythonPlace<Attribute>): boolean {
  if (CLEANED.test(node.attr)) return true;
  if (!BRINGS.test(node.attr)) return false;
  const { start, end } = node.value;
  return (
    end - start < 200 && /(?:^|[._])request(?:["']\])?$|^info\.context$/.test(module.document.text.slice(start, end))
  );
}

/** `for name, value in form.cleaned_data.items()` */
export function isOfFields(node: Expression): boolean {
  if (node.type === 'Call' && node.func.type === 'Attribute' && /^(?:items|keys|values)$/.test(node.func.attr)) {
    const { value } = node.func;
    return isOfFields(value) || textOf(value) === 'validated_data';
  }
  return FIELDS.test(textOf(node));
}

function textOf(node: Expression): string {
  return node.type === 'Attribute' ? node.attr : node.type === 'Name' ? node.id : '';
}

/** Functions that an API hands what a client sent: mutations of graphene and strawberry, operations of Ninja. */
const MUTATES = /^(?:mutate|perform_mutation|mutate_and_get_payload)$/;
const OPERATES = /^(?:post|put|patch|delete|api_operation|mutation)$/;
const CONVERTS = /^(?:create|update|save|validate|to_internal_value|clean)$/;

/** Whether the framework hands a parameter what a client sent. */
export function isHandedSent(program: Program, fn: PythonPlace<FunctionDef>, parameter: Parameter): boolean {
  if (parameter.name === 'validated_data') return true;
  const at = fn.node.params.list.indexOf(parameter);
  if (/^(?:self|cls|root|info|request|context)$/.test(parameter.name) || at === 0) return false;
  if (MUTATES.test(fn.node.name)) return true;
  const owner = program.pythonCode.ownerOf(fn);
  if (owner !== undefined && CONVERTS.test(fn.node.name) && /^(?:attrs|data)$/.test(parameter.name))
    return descendsFrom(program, owner, /Serializer$/);
  return fn.node.decorators.some((one) => {
    const [last = '', ...before] = spelling(one).split('.').reverse();
    return OPERATES.test(last) && (before.length > 0 || last === 'mutation');
  });
}
