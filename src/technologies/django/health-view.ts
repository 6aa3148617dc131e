import { state, type Stated } from '../../facts/fact.js';
import { healthView } from '../../facts/health-view.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { unknown, type Evidence } from '../../location.js';
import type { ClassDef, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import { routesOf, type Route } from './routes.js';
import { deedsOf } from './view-code.js';

const HEALTH = /health|alive|\blive|heartbeat|\bping\b|\bstatus\b|\bup\b/i;

/** Views that routes called like a health check lead to, and whether they ask a database. */
export function* fromProgram(program: Program): Iterable<Stated> {
  for (const route of routesOf(program)) {
    const path = route.path
      .slice(0, 500)
      .replace(/^\^?(?:\/\??)?/, '')
      .replace(/\??\$?$/, '');
    if (route.registered || !HEALTH.test(path) || /[<(…]/.test(path)) continue;
    const view = viewOf(program, route);
    if (view === undefined) continue;
    const asked = cursorIn(program, view) ?? deedsOf(program, [view]).work;
    yield state(
      healthView,
      program.pythonCode.locate(route.call),
      {
        path,
        view: view.node.name,
        asksDatabase:
          asked !== undefined && isChoosy(view) ? unknown('what is asked of it decides that') : asked !== undefined,
      },
      asked === undefined ? [] : [asked],
    );
  }
}

function viewOf(program: Program, route: Route): PythonPlace<FunctionDef | ClassDef> | undefined {
  const { module, node } = route.view;
  // `HealthView.as_view()`
  const named = node.type === 'Call' && node.func.type === 'Attribute' ? node.func.value : node;
  for (const target of program.pythonCode.resolve({ module, node: named })) {
    if (target.kind === 'class') return target.at;
    if (target.kind === 'function' && target.at.node.type === 'FunctionDef')
      return { module: target.at.module, node: target.at.node };
  }
  return undefined;
}

/** Looks at how it is asked: `/health/?full=1`. */
function isChoosy(view: PythonPlace<FunctionDef | ClassDef>): boolean {
  let choosy = false;
  walkPython(view.node, (node) => {
    if (node.type === 'Attribute' && /^(?:GET|query_params)$/.test(node.attr)) choosy = true;
    return !choosy;
  });
  return choosy;
}

/** `connection.cursor()`, `connections["default"].ensure_connection()`. */
function cursorIn(program: Program, view: PythonPlace<FunctionDef | ClassDef>): Evidence | undefined {
  let found: Evidence | undefined;
  walkPython(view.node, (node) => {
    if (found !== undefined) return false;
    if (node.type !== 'Call' || node.func.type !== 'Attribute') return true;
    const { attr, value } = node.func;
    if (!/^(?:cursor|ensure_connection|connect)$/.test(attr)) return true;
    const holder = value.type === 'Subscript' ? value.value : value;
    const isConnection = program.pythonCode
      .resolve({ module: view.module, node: holder })
      .some((one) => one.kind === 'library' && /^django\.db\.connections?$/.test(one.name));
    if (isConnection || /^connections?$/.test(spelling(holder)))
      found = {
        message: 'the database is asked here',
        location: program.pythonCode.locate({ module: view.module, node }),
      };
    return true;
  });
  return found;
}
