/** The kinds of file that ESLint learns to open, and under which names. Last wins: a more special name stands below. */
export interface FileLanguage {
  /** `scalecard/<id>` in a configuration. */
  readonly id: string;
  /** Globs of ESLint. One that ends in `/*` would be no reason for ESLint to open a file, hence `/?*`. */
  readonly files: readonly string[];
  /** What begins a comment; absent where there are none. */
  readonly marker?: string;
  /** Whether a comment may follow something on its line. */
  readonly trailing?: boolean;
}

const TEMPLATE = '{template,tmpl,tpl,erb,j2,jinja,jinja2,in}';
/** Files without an ending. */
const BARE = '!(*.*)';

/**
 * Every file that a result can stand in, but JavaScript and TypeScript, which ESLint opens already, and what people lint
 * with a language of somebody else: those get our rules too, and keep their language.
 */
export const FILE_LANGUAGES: readonly FileLanguage[] = [
  { id: 'python', marker: '#', trailing: true, files: ['**/*.py'] },
  { id: 'yaml', marker: '#', trailing: true, files: ['**/*.{yaml,yml}'] },
  // Manifests that are read as such; all other JSON is left to whoever lints JSON.
  { id: 'json', files: ['**/package.json', '**/app.json'] },
  { id: 'ini', marker: '#', files: ['**/*.{ini,cfg}', `**/*.ini.${TEMPLATE}`] },
  {
    id: 'nginx',
    marker: '#',
    trailing: true,
    files: [
      '**/*.{conf,nginx}',
      `**/*.conf.${TEMPLATE}`,
      `**/nginx*.${TEMPLATE}`,
      '**/sites-{available,enabled}/?*',
      `**/{nginx,proxy}/**/${BARE}`,
    ],
  },
  {
    id: 'dotenv',
    marker: '#',
    files: ['**/.env', '**/.env.*', '**/*.env', `**/.envs/**/${BARE}`, '**/.envs/**/.*', `**/{env,envs}/**/${BARE}`],
  },
  {
    id: 'shell',
    marker: '#',
    trailing: true,
    files: ['**/*.{sh,bash}', '**/*entrypoint', '**/start', `**/{bin,compose,deploy,docker,scripts}/**/${BARE}`],
  },
  { id: 'prisma', marker: '//', trailing: true, files: ['**/*.prisma'] },
  { id: 'procfile', marker: '#', files: ['**/Procfile', '**/Procfile.*'] },
  {
    id: 'dockerfile',
    marker: '#',
    files: ['**/{Dockerfile,Containerfile}', '**/{Dockerfile,Containerfile}{.,-}*', '**/*.{D,d}ockerfile'],
  },
];

/** What the block is called that brings our rules to the files of other people's languages. */
export const OTHER_FILES = 'code';
