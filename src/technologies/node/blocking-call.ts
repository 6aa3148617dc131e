import type { TSESTree } from '@typescript-eslint/types';
import { blockingCall } from '../../facts/blocking-call.js';
import { state, type Stated } from '../../facts/fact.js';
import type { JavaScriptModule, Placed, Use } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { aboveOf, functionName, nameOf, written } from '../javascript-place.js';
import type { Node } from '../../parse/javascript/walk.js';
import { isFunction, isReached } from '../reached.js';
import { requestHandlers } from '../request-handlers.js';
import { onlyRequestPath, requestPath } from '../request-path.js';

type Kind = 'process' | 'computation' | 'disk';

/** Functions that hold the only thread until they are done, by the package that gives them. */
const FUNCTIONS: readonly (readonly [
  packages: readonly string[],
  names: RegExp,
  kind: Kind,
  remedy: (name: string) => string,
])[] = [
  [
    ['node:child_process', 'cross-spawn'],
    /^(?:execSync|execFileSync|spawnSync|sync)$/,
    'process',
    (name) => `await promisify(${name.replace(/Sync$/, '')})(...)`,
  ],
  [['execa'], /^(?:execaSync|execaCommandSync|sync|commandSync)$/, 'process', () => 'await execa(...)'],
  [
    ['node:crypto'],
    /^(?:pbkdf2Sync|scryptSync|generateKeyPairSync|generatePrimeSync|checkPrimeSync|argon2Sync)$/,
    'computation',
    (name) => `await promisify(crypto.${name.replace(/Sync$/, '')})(...)`,
  ],
  [
    ['bcrypt', 'bcryptjs', 'bcrypt-nodejs'],
    /^(?:hashSync|compareSync)$/,
    'computation',
    (name) => `await bcrypt.${name.replace(/Sync$/, '')}(...)`,
  ],
  [
    ['node:zlib'],
    /^(?:gzip|gunzip|deflate|inflate|deflateRaw|inflateRaw|unzip|brotliCompress|brotliDecompress|zstdCompress)Sync$/,
    'computation',
    (name) => `await promisify(zlib.${name.replace(/Sync$/, '')})(...)`,
  ],
  // What only asks whether a file is there, or makes a folder, is over before anything else could have run.
  [
    ['node:fs', 'fs-extra', 'graceful-fs'],
    /^(?:readFileSync|writeFileSync|appendFileSync|copyFileSync|readdirSync|cpSync|rmSync|readJsonSync|writeJsonSync|outputFileSync|copySync|moveSync|removeSync)$/,
    'disk',
    (name) => `await fs.promises.${name.replace(/Sync$/, '')}(...)`,
  ],
];

/** Calls between a handler and a file: further away it is hardly read for each request. */
const NEAREST = 1;

/** Calls that block, where a request comes to them: the loop of Node.js has one thread for all. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { javascript } = program;
  if (requestHandlers(program).size === 0) return;
  for (const [packages, names, kind, remedy] of FUNCTIONS) {
    for (const name of packages) {
      if (!javascript.imports(name)) continue;
      for (const use of javascript.uses(name)) {
        const method = use.steps.at(-1) ?? '';
        if (!names.test(method) || isReached(program, use) === false || isOnce(use)) continue;
        // Deriving a key takes its time whoever else asks for it; programs and files are mostly asked once, by what comes up.
        const path = kind === 'computation' ? requestPath(program, use) : onlyRequestPath(program, use);
        if (path === undefined || (kind === 'disk' && path.evidence.length > NEAREST)) continue;
        const handler = functionName({ module: use.module, node: path.handler });
        yield state(
          blockingCall,
          javascript.locate(use),
          {
            call: written({ module: use.module, node: use.node.callee }),
            kind,
            handler: handler === '' ? 'a function that answers requests' : handler,
            loop: 'always',
            remedy: remedy(method),
          },
          [{ message: `a request comes to it: ${path.reason}`, location: javascript.locate(use) }, ...path.evidence],
        );
      }
    }
  }
}

/** `if (!page) page = fs.readFileSync(...)`, `page ??= ...`: the first request does it for all. */
function isOnce(use: Use): boolean {
  const above = aboveOf(use);
  if (isReadThrough(use, above)) return true;
  const assigned = above.find((node) => node.type === 'AssignmentExpression' || node.type === 'LogicalExpression');
  if (assigned?.type === 'AssignmentExpression' && /^(?:\?\?|\|\|)=$/.test(assigned.operator)) return true;
  const kept =
    assigned?.type === 'AssignmentExpression'
      ? nameOf(assigned.left)
      : assigned?.type === 'LogicalExpression' && assigned.operator !== '&&'
        ? nameOf(assigned.left)
        : '';
  if (kept === '') return false;
  if (assigned?.type === 'LogicalExpression') return isAssigned(use, kept);
  return above.some((node) => node.type === 'IfStatement' && mentions(use, node.test.range, kept));
}

/** `if (pages[name]) return pages[name]; pages[name] = fs.readFileSync(...)`. */
function isReadThrough({ module }: Placed, above: readonly Node[]): boolean {
  return above.some((fn) => isFunction(fn) && fn.body.type === 'BlockStatement' && readsThrough(module, fn.body));
}

function readsThrough(module: JavaScriptModule, body: TSESTree.BlockStatement): boolean {
  const text = ({ range: [start, end] }: Node): string => module.document.text.slice(start, end);
  const kept = new Set<string>();
  for (const statement of body.body) {
    if (statement.type !== 'IfStatement') continue;
    const { consequent } = statement;
    const only = consequent.type === 'BlockStatement' ? consequent.body[0] : consequent;
    if (only?.type === 'ReturnStatement' && only.argument !== null) kept.add(text(only.argument));
  }
  return body.body.some(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'AssignmentExpression' &&
      kept.has(text(statement.expression.left)),
  );
}

/** `page = page || fs.readFileSync(...)` */
function isAssigned(use: Use, name: string): boolean {
  return aboveOf(use).some((node) => node.type === 'AssignmentExpression' && nameOf(node.left) === name);
}

function mentions({ module }: Placed, [start, end]: readonly [number, number], name: string): boolean {
  return module.document.text
    .slice(start, end)
    .split(/[^\w$]+/)
    .includes(name);
}
