import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../link/javascript/javascript-program.js';
import type { Node } from '../parse/javascript/walk.js';

const REQUEST = /^_?(?:req|request|httpRequest)$/;
const RESPONSE = /^_?(?:res|resp|response|reply|httpResponse|h)$/;
const REQUEST_TYPES = /^(?:Request|NextRequest|NextApiRequest|FastifyRequest|IncomingMessage|AuthenticatedRequest)$/;
/** https://docs.adonisjs.com/guides/basics/controllers, https://hono.dev/docs/api/context */
const CONTEXT_TYPES = /^(?:HttpContext|HttpContextContract|KoaContextWithOIDC|ParameterizedContext)$/;

/** `(req, res)`, `(error, req, res, next)`, `({ body }, res)`, or the first parameter's type says so. */
export function takesRequest({ params }: FunctionNode): boolean {
  const [first = '', second = '', third = ''] = params.map(nameOfParameter);
  if ((REQUEST.test(first) && RESPONSE.test(second)) || (REQUEST.test(second) && RESPONSE.test(third))) return true;
  if (params[0]?.type === 'ObjectPattern' && /^_?(?:res|response|reply)$/.test(second)) return true;
  const named = typeOf(params[0]);
  if (CONTEXT_TYPES.test(named)) return true;
  return (REQUEST_TYPES.test(named) && REQUEST.test(first)) || (named === 'Context' && /^(?:c|ctx)$/.test(first));
}

/** `(ctx, next)` */
export function takesContext({ params }: FunctionNode): boolean {
  return (
    params.length === 2 &&
    /^_?(?:ctx|context)$/.test(nameOfParameter(params[0])) &&
    nameOfParameter(params[1]) === 'next'
  );
}

/** `(parent, args, context)` of a resolver. https://www.apollographql.com/docs/apollo-server/data/resolvers#resolver-arguments */
export function takesTheArguments({ params }: FunctionNode): boolean {
  if (params.length < 3 || params.length > 4) return false;
  const [first = '', second = '', third = ''] = params.map(nameOfParameter);
  return (
    /^(?:_{1,3}|parent|_parent|root|_root|obj|_obj|source|_source)$/.test(first) &&
    (/^_?(?:args|input|params|data|_)$|^_+$/.test(second) || params[1]?.type === 'ObjectPattern') &&
    (/^_?(?:ctx|context|contextValue)$/.test(third) || params[2]?.type === 'ObjectPattern')
  );
}

/** `handleMessage(socket, message)`: handed on by what listens to a server of sockets, however that finds it. */
export function takesSocket(fn: FunctionNode, holder: Node | undefined): boolean {
  const [first] = fn.params;
  if (first === undefined || !/^_?socket$/.test(nameOfParameter(first))) return false;
  const named =
    holder?.type === 'AssignmentExpression' && holder.left.type === 'MemberExpression'
      ? holder.left.property
      : holder?.type === 'VariableDeclarator'
        ? holder.id
        : holder?.type === 'MethodDefinition' || holder?.type === 'Property'
          ? holder.key
          : fn.id;
  return named?.type === 'Identifier' && /^(?:handle|on)[A-Z]/.test(named.name);
}

export function nameOfParameter(parameter: TSESTree.Parameter | undefined): string {
  if (parameter?.type === 'Identifier') return parameter.name;
  return parameter?.type === 'AssignmentPattern' && parameter.left.type === 'Identifier' ? parameter.left.name : '';
}

/** The members that a parameter takes apart: `{ request, auth }`. */
export function keysOf(parameter: TSESTree.Parameter | undefined): string[] {
  return parameter?.type === 'ObjectPattern'
    ? parameter.properties.flatMap((one) =>
        one.type === 'Property' && one.key.type === 'Identifier' ? [one.key.name] : [],
      )
    : [];
}

function typeOf(parameter: TSESTree.Parameter | undefined): string {
  if (parameter?.type !== 'Identifier' && parameter?.type !== 'ObjectPattern') return '';
  const type = parameter.typeAnnotation?.typeAnnotation;
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : '';
}
