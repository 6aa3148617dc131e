import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { harmless } from '../harmless.js';

const CONFIGURATIONS = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`);

/** Valid for ESLint 9 and 10, with nothing else installed. */
const CONFIGURATION = `import scalecard from 'scalecard/eslint';

export default [
  scalecard.configs.ignores,
  // First: where a plugin below has a language of its own for a file, that one is taken, and our rules still run.
  ...scalecard.configs.recommended,
  // Rules for JavaScript belong to its files. Without "files" they would be asked about Python and YAML too:
  // { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'], ...js.configs.recommended },
];
`;

/** Ids of VS Code. Once the list is set it is the whole list, so it names what ESLint checks without it as well. */
const VALIDATED = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'vue', 'svelte', 'astro', 'html'],
  ...['markdown', 'json', 'jsonc', 'css', 'python', 'yaml', 'dockercompose', 'dockerfile', 'ini', 'properties'],
  ...['dotenv', 'nginx', 'shellscript', 'prisma'],
];
const KEY = 'eslint.validate';
const SETTINGS = '.vscode/settings.json';

/** What ESLint 8 reads and ESLint 9 does not: a new file beside it would switch its rules off. */
const OLD_CONFIGURATIONS = ['', '.js', '.cjs', '.json', '.yaml', '.yml'].map((ending) => `.eslintrc${ending}`);
const OLD_SECTION = 'eslintConfig';
/** See peerDependencies in package.json. */
const OLDEST = { major: 9, minor: 15 };

/** Sets ESLint and VS Code up; returns what to tell. What exists is at most added to, and else told what to add. */
export function initEslint(root: string): string[] {
  return [...configuration(root), ...editor(root), ...installation(root)];
}

function configuration(root: string): string[] {
  const existing = CONFIGURATIONS.find((name) => isThere(join(root, name)));
  const old = existing === undefined ? oldConfiguration(root) : undefined;
  if (old !== undefined)
    return [
      `no eslint.config.mjs written: ${old} belongs to ESLint 8, and its rules would be off; the plugin needs ESLint 9.15 or later`,
      `  npx @eslint/migrate-config ${old} turns it into eslint.config.mjs; then run this again`,
    ];
  if (existing === undefined) {
    writeFileSync(join(root, 'eslint.config.mjs'), CONFIGURATION, { flag: 'wx' });
    return ['eslint.config.mjs written'];
  }
  const text = read(join(root, existing)) ?? '';
  const isThereAlready = text.includes('scalecard/eslint');
  return [
    `${existing} exists already and is left as it is; ${isThereAlready ? 'it names scalecard/eslint' : 'add to it, first in the list:'}`,
    ...(isThereAlready
      ? []
      : [
          "  import scalecard from 'scalecard/eslint';",
          '  scalecard.configs.ignores, ...scalecard.configs.recommended,',
        ]),
    ...unscoped(text).map(
      ({ line, preset }) =>
        `${existing}:${line}: ${harmless(preset)} applies to every file, Python and YAML too; give it "files": { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'], extends: [${harmless(preset)}] }`,
    ),
  ];
}

function oldConfiguration(root: string): string | undefined {
  const file = OLD_CONFIGURATIONS.find((name) => isThere(join(root, name)));
  const manifest = objectIn(read(join(root, 'package.json')) ?? '{}') ?? {};
  return file ?? (Object.hasOwn(manifest, OLD_SECTION) ? 'package.json' : undefined);
}

/** Presets that stand alone in the list, a line each, as everybody writes them. */
function unscoped(text: string): { line: number; preset: string }[] {
  return text.split('\n').flatMap((line, index) => {
    const match =
      /^[ \t]{0,40}(?:\.\.\.)?([\w$]{1,60}\.configs(?:\.[\w$-]{1,60}|\[["'][\w/-]{1,60}["']\]){1,3}),?[ \t\r]{0,40}$/.exec(
        line,
      );
    const preset = match?.[1];
    return preset === undefined || preset.startsWith('scalecard.') ? [] : [{ line: index + 1, preset }];
  });
}

function editor(root: string): string[] {
  const file = join(root, SETTINGS);
  const wanted = `${JSON.stringify({ [KEY]: VALIDATED }, null, 2)}\n`;
  const isLinked = lstatSync(dirname(file), { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (!isThere(file) && !isLinked) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted, { flag: 'wx' });
    return [`${SETTINGS} written: VS Code gives ESLint these files only when they are listed`];
  }
  const text = isLinked ? undefined : read(file);
  const settings = text === undefined ? undefined : objectIn(text);
  const listed = settings?.[KEY] ?? [];
  if (settings === undefined || !Array.isArray(listed))
    return [
      `${SETTINGS} is left as it is (a link, or more than plain JSON); add to it:`,
      ...wanted.trimEnd().split('\n'),
    ];
  const missing = VALIDATED.filter((id) => !listed.includes(id));
  if (missing.length === 0) return [`${SETTINGS} lists all files already`];
  const indent = /^[ \t]+/m.exec(text ?? '')?.[0] ?? 2;
  writeFileSync(
    file,
    `${JSON.stringify({ ...settings, [KEY]: [...(listed as unknown[]), ...missing] }, null, indent)}\n`,
  );
  return [`${SETTINGS}: ${missing.length === 1 ? '1 kind' : `${missing.length} kinds`} of file added to ${KEY}`];
}

function installation(root: string): string[] {
  const install = 'npm install --save-dev eslint scalecard';
  const version = versionOf(root, 'eslint');
  if (version !== undefined && isOlder(version))
    return [`then: npm install --save-dev eslint@latest scalecard (the ESLint here is ${harmless(version)})`];
  if (version !== undefined && versionOf(root, 'scalecard') !== undefined) return [];
  const manifest = objectIn(read(join(root, 'package.json')) ?? '{}') ?? {};
  const groups = [manifest.dependencies, manifest.devDependencies];
  const has = (name: string): boolean =>
    groups.some((group) => typeof group === 'object' && group !== null && Object.hasOwn(group, name));
  return has('eslint') && has('scalecard') ? [] : [`then: ${install}`];
}

/** As installed. */
function versionOf(root: string, name: string): string | undefined {
  const version = objectIn(read(join(root, 'node_modules', name, 'package.json')) ?? '{}')?.version;
  return typeof version === 'string' ? version.slice(0, 40) : undefined;
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
}

/** A link counts as there, wherever it leads. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** The text of a regular file of a size that people write. */
function read(file: string): string | undefined {
  const status = lstatSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true || status.size > 1024 * 1024 || !existsSync(file)) return undefined;
  return readFileSync(file, 'utf8');
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
