import { application } from '../../facts/application.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { Call, Module } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { audienceOfPath } from '../audience.js';
import type { Read } from '../technology.js';

/** Files in which a project names its settings; any other use of the variable is a test or a script. */
export const reads: readonly Read[] = [
  { language: 'python', paths: ['manage.py', 'wsgi.py', 'asgi.py'], mentions: /DJANGO_SETTINGS_MODULE/ },
];

/** Projects that a library keeps to try itself out. */
const HARNESS =
  /^(?:test|dev|develop|example|demo|sandbox|runtests?)(?:s|ing|_?(?:project|app|site|settings|server))?$/;

/** A project of Django: the folder of `manage.py`, else the one from which the settings named in `wsgi.py` can be imported. */
export function* fromDocument(document: Document): Iterable<Stated> {
  const audience = audienceOfPath(document.path);
  if (audience === 'test' || audience === 'example') return;
  const named = settingsCall(document as Document<Module>);
  if (named === undefined) return;
  const folder = document.path.split('/').slice(0, -1);
  const directory = document.path.endsWith('manage.py') ? folder : importRoot(folder, named.module);
  const name = named.module.split('.')[0] ?? '';
  if (document.path.includes('{{')) return;
  // A library's manage.py starts its tests: `cms.tests.settings`.
  if (
    named.module
      .split('.')
      .slice(0, -1)
      .some((part) => /^tests?$/.test(part))
  )
    return;
  if (HARNESS.test(name) || HARNESS.test(directory.at(-1) ?? '')) return;
  const plain = ['config', 'conf', 'settings', 'core', 'project', 'app', 'src', 'backend'].includes(name);
  yield state(application, locate(document, named.call), {
    name: plain ? (directory.at(-1) ?? 'application') : name,
    told: document.path.endsWith('manage.py') ? 'by-administration' : 'by-serving',
    directory: directory.join('/'),
  });
}

/** `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")` */
function settingsCall(document: Document<Module>): { module: string; call: Call } | undefined {
  let found: { module: string; call: Call } | undefined;
  walkPython(document.tree, (node) => {
    if (node.type !== 'Call' || found !== undefined) return;
    const [name, module] = node.args;
    const isNamed = name?.type === 'Constant' && name.value === 'DJANGO_SETTINGS_MODULE';
    if (isNamed && module?.type === 'Constant' && module.kind === 'str') found = { module: module.value, call: node };
  });
  return found;
}

/** `shop/wsgi.py` that names `shop.settings` stands in the folder above `shop`. */
function importRoot(folder: readonly string[], module: string): readonly string[] {
  const first = module.split('.')[0] ?? '';
  const at = folder.lastIndexOf(first);
  return at < 0 ? folder : folder.slice(0, at);
}
