import { application } from '../../facts/application.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { Expression, Module, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { audienceOfPath } from '../audience.js';
import type { Read } from '../technology.js';

/** Files in which a project names its settings; any other use of the variable is a test or a script. */
export const reads: readonly Read[] = [
  {
    language: 'python',
    paths: ['manage.py', 'wsgi.py', 'asgi.py'],
    mentions: /DJANGO_SETTINGS_MODULE|get_[aw]sgi_application/,
  },
];

/** Projects that a library keeps to try itself out. */
const HARNESS =
  /^(?:test|dev|develop|example|demo|sandbox|runtests?)(?:s|ing|_?(?:project|app|site|settings|server))?$/;

/** A project of Django: the folder of `manage.py`, else the one from which the settings named in `wsgi.py` can be imported. */
export function* fromDocument(document: Document): Iterable<Stated> {
  const audience = audienceOfPath(document.path);
  if (audience === 'test' || audience === 'example') return;
  const named = settingsNamed(document as Document<Module>);
  if (named === undefined) return;
  const folder = document.path.split('/').slice(0, -1);
  const module = named.module ?? ownPackage(document as Document<Module>, folder);
  const directory = document.path.endsWith('manage.py') ? folder : importRoot(folder, module);
  const name = module.split('.')[0] ?? '';
  if (document.path.includes('{{')) return;
  // A library's manage.py starts its tests: `cms.tests.settings`.
  if (
    module
      .split('.')
      .slice(0, -1)
      .some((part) => /^tests?$/.test(part))
  )
    return;
  if (HARNESS.test(name) || HARNESS.test(directory.at(-1) ?? '')) return;
  const plain = ['', 'config', 'conf', 'settings', 'core', 'project', 'app', 'src', 'backend'].includes(name);
  yield state(application, locate(document, named.node), {
    name: plain ? (directory.at(-1) ?? 'application') : name,
    told: document.path.endsWith('manage.py') ? 'by-administration' : 'by-serving',
    directory: directory.join('/'),
  });
}

interface Named {
  /** Undefined where it is not written out, or left to what is imported. */
  readonly module: string | undefined;
  readonly node: Node;
}

/** `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")`, else the application that is made without saying of what. */
function settingsNamed(document: Document<Module>): Named | undefined {
  const named: Named[] = [];
  const served: Named[] = [];
  walkPython(document.tree, (node) => {
    if (node.type === 'Call') {
      const [name, module] = node.args;
      if (isVariable(name) && module !== undefined) named.push({ module: textOf(module), node });
      const called = node.func.type === 'Name' ? node.func.id : node.func.type === 'Attribute' ? node.func.attr : '';
      if (/^get_[aw]sgi_application$/.test(called)) served.push({ module: undefined, node });
    }
    if (node.type === 'Assign')
      for (const target of node.targets)
        if (target.type === 'Subscript' && isVariable(target.slice)) named.push({ module: textOf(node.value), node });
  });
  return named.find((one) => one.module !== undefined) ?? named[0] ?? served[0];
}

const textOf = (node: Expression): string | undefined =>
  node.type === 'Constant' && node.kind === 'str' ? node.value : undefined;
const isVariable = (node: Expression | undefined): boolean =>
  node !== undefined && textOf(node) === 'DJANGO_SETTINGS_MODULE';

/** The package that a file lies in, as its own imports spell it; else the folder that it stands in. */
function ownPackage(document: Document<Module>, folder: readonly string[]): string {
  const imported = document.tree.body.flatMap((one) =>
    one.type === 'Import' ? one.names.map((alias) => alias.name) : one.type === 'ImportFrom' ? [one.module] : [],
  );
  const own = imported.map((name) => name.split('.')[0] ?? '').find((name) => name !== '' && folder.includes(name));
  return own ?? (document.path.endsWith('manage.py') ? '' : (folder.at(-1) ?? ''));
}

/** `shop/wsgi.py` that names `shop.settings` stands in the folder above `shop`. */
function importRoot(folder: readonly string[], module: string): readonly string[] {
  const first = module.split('.')[0] ?? '';
  const at = folder.lastIndexOf(first);
  return at < 0 ? folder : folder.slice(0, at);
}
