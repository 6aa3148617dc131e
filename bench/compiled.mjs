// The sources as modules of JavaScript, one by one: dist/ is a bundle, of which nobody can import a part.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const folder = join(root, 'node_modules/.compiled');
// What evaluation needs; what comes after it may be in pieces meanwhile.
const files = readdirSync(src, { recursive: true }).filter((path) =>
  /^(?:[^/\\]+|(?:discover|parse|link|facts|technologies)[/\\].*)$/.test(path),
);

await build({
  entryPoints: files.filter((path) => path.endsWith('.ts')).map((path) => join(src, path)),
  outbase: src,
  outdir: folder,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
});
for (const path of files) if (path.endsWith('.json')) cpSync(join(src, path), join(folder, path));

/** Loads a module of the program by its path without ending: `link/create-program`. */
export const compiled = (module) => import(join(folder, `${module}.js`));
