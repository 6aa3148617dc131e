import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, JavaScriptModule } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import type { Node } from '../parse/javascript/walk.js';
import { isFunction } from '../link/javascript/syntax.js';

/** Functions that a framework calls for requests because of the file they stand in, and of the name they are exported by. */
interface Convention {
  readonly files: RegExp;
  readonly names: RegExp;
  /** What the text must say besides. */
  readonly mentions?: RegExp;
  /** What tells that it is no request that they run for. */
  readonly unless?: RegExp;
}

const METHODS = '(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ALL)';

const CONVENTIONS: readonly Convention[] = [
  // https://nextjs.org/docs/app/api-reference/file-conventions/route, and https://docs.medusajs.com/learn/fundamentals/api-routes
  { files: /(?:^|\/)(?:app|api)\/(?:.*\/)?route\.[jt]sx?$/, names: new RegExp(`^${METHODS}$`) },
  { files: /(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/, names: /^default$/ },
  { files: /(?:^|\/)pages\/.*\.[jt]sx?$/, names: /^(?:getServerSideProps|getInitialProps)$/ },
  // Drawn for each request only where they ask for something of it: https://nextjs.org/docs/app/guides/caching
  {
    files: /(?:^|\/)app\/(?:.*\/)?(?:page|layout|template|default)\.[jt]sx?$/,
    names: /^(?:default|generateMetadata)$/,
    mentions:
      /\b(?:cookies|headers|searchParams|params|connection|unstable_noStore|noStore|getServerSession|getSession|auth)\b|force-dynamic/,
    unless:
      /\bgenerateStaticParams\b|\bexport const (?:revalidate\s{0,5}=\s{0,5}[1-9]|dynamic\s{0,5}=\s{0,5}['"](?:force-static|error))/,
  },
  { files: /(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]s$/, names: /^(?:default|middleware|proxy|onRequest)$/ },
  // https://remix.run/docs/en/main/route/loader
  { files: /(?:^|\/)app\/(?:.*\/)?(?:routes\/.*|root)\.[jt]sx?$/, names: /^(?:loader|action)$/ },
  // https://svelte.dev/docs/kit/routing
  {
    files: /(?:^|\/)\+(?:server|page\.server|layout\.server|page|layout)\.[jt]s$/,
    names: new RegExp(`^(?:load|actions|fallback|${METHODS})$`),
  },
  { files: /(?:^|\/)hooks\.server\.[jt]s$/, names: /^(?:handle|handleFetch|handleError)$/ },
  // https://docs.astro.build/en/guides/endpoints/
  { files: /(?:^|\/)src\/pages\/.*\.[jt]s$/, names: new RegExp(`^${METHODS}$`) },
  // https://nitro.build/guide/routing
  {
    files: /(?:^|\/)server\/(?:api|routes|middleware)\/.*\.[cm]?[jt]s$/,
    names: /^default$/,
    mentions: /[eE]ventHandler\b/,
  },
  // https://sailsjs.com/documentation/concepts/actions-and-controllers: `fn` of an action, or a method of a controller.
  { files: /(?:^|\/)api\/controllers\/.*\.[cm]?[jt]s$/, names: /^fn$/ },
  // https://docs.strapi.io/cms/backend-customization/controllers
  { files: /(?:^|\/)src\/(?:api|extensions)\/(?:.*\/)?controllers\/.*\.[jt]s$/, names: /^/, mentions: /\bctx\b/ },
];

/** https://react.dev/reference/rsc/use-server: whatever such a file exports is called by browsers. */
const ACTIONS = /^(?:\s|\/\/[^\n]{0,300}\n|\/\*[^*]{0,2000}\*\/){0,20}['"]use server['"]/;

/** The functions of a module that a framework calls for requests by its conventions of files. */
export function servedFunctions(program: Program, module: JavaScriptModule): readonly FunctionNode[] {
  const { path, document } = module;
  const names = CONVENTIONS.filter(
    ({ files, mentions, unless }) =>
      files.test(path) && mentions?.test(document.text) !== false && unless?.test(document.text) !== true,
  ).map((one) => one.names);
  if (ACTIONS.test(document.text)) names.push(/^/);
  if (names.length === 0) return [];
  return exportedFunctions(program, module).flatMap(([name, fn]) => (names.some((one) => one.test(name)) ? [fn] : []));
}

/** Functions that a module exports, with their names; those of an exported object count by the name of the object, and by their own in CommonJS. */
function exportedFunctions(program: Program, module: JavaScriptModule): [string, FunctionNode][] {
  const of = (name: string, node: Node | null | undefined): [string, FunctionNode][] => {
    if (node === null || node === undefined) return [];
    if (isFunction(node)) return [[name, node]];
    const bare = node.type === 'TSSatisfiesExpression' || node.type === 'TSAsExpression' ? node.expression : node;
    if (bare.type === 'ObjectExpression')
      return bare.properties.flatMap((one) =>
        one.type === 'Property'
          ? of(name === '' && one.key.type === 'Identifier' ? one.key.name : name, one.value)
          : [],
      );
    const fn = program.javascript.functionOf({ module, node: bare })?.node;
    return fn === undefined ? [] : [[name, fn], ...made(fn, name)];
  };
  /** `createCoreController('api::x', () => ({ async find(ctx) {} }))` */
  const made = (fn: FunctionNode, name: string): [string, FunctionNode][] =>
    fn.type === 'ArrowFunctionExpression' && fn.body.type === 'ObjectExpression' ? of(name, fn.body) : [];
  return module.document.tree.body.flatMap((statement): [string, FunctionNode][] => {
    if (statement.type === 'ExportDefaultDeclaration') return of('default', statement.declaration);
    if (statement.type === 'ExpressionStatement' && isModuleExports(statement.expression))
      return of('', statement.expression.right);
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const { declaration, specifiers } = statement;
    if (declaration?.type === 'FunctionDeclaration') return of(declaration.id?.name ?? 'default', declaration);
    if (declaration?.type === 'VariableDeclaration')
      return declaration.declarations.flatMap(({ id, init }) => namesIn(id).flatMap((name) => of(name, init)));
    if (statement.source !== null) return [];
    return specifiers.flatMap(({ exported, local }) =>
      exported.type === 'Identifier' ? of(exported.name, local) : [],
    );
  });
}

/** `GET`, and both of `{ GET, POST } = handlers`. */
function namesIn(id: TSESTree.BindingName): string[] {
  if (id.type === 'Identifier') return [id.name];
  return id.type === 'ObjectPattern'
    ? id.properties.flatMap((one) => (one.type === 'Property' && one.key.type === 'Identifier' ? [one.key.name] : []))
    : [];
}

function isModuleExports(node: TSESTree.Expression): node is TSESTree.AssignmentExpression {
  return (
    node.type === 'AssignmentExpression' &&
    node.left.type === 'MemberExpression' &&
    node.left.object.type === 'Identifier' &&
    node.left.object.name === 'module' &&
    node.left.property.type === 'Identifier' &&
    node.left.property.name === 'exports'
  );
}
