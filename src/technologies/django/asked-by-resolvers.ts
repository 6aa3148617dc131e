import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, FunctionDef } from '../../parse/python/ast.js';
import type { Ask } from './ask.js';
import { asksOf } from './asks-database.js';
import { descendsFrom } from './handed.js';

/** A resolver of a type that lists are made of, with what it asks for each row. */
export interface AskedByResolver {
  readonly type: PythonPlace<ClassDef>;
  readonly resolver: PythonPlace<FunctionDef>;
  readonly asks: readonly Ask[];
}

/** What loads for many rows at once, or looks at the whole query first. */
const LOADERS = /\b(?:graphene_django_optimizer|gql_optimizer|query_optimizer|DataLoader|dataloaders?)\b/;

/** Resolvers of graphene that ask the database for each row of a list. https://docs.graphene-python.org/projects/django/en/latest/queries/ */
export function* askedByResolvers(program: Program): Iterable<AskedByResolver> {
  const { pythonCode } = program;
  const modules = pythonCode.modulesWith(/\bDjangoObjectType\b/);
  if (modules.length === 0 || pythonCode.modulesWith(LOADERS).length > 0) return;
  for (const module of modules) {
    for (const node of module.document.tree.body) {
      if (node.type !== 'ClassDef') continue;
      const type = { module, node };
      if (!descendsFrom(program, type, /(?:^|\.)DjangoObjectType$/) || !isListed(program, node.name)) continue;
      for (const resolver of node.body) {
        if (resolver.type !== 'FunctionDef' || !resolver.name.startsWith('resolve_')) continue;
        const [row] = resolver.params.list;
        const asks = asksOf(program, { module, node: resolver }).filter(
          ({ of, anew, many }) => (of === undefined && anew) || (of === row && (anew || many)),
        );
        if (asks.length > 0) yield { type, resolver: { module, node: resolver }, asks };
      }
    }
  }
}

/** `graphene.List(BookType)`, `DjangoFilterConnectionField(BookType)`. */
function isListed({ pythonCode }: Program, name: string): boolean {
  const written = new RegExp(
    `(?:List|ListField|ConnectionField)\\(\\s{0,80}(?:graphene\\.NonNull\\(\\s{0,80})?(?:lambda:\\s{0,9})?["']?(?:\\w{1,80}\\.){0,6}${name}\\b`,
  );
  return pythonCode.modulesWith(written).length > 0;
}
