import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = resolve('dist/cli.js');
/** In MiB. An ordinary audit needs about 60; whoever needs more for these has no bound. */
const MEMORY = 384;
/** On two busy cores; what hangs takes for ever. */
const PATIENCE = 60_000;

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'scalecard-hostile-'));
});
afterAll(() => {
  // Deeper than some implementations of rm can name.
  execFileSync('rm', ['-rf', parent]);
});

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(root: string, ...flags: string[]): Run {
  const done = spawnSync(process.execPath, [`--max-old-space-size=${MEMORY}`, CLI, 'audit', root, ...flags], {
    encoding: 'utf8',
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

type Tree = Readonly<Record<string, string | Buffer>>;

function folder(tree: Tree = {}): string {
  const root = mkdtempSync(join(parent, 'case-'));
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** Both formats, the second run of which gives the same bytes; a status of 0 or 1 says that the audit came to its end. */
function survives(root: string): Run {
  const json = run(root, '--format', 'json');
  expect([0, 1], json.err).toContain(json.status);
  expect(json.err).toBe('');
  JSON.parse(json.out);
  expect(run(root, '--format', 'json').out).toBe(json.out);
  const text = run(root);
  expect(text.status).toBe(json.status);
  for (const { out } of [json, text]) {
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(out).not.toMatch(/^\s*::/m);
    expect(out).not.toContain(parent);
  }
  return json;
}

const DEPTH = 20_000;
const open = (bracket: string): string => bracket.repeat(DEPTH);

/** A deployed application, so that what it is made of is really read. */
const APPLICATION: Tree = {
  'requirements.txt': 'Django==5.1\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_.settings')\n",
  'site_/__init__.py': '',
  'site_/settings.py': "SESSION_ENGINE = 'django.contrib.sessions.backends.file'\nINSTALLED_APPS = []\n",
  Dockerfile: 'FROM python:3.12\nCOPY . .\nENV DJANGO_SETTINGS_MODULE=site_.settings\nCMD ["gunicorn", "site_.wsgi"]\n',
};

describe('files that are no files', () => {
  test('nothing but pipes, sockets and links is nothing to audit', async () => {
    const root = folder();
    execFileSync('mkfifo', [join(root, 'settings.py')]);
    symlinkSync('/dev/zero', join(root, 'docker-compose.yml'));
    const server = createServer();
    await new Promise<void>((done) =>
      server.listen(join(root, 'nginx.conf'), () => {
        done();
      }),
    );
    const { status, err } = run(root);
    server.close();
    expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining('nothing to audit here') as string });
  });

  test('links lead nowhere: not round, not out', () => {
    const outside = folder({
      'secret.py': 'SESSION_ENGINE = "hidden-treasure"\n',
      'deep/docker-compose.yml': 'services: { treasure: {} }\n',
    });
    const root = folder(APPLICATION);
    symlinkSync('.', join(root, 'round'));
    symlinkSync('..', join(root, 'site_', 'up'));
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(join(outside, 'secret.py'), join(root, 'site_', 'local_settings.py'));
    symlinkSync(join(outside, 'secret.py'), join(root, 'gunicorn.conf.py'));
    symlinkSync(join(outside, 'deep', 'docker-compose.yml'), join(root, 'docker-compose.yml'));
    symlinkSync('itself', join(root, 'itself'));
    writeFileSync(join(root, 'site_', 'settings.py'), 'from .local_settings import *\nINSTALLED_APPS = []\n');
    const { out } = survives(root);
    expect(out).not.toMatch(/treasure/);
    expect(out).not.toMatch(/round|out\//);
  });

  test('paths in configuration that lead out are not followed either', () => {
    const outside = folder({ 'secret.env': 'TREASURE=hidden-treasure\n', 'secret.conf': 'worker_processes 4242;\n' });
    const root = folder({
      ...APPLICATION,
      'docker-compose.yml': `services:\n  web:\n    build: ../${outside.split('/').at(-1) ?? ''}\n    env_file: [${outside}/secret.env, ../../../etc/passwd]\n  proxy:\n    image: nginx\n    volumes: ['${outside}/secret.conf:/etc/nginx/nginx.conf']\n`,
      'nginx.conf': `include ${outside}/secret.conf;\ninclude ../../*/secret.conf;\ninclude /etc/passwd;\n`,
      'site_/settings.py': `exec(open('${outside}/secret.env').read())\nSECRET = open('/etc/passwd').read()\nDEBUG = SECRET\nINSTALLED_APPS = []\n`,
    });
    const { out } = survives(root);
    expect(out).not.toMatch(/treasure|4242|root:x/);
  });

  test('unreadable files and folders are told', () => {
    const root = folder({ ...APPLICATION, 'closed/a.py': '', 'shut.py': '' });
    chmodSync(join(root, 'closed'), 0);
    chmodSync(join(root, 'shut.py'), 0);
    const { out } = survives(root);
    chmodSync(join(root, 'closed'), 0o700);
    // Root may read everything.
    if (process.getuid?.() !== 0) expect(out).toContain('EACCES');
  });

  test('binary, empty and badly encoded files', () => {
    survives(
      folder({
        ...APPLICATION,
        'settings.py': Buffer.from([0, 1, 2, 255, 254]),
        'docker-compose.yml': Buffer.from('services:\n  \xff\xfe: {image: "\xc3\x28"}\n', 'latin1'),
        'nginx.conf': Buffer.from([0xff, 0xfe, 0x68, 0, 0x69, 0]),
        'k8s/a.yaml': '\ufeffkind: Deployment\r\nmetadata: {name: "x\u001b[31m\u202e"}\r\n',
        'k8s/b.yaml': '',
        Procfile: '\u0000',
      }),
    );
  });
});

describe('names', () => {
  test('that steer terminals, build servers and shells', () => {
    const root = folder(APPLICATION);
    const compose = 'services:\n  web:\n    image: nginx\n    command: x\n';
    for (const name of [
      '\u001b[2J',
      'a\nb',
      '::error::x',
      '##[error]y',
      '$(touch pwned)',
      '-rf',
      '--fail-on=never',
      '\u202egnp',
      ' ',
      'ü',
      '~',
      '*',
      '__proto__',
      'constructor',
    ]) {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, 'docker-compose.yml'), compose);
      writeFileSync(
        join(root, name, 'deployment.yaml'),
        `kind: Deployment\napiVersion: apps/v1\nmetadata: {name: ${JSON.stringify(name)}}\nspec: {replicas: 3, template: {spec: {containers: [{name: a, image: b}]}}}\n`,
      );
    }
    mkdirSync(join(root, '::error file=x::'));
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.yaml')]), compose);
    const text = run(root).out;
    expect(text).not.toMatch(/^\s*::|##\w*\[/m);
    survives(root);
    expect(existsSync(join(root, 'pwned'))).toBe(false);
  });

  test('of a folder two thousand levels deep', () => {
    const root = folder(APPLICATION);
    mkdirSync(join(root, 'd/'.repeat(2000)), { recursive: true });
    expect(survives(root).out).toContain('deeper than');
  });

  test('that mean something to JavaScript', () => {
    survives(
      folder({
        ...APPLICATION,
        'docker-compose.yml':
          'services:\n  __proto__: {image: nginx, replicas: 2}\n  constructor: {image: redis}\n  toString: {build: .}\n',
        'site_/settings.py':
          "__proto__ = {'__proto__': 1}\nCACHES = {'__proto__': {'BACKEND': 'x'}, 'constructor': {}}\nINSTALLED_APPS = ['__proto__']\n",
      }),
    );
  });
});

describe('sizes', () => {
  test('a JSON file of 50 MB, a sparse one of 200 MB and a million requirements are left out, and told', () => {
    const root = folder({
      ...APPLICATION,
      'data.json': `[${'1234567,'.repeat(6_250_000)}0]`,
      'requirements.txt': 'Django==5.1\n'.repeat(1_000_000),
    });
    writeFileSync(join(root, 'settings.py'), '');
    truncateSync(join(root, 'settings.py'), 200 * 1024 * 1024);
    expect(survives(root).out).toContain('requirements.txt');
  });

  test('files just small enough to be read', () => {
    survives(
      folder({
        ...APPLICATION,
        'requirements.txt': 'Django==5.1 \\\n'.repeat(130_000),
        'site_/settings.py': `INSTALLED_APPS = [\n${"  'some.application',\n".repeat(80_000)}]\n`,
        'k8s/many.yaml': 'kind: ConfigMap\nmetadata: {name: a}\n---\n'.repeat(20_000),
        'nginx.conf': `http {\n${'server { location / { return 200; } }\n'.repeat(40_000)}}\n`,
        'package.json': `{"dependencies": {${Array.from({ length: 60_000 }, (_, i) => `"a${i}": "1.0.0"`).join(',')}}}`,
        'my.cnf': `[mysqld]\nmax_connections = 1${' '.repeat(1_500_000)}x\n`,
        'one-line.py': `x = ${'1+'.repeat(200_000)}1\n`,
      }),
    );
  });
});

describe('shapes', () => {
  test.each([
    ['site_/settings.py', '['],
    ['site_/settings.py', '('],
    ['site_/settings.py', 'x = {1:'],
    ['site_/settings.py', 'not '],
    ['site_/settings.py', 'a if b else '],
    ['site_/settings.py', 'f"{'],
    ['docker-compose.yml', '['],
    ['docker-compose.yml', '{a: '],
    ['docker-compose.yml', '- '],
    ['k8s/web.yaml', '{"a": ['],
    ['package.json', '['],
    ['package.json', '{"a":'],
    ['nginx.conf', '{'],
    ['nginx.conf', 'http {'],
    ['haproxy.cfg', 'backend b\n server s '],
    ['default.vcl', 'sub vcl_recv { if (a) {'],
    ['Caddyfile', 'a {\n'],
    ['httpd.conf', '<Location />\n'],
    ['main.tf', 'a = ['],
    ['main.tf', 'a = "${'],
    ['fly.toml', 'a = ['],
    ['Dockerfile', 'CMD ['],
    ['Procfile', 'web: ('],
    ['Procfile', 'web: $('],
    ['gunicorn.conf.py', '['],
    ['pyproject.toml', 'a = ['],
    ['pyproject.toml', '['],
    ['setup.cfg', '['],
    ['.env', 'A=${'],
    ['docker-entrypoint.sh', 'if ('],
    ['scalecard-rules/x/y.yaml', '['],
  ])('%s of twenty thousand times %s', (path, opening) => {
    survives(folder({ ...APPLICATION, [path]: open(opening) }));
  });

  test('indentation without end', () => {
    const steps = Array.from({ length: 1500 }, (_, i) => i);
    survives(
      folder({
        ...APPLICATION,
        'docker-compose.yml': steps.map((i) => `${' '.repeat(i)}a:\n`).join(''),
        'site_/settings.py': steps.map((i) => `${' '.repeat(i)}if x:\n`).join('') + `${' '.repeat(1500)}pass\n`,
      }),
    );
  });

  test('aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const bomb = lines.join('\n');
    survives(
      folder({
        ...APPLICATION,
        'docker-compose.yml': `services: {web: {image: x}}\n${bomb}\n`,
        'k8s/web.yaml': `kind: Deployment\n${bomb}\n`,
        'k8s/round.yaml': 'kind: Deployment\na: &a\n  b: *a\n  c: &c [*c]\n<<: *a\n',
      }),
    );
  });

  test.each([
    ['loops without end', 'while True:\n    X = 1\n'],
    ['long loops', 'for i in range(10 ** 12):\n    X = i\n'],
    ['loops in loops', 'X = [a for a in range(99999) for b in range(99999) for c in range(99999)]\n'],
    ['texts that grow', "X = 'x' * 10 ** 11\nY = ['y'] * 10 ** 10\nZ = (0,) * 10 ** 10\nB = b'x' * 10 ** 11\n"],
    ['texts that double', "X = 'x'\nfor i in range(200):\n    X = X + X\n"],
    ['lists that double', 'X = [1]\nfor i in range(200):\n    X = X + X\n    X.extend(X)\n'],
    [
      'padding',
      "X = '{:>99999999999}'.format(1)\nY = '%99999999999d' % 1\nZ = 'x'.ljust(10 ** 11)\nA = f'{1:>{10 ** 11}}'\n",
    ],
    ['numbers that grow', 'X = 9 ** 9 ** 9 ** 9\nY = 1 << 10 ** 12\nZ = int("9" * 10 ** 6)\n'],
    [
      'calls without end',
      'def f(x):\n    return f(x + 1)\nX = f(1)\ndef g(n):\n    return g(n - 1) + g(n - 1) if n else 1\nY = g(200)\n',
    ],
    ['imports in a circle', 'from site_.settings import *\nimport site_.settings as S\nfrom . import settings\n'],
    [
      'structures that hold themselves',
      'X = []\nX.append(X)\nY = {}\nY["y"] = Y\nCACHES = {"default": Y}\nZ = str(X) + repr(Y)\n',
    ],
    [
      'slow patterns',
      "import re\nX = re.sub('(a+)+$', '', 'a' * 60 + 'b')\nY = re.match('(a|aa)+$', 'a' * 60 + 'b')\n",
    ],
    [
      'joins',
      "X = ','.join(['x' * 10 ** 6] * 10 ** 6)\nY = 'a'.replace('', 'x' * 10 ** 8)\nZ = 'x'.join('y' * 10 ** 9)\n",
    ],
    ['classes', 'class A:\n    @property\n    def x(self):\n        return self.x\nX = A().x\nclass B(B):\n    pass\n'],
  ])('settings that evaluate to trouble: %s', (_, code) => {
    survives(folder({ ...APPLICATION, 'site_/settings.py': `${code}\nINSTALLED_APPS = []\n` }));
  });
});

