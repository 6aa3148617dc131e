import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';

export interface OutsideWrite {
  readonly to: 'database' | 'file' | 'service';
  readonly place: PythonPlace<Call>;
}

const DEEPEST = 2;
const MOST = 400;

/** The first write to what other processes share, in some statements or in what they call. */
export function outsideWrite(program: Program, module: PythonModule, body: readonly Node[]): OutsideWrite | undefined {
  const seen = new Set<Node>();
  let steps = 0;
  const look = (inModule: PythonModule, nodes: readonly Node[], depth: number): OutsideWrite | undefined => {
    let found: OutsideWrite | undefined;
    for (const node of nodes) {
      walkPython(node, (part) => {
        if (found !== undefined || ++steps > MOST) return false;
        // What is only defined here runs elsewhere.
        if (part.type === 'FunctionDef' || part.type === 'Lambda' || part.type === 'ClassDef') return false;
        if (part.type !== 'Call') return undefined;
        const place = { module: inModule, node: part };
        const to = targetOf(program, place);
        if (to !== undefined) found = { to, place };
        else if (depth < DEEPEST) found = below(place, depth);
        return undefined;
      });
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const below = (call: PythonPlace<Call>, depth: number): OutsideWrite | undefined => {
    for (const target of program.pythonCode.resolve({ module: call.module, node: call.node.func })) {
      if (target.kind !== 'function' || target.at.node.type !== 'FunctionDef' || seen.has(target.at.node)) continue;
      seen.add(target.at.node);
      const found = look(target.at.module, target.at.node.body, depth + 1);
      if (found !== undefined) return { to: found.to, place: call };
    }
    return undefined;
  };
  return look(module, body, 0);
}

const ROWS =
  /^(?:create|acreate|bulk_create|bulk_update|get_or_create|update_or_create|aget_or_create|aupdate_or_create|update|aupdate|delete|adelete)$/;
const MANAGERS = /^(?:objects|[a-z]+_objects|_default_manager|_base_manager)$/;
const FILES =
  /^(?:os\.(?:rename|replace|remove|unlink|rmdir|makedirs|mkdir|symlink|truncate)|shutil\.(?:copy\w*|move|rmtree)|subprocess\.(?:run|call|check_call|check_output|Popen)|pathlib\.Path\(\).*\.(?:write_text|write_bytes|unlink|rename|replace|touch|mkdir))\(\)$/;
const SERVICES = /^(?:requests|httpx)\b.*\.(?:post|put|patch|delete)\(\)$/;

function targetOf(program: Program, { module, node }: PythonPlace<Call>): OutsideWrite['to'] | undefined {
  const { func } = node;
  if (func.type === 'Attribute') {
    if (/^(?:write_text|write_bytes)$/.test(func.attr)) return 'file';
    if (ROWS.test(func.attr) && isQuery(func.value)) return 'database';
    if (func.attr === 'commit' && /session$|^conn(?:ection)?$|^db$/i.test(lastName(func.value))) return 'database';
    if (/^(?:save|asave|delete|adelete)$/.test(func.attr) && isRow(program, { module, node: func.value }))
      return 'database';
  }
  if (func.type === 'Name' && func.id === 'open') return writes(node) ? 'file' : undefined;
  if (func.type === 'Attribute' && func.attr === 'open' && writes(node)) return 'file';
  for (const target of program.pythonCode.resolve({ module, node })) {
    if (target.kind !== 'library') continue;
    if (FILES.test(target.name)) return 'file';
    if (SERVICES.test(target.name)) return 'service';
  }
  return undefined;
}

/** `Book.objects.filter(...)`, however long the chain. */
function isQuery(node: Expression): boolean {
  let at = node;
  for (;;) {
    if (at.type === 'Call') at = at.func;
    else if (at.type === 'Attribute') {
      if (MANAGERS.test(at.attr)) return true;
      at = at.value;
    } else return false;
  }
}

/** An object of a model: made by its class, or got from a query. */
function isRow(program: Program, place: PythonPlace<Expression>): boolean {
  return program.pythonCode
    .resolve(place)
    .some((target) =>
      target.kind === 'instance'
        ? program.pythonCode.ancestry(target.of).libraries.some((one) => /(?:^|\.)models\.Model$/.test(one))
        : target.kind === 'library' && /\.objects\..*\(\)$/.test(target.name),
    );
}

/** `open(path, "a")`: whoever only reads disturbs nobody. */
function writes({ args, keywords, func }: Call): boolean {
  const mode = keywords.find(({ name }) => name === 'mode')?.value ?? args[func.type === 'Name' ? 1 : 0];
  return (
    mode?.type === 'Constant' && mode.kind === 'str' && /^[rwaxbt+]{1,4}$/.test(mode.value) && /[wax+]/.test(mode.value)
  );
}

function lastName(node: Expression): string {
  return node.type === 'Name' ? node.id : node.type === 'Attribute' ? node.attr : '';
}
