import { describe, expect, it } from 'vitest';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { unknown } from '../src/location.js';
import { REPOSITORY } from '../src/link/value.js';
import type { Program } from '../src/link/program.js';
import { combine } from '../src/technologies/alternatives.js';
import { managementCommand } from '../src/technologies/django/app-server.js';
import { containerPath } from '../src/technologies/container-path.js';
import { hostOf, isLoopback } from '../src/technologies/django/network-place.js';

describe('addresses', () => {
  it.each([
    ['redis://cache:6379/1', { host: 'cache', port: '6379' }],
    ['rediss://user:secret@cache.example.org/0', { host: 'cache.example.org' }],
    ['redis://:secret@127.0.0.1:6379', { host: '127.0.0.1', port: '6379' }],
    ['redis://[::1]:6379', { host: '[::1]', port: '6379' }],
    ['10.0.0.1:11211', { host: '10.0.0.1', port: '11211' }],
    ['unix:/run/memcached.sock', { host: 'unix:' }],
    ['unix:///run/redis.sock?db=1', { host: 'unix:' }],
    ['/run/memcached.sock', { host: '/run/memcached.sock' }],
    ['cache', { host: 'cache' }],
  ])('%s', (address, expected) => {
    expect(hostOf(address)).toEqual(expected);
  });

  it.each(['', 'localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]', 'unix:', '/var/run/postgresql', '@abstract'])(
    'the own machine: %s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(['db', 'localhost.example.org', '128.0.0.1', '10.0.0.1', '/cloudsql/acme:europe:main'])(
    'another machine: %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe('what several possibilities have in common', () => {
  it('is their value where all agree', () => {
    expect(combine(['host', 'host'], 'why')).toBe('host');
  });
  it('is unknown with all of them where they do not', () => {
    expect(combine(['host', 'cluster', 'host'], 'why')).toEqual(unknown('why', ['host', 'cluster']));
  });
  it('keeps the reason of a single one', () => {
    expect(combine([unknown('because', ['host'])], 'why')).toEqual(unknown('because', ['host']));
  });
  it('has no candidates where one of them has none', () => {
    expect(combine<string>(['host', unknown('because')], 'why')).toEqual(unknown('because'));
  });
});

describe('commands of manage.py', () => {
  it.each([
    ['python manage.py runserver 0.0.0.0:8000', 'runserver'],
    ['python3 -u backend/manage.py runserver', 'runserver'],
    ['./manage.py migrate --noinput', 'migrate'],
    ['poetry run python manage.py runserver_plus', 'runserver_plus'],
    ['django-admin runserver', 'runserver'],
    ['python -m django runserver', 'runserver'],
    ['exec gosu app python manage.py runserver', 'runserver'],
  ])('%s', (line, command) => {
    expect(managementCommand(line.split(' '))?.name).toBe(command);
  });

  it.each(['gunicorn shop.wsgi', 'python serve.py runserver', 'echo manage.py runserver', 'python manage.py'])(
    'none: %s',
    (line) => {
      expect(managementCommand(line.split(' '))).toBeUndefined();
    },
  );
});

describe('paths as the process sees them', () => {
  const at = (mounts: Program['launch']['mounts']): Program => ({ launch: { mounts } }) as Program;

  it.each([
    ['the image copies the root', [{ containerPath: '/app/', path: '' }], '/app/shop/media'],
    [
      'the nearest folder counts',
      [
        { containerPath: '/app', path: '' },
        { containerPath: '/srv', path: 'shop' },
      ],
      '/srv/media',
    ],
    [
      'a bind mount covers what the image copied',
      [
        { containerPath: '/app', path: '.' },
        { containerPath: '/code', path: '' },
      ],
      '/code/shop/media',
    ],
    ['names that only begin alike are others', [{ containerPath: '/srv', path: 'shop/med' }], 'shop/media'],
    ['nothing tells', [], 'shop/media'],
  ])('%s', (_, mounts, expected) => {
    expect(containerPath(at(mounts), `${REPOSITORY}/shop/media`)).toBe(expected);
  });

  it('leaves absolute paths alone', () => {
    expect(containerPath(at([{ containerPath: '/app', path: '' }]), '/var/media')).toBe('/var/media');
  });
});

describe('why a value is what it is', () => {
  const manage = (module: string): string =>
    `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;

  async function evidenceOf(kind: string, files: Record<string, string>): Promise<string[]> {
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    const [fact] = facts.filter((one) => one.kind === kind && one.technology === 'django');
    return (fact?.evidence ?? []).map(
      ({ message, location }) => `${location.uri}:${location.region.startLine} ${message}`,
    );
  }

  const compose = (variables: string): string =>
    `services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi\n    environment:\n${variables}`;

  it('tells the line of the deployment that sets a variable', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/settings.py': 'import os\nDEBUG = os.environ.get("DEBUG", "") == "True"\n',
      Dockerfile: 'FROM python\nCOPY . /app\n',
      'docker-compose.yml': compose('      DEBUG: "True"\n'),
    };
    expect(await evidenceOf('debug-mode', files)).toEqual([
      'docker-compose.yml:6 DEBUG is set here',
      'manage.py:2 manage.py names shop.settings',
    ]);
  });

  it('tells the line of the image', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/settings.py':
        'import os\nCACHES = {"default": {"BACKEND": os.environ.get("CACHE", "x")}}\nDATABASES = {}\n',
      Dockerfile:
        'FROM python\nCOPY . /app\nENV CACHE=django.core.cache.backends.locmem.LocMemCache\nCMD gunicorn shop.wsgi\n',
      'docker-compose.yml': 'services:\n  web:\n    build: .\n',
    };
    expect(await evidenceOf('cache', files)).toContain('Dockerfile:3 CACHE is set here');
  });

  it('does not say that a script names what the deployment sets', async () => {
    const files = {
      'manage.py': manage('shop.development'),
      'shop/development.py': 'DEBUG = True\n',
      'shop/live.py': 'DEBUG = False\n',
      Dockerfile: 'FROM python\nCOPY . /app\n',
      'docker-compose.yml': compose('      DJANGO_SETTINGS_MODULE: shop.live\n'),
    };
    expect(await evidenceOf('debug-mode', files)).toEqual([
      'docker-compose.yml:6 DJANGO_SETTINGS_MODULE is set to shop.live',
    ]);
  });

  it('takes no comment for evidence', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/settings.py': 'DEBUG = False\n',
      '.env': '# DJANGO_SETTINGS_MODULE=shop.settings\n',
    };
    expect(await evidenceOf('debug-mode', files)).toEqual(['manage.py:2 manage.py names shop.settings']);
  });

  it('says why an engine that is a placeholder is none', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/settings.py': 'DATABASES = {"default": {"ENGINE": "django.db.backends.", "HOST": "db"}}\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    expect(facts.find(({ kind }) => kind === 'database')?.properties).toMatchObject({
      engine: unknown(
        'DATABASES["default"]["ENGINE"] is "django.db.backends.", which names no engine until something else completes it',
      ),
    });
  });

  it('mends connections under ASGI by a pool', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/settings.py': 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "db"}}\n',
      Dockerfile: 'FROM python\nCOPY . /app\nCMD ["uvicorn", "shop.asgi:application"]\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    expect(facts.find(({ kind }) => kind === 'database-connection')?.properties).toMatchObject({
      remedyOnLoop: '"OPTIONS": {"pool": {"min_size": 2, "max_size": 8}}',
    });
  });

  it('names the part of a value that is not known', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/settings.py':
        'from acme_configuration import read\n' +
        'DATABASES = {"default": {"ENGINE": "django.db.backends." + read("kind"), "HOST": "db"}}\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    expect(facts.find(({ kind }) => kind === 'database')?.properties).toMatchObject({
      engine: unknown(
        'DATABASES["default"]["ENGINE"] is what acme_configuration.read() gives, which is not known here',
      ),
    });
  });

  it('names the file that each installation has for itself', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/settings.py': 'DEBUG = True\ntry:\n    from .private import *\nexcept ImportError:\n    pass\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    expect(facts.find(({ kind }) => kind === 'debug-mode')?.properties).toMatchObject({
      enabled: unknown('private.py, which shop/settings.py:3 reads and the repository does not hold, may set it', [
        true,
        false,
      ]),
    });
  });

  it.each([
    ['shop.devstack', 'shop/devstack.py', 'shop.devstack is for development by its name'],
    ['shop.docker_compose', 'shop/docker_compose.py', 'shop.docker_compose is for development by its name'],
    ['shop.live', 'shop/common.py', 'shop.live is deployed, which the repository does not hold'],
  ])('says why %s is doubted', async (module, path, reason) => {
    const files = {
      'manage.py': manage('shop.settings'),
      [path]: 'DEBUG = True\n',
      'shop/__init__.py': '\n',
      Dockerfile: `FROM python\nCOPY . /app\nENV DJANGO_SETTINGS_MODULE=${module}\nCMD gunicorn shop.wsgi\n`,
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    expect(facts.find(({ kind }) => kind === 'debug-mode')?.properties).toMatchObject({ enabled: unknown(reason) });
  });

  it.each([
    ['True', 'True', true],
    ['False', 'False', false],
    ['True', 'False', undefined],
    ['', 'True', undefined],
  ])('takes %j of a file to copy where the code has %j by itself', async (shown, own, expected) => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/__init__.py': '\n',
      'shop/settings.py': `import os\nDEBUG = os.environ.get('DEBUG', '${own}') == 'True'\n`,
      'deploy/env_app_template': `DEBUG=${shown}\n`,
      Dockerfile: 'FROM python\nCOPY . /app\nCMD gunicorn shop.wsgi\n',
      'deploy/compose.yml': 'services:\n  web:\n    build: ..\n    env_file: env_app\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    const reason = 'DEBUG: DEBUG: deploy/env_app, which the repository does not hold, may set it';
    const enabled = expected ?? unknown(reason);
    expect(facts.find(({ kind }) => kind === 'debug-mode')?.properties).toMatchObject({ enabled });
  });

  it.each([
    ['DEBUG', 'DEBUG: infrastructure/web.tf, which is not known to deploy this code, may set it'],
    ['OTHER', undefined],
  ])('doubts what follows from a variable where a deployment that is not read names %s', async (name, reason) => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/__init__.py': '\n',
      'shop/settings.py': `import os\nDEBUG = os.environ.get('DEBUG', 'True') == 'True'\n`,
      'infrastructure/web.tf': `resource "example_service" "web" {\n  env {\n    name = "${name}"\n  }\n}\n`,
      Dockerfile: 'FROM python\nCOPY . /app\nCMD gunicorn shop.wsgi\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    const enabled = reason === undefined ? true : unknown(`DEBUG: ${reason}`);
    expect(facts.find(({ kind }) => kind === 'debug-mode')?.properties).toMatchObject({ enabled });
  });

  it('keeps what stands beside an address that a file may give which the repository does not hold', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/__init__.py': '\n',
      'shop/settings.py':
        'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db("DATABASE_URL")}\n' +
        'DATABASES["default"]["CONN_MAX_AGE"] = 60\n',
      'requirements.txt': 'django==5.2\nmysqlclient==2.2.7\n',
      Dockerfile: 'FROM python\nCOPY . /app\nCMD gunicorn shop.wsgi\n',
      'deploy/compose.yml': 'services:\n  web:\n    build: ..\n    env_file: env_app\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    const found = (kind: string) => facts.find((one) => one.kind === kind);
    expect(found('database')?.properties).toMatchObject({
      engine: { unknown: expect.stringContaining('DATABASE_URL') as string },
    });
    expect(found('database-connection')?.properties).toMatchObject({ lifetime: 'persistent' });
    expect(found('database-connection')?.evidence.map(({ message }) => message)).toContain(
      'mysqlclient is the only driver of a database server that is installed',
    );
  });

  it('takes an address that a deployment gives for what the drivers of the project can speak to', async () => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/__init__.py': '\n',
      'shop/settings.py':
        'import os\nimport dj_database_url\nif os.getenv("DATABASE_URL"):\n    DATABASES = {"default": dj_database_url.config()}\n' +
        'else:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\n',
      'requirements.txt': 'django==5.2\npsycopg[binary]\n',
      'infrastructure/web.tf': 'resource "example_variables" "web" {\n  names = ["DATABASE_URL"]\n}\n',
      Procfile: 'web: gunicorn shop.wsgi\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    const found = (kind: string) => facts.find((one) => one.kind === kind)?.properties;
    expect(found('database')).toMatchObject({ engine: 'postgresql' });
    expect(found('database-connection')).toMatchObject({ lifetime: 'request' });
  });

  it.each([
    ['infrastructure/staging/web.tf', false],
    ['infrastructure/web.tf', true],
  ])('asks whether %s is for production', async (path, doubt) => {
    const files = {
      'manage.py': manage('shop.settings'),
      'shop/__init__.py': '\n',
      'shop/settings.py': `import os\nDEBUG = os.environ.get('DEBUG', 'True') == 'True'\n`,
      [path]: `env {\n  name = "DEBUG"\n}\n`,
      Dockerfile: 'FROM python\nCOPY . /app\nCMD gunicorn shop.wsgi\n',
    };
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    const enabled = doubt ? { unknown: expect.stringContaining('may set it') as string } : true;
    expect(facts.find(({ kind }) => kind === 'debug-mode')?.properties).toMatchObject({ enabled });
  });
});

describe('settings of any shape', () => {
  it('are done with in no time', async () => {
    const dots = Array.from({ length: 20_000 }, () => 'a').join('.');
    const code = `
DEBUG = False
LOADERS = []
LOADERS.extend([LOADERS] * 300)
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": LOADERS}}]
LOGGING = {
    "version": 1,
    "handlers": {"file": {"class": "logging.handlers.RotatingFileHandler", "maxBytes": None, "backupCount": []}},
    "loggers": {"${dots}": {"level": "DEBUG", "handlers": ["file"]}, "x": {"handlers": 3, "level": []}, "y": None},
    "root": {"level": 10, "handlers": ["file", "missing"], "filters": [None]},
}
MIDDLEWARE = [3, None, "silk.middleware.SilkyMiddleware"]
`;
    const { crashed, facts } = await gather(
      { root: '/' },
      inventoryOf({
        'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "s")\n',
        's.py': code,
        'templates/x.html': 'x',
      }),
    );
    expect([...crashed]).toEqual([]);
    const kinds = new Set(facts.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['logging', 'log-file', 'template-cache', 'development-tool']));
  }, 5000);
});