test('nothing of the repository is executed, and git is not asked', () => {
  const marker = join(parent, 'executed');
  const touch = `touch ${marker}`;
  const root = folder({
    ...APPLICATION,
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/config': `[core]\n\tfsmonitor = "${touch}"\n\tpager = "${touch}"\n\tsshCommand = "${touch}"\n[alias]\n\tstatus = "!${touch}"\n[filter "x"]\n\tclean = ${touch}\n`,
    '.git/hooks/post-checkout': `#!/bin/sh\n${touch}\n`,
    '.gitattributes': '* filter=x\n',
    'site_/settings.py': `import os, subprocess\nos.system('${touch}')\nsubprocess.run(['sh', '-c', '${touch}'])\nopen('${marker}', 'w').write('x')\n__import__('os').system('${touch}')\nINSTALLED_APPS = []\n`,
    'conftest.py': `import os; os.system('${touch}')\n`,
    'package.json': `{"scripts": {"prepare": "${touch}", "start": "${touch}"}}`,
    '.npmrc': `node-options=--require ./evil.cjs\n`,
    'evil.cjs': `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`,
    'scalecard.config.js': `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`,
    Makefile: `all:\n\t${touch}\n`,
    'rules/x.yaml': '!!js/function "process.exit(3)"\n',
    '.env': `NODE_OPTIONS=--require ./evil.cjs\n`,
  });
  survives(root);
  expect(run(root, '-e', join(root, '.env')).status).not.toBe(2);
  expect(existsSync(marker)).toBe(false);
});

test('user rules that lead out or say nothing sensible are refused, not followed', () => {
  const outside = folder({ 'x/hidden-treasure.yaml': 'id: hidden-treasure\n' });
  for (const rules of ['../../..', outside, 'missing', 'Dockerfile', '\u001b[31m']) {
    const root = folder({ ...APPLICATION, 'scalecard.yaml': `rule-folders: [${JSON.stringify(rules)}]\n` });
    const { status, out, err } = run(root);
    expect({ rules, status, out }).toEqual({ rules, status: 2, out: '' });
    expect(err).not.toMatch(/treasure|\u001b|defect of Scalecard/);
  }
});
