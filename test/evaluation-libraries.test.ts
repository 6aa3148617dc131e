import { describe, expect, it } from 'vitest';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { createProgram } from '../src/link/create-program.js';
import { readDependencies } from '../src/link/dependencies.js';
import type { EnvironmentVariable, Program } from '../src/link/program.js';
import { variablesOf } from '../src/link/python/values.js';
import { documentStore } from '../src/parse/documents.js';
import { plainValue, printableSettings } from '../src/technologies/django/printable-settings.js';
import { settingsModules, settingsOf } from '../src/technologies/django/settings.js';
import { modelsOf } from '../src/technologies/load.js';

const models = await modelsOf();

type Environment = Readonly<Record<string, string | null>>;

async function programOf(
  files: Readonly<Record<string, string>>,
  environment: Environment = {},
  words: readonly string[] = [],
): Promise<Program> {
  const inventory = inventoryOf(files);
  const documents = documentStore(inventory);
  await documents.load(['python']);
  const variables = Object.entries(environment).map(([name, value]): [string, EnvironmentVariable] => [
    name,
    { value: value ?? { unknown: 'set from a secret' } },
  ]);
  const location = { uri: 'Procfile', region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };
  return createProgram({
    launch: {
      component: 'web',
      directory: '',
      commands: words.length === 0 ? [] : [{ words, location }],
      mounts: [],
      environment: new Map(variables),
    },
    inventory,
    documents,
    dependencies: readDependencies(inventory),
    models,
  });
}

const MANAGE = 'import os\nif __name__ == "__main__":\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s")\n';

async function settings(
  code: string,
  environment: Environment = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const program = await programOf({ 's.py': code, 'manage.py': MANAGE, ...files }, environment);
  const found = settingsOf(program);
  const printed = printableSettings(found === undefined ? [] : [found]).modules[0]?.settings ?? {};
  return Object.fromEntries(
    Object.entries(printed).map(([name, one]) => [name, 'value' in one ? one.value : { $unknown: one.unknown }]),
  );
}

const unknown = (reason: string): unknown => ({ $unknown: expect.stringContaining(reason) as unknown });

describe('mitol-django-common', () => {
  it('gives what a variable says or the default, but none for what is required', async () => {
    const code = `
from mitol.common.envs import get_bool, get_delimited_list, get_int, get_string
import dj_database_url
DEBUG = get_bool(name="DEBUG", default=False, description="d")
AGE = get_int("AGE", 0)
HOSTS = get_delimited_list(name="HOSTS", default=[])
URL = get_string(name="DATABASE_URL", default="sqlite:///db", required=True)
DATABASES = {"default": dj_database_url.parse(URL)}
DATABASES["default"]["CONN_MAX_AGE"] = AGE
`;
    const found = await settings(code, { DEBUG: 'True', HOSTS: 'a, b' });
    expect(found).toMatchObject({ DEBUG: true, AGE: 0, HOSTS: ['a', 'b'], URL: unknown('DATABASE_URL is required') });
    expect(found.DATABASES).toMatchObject({ default: { CONN_MAX_AGE: 0, ENGINE: unknown('DATABASE_URL') } });
  });
});

describe('django-environ', () => {
  it('casts by method, scheme and default', async () => {
    const code = `
import environ
env = environ.Env(DEBUG=(bool, False), N=(int, 3), PLAIN=str)
DEBUG = env("DEBUG")
N = env("N")
HOSTS = env.list("HOSTS", default=["a"])
NUMBERS = env.list("NUMBERS", cast=int, default=[])
SMART = env("SMART", default=5)
D = env.dict("D", default={})
NEEDED = env("NEEDED")
T = env.bool("T", default=True)
P = env.path("P", default="/x")
`;
    expect(await settings(code, { DEBUG: 'on', NUMBERS: '1,2', SMART: '7', D: 'a=1,b=2', T: '0' })).toEqual({
      DEBUG: true,
      N: 3,
      HOSTS: ['a'],
      NUMBERS: [1, 2],
      SMART: 7,
      D: { a: '1', b: '2' },
      NEEDED: unknown('environment variable NEEDED is required'),
      T: false,
      P: expect.anything() as unknown,
    });
  });

  it.each([
    ['django-redis==5\nDjango==4.2', 'django_redis.cache.RedisCache'],
    ['Django==4.2', 'django.core.cache.backends.redis.RedisCache'],
    ['Django==3.2', 'redis_cache.RedisCache'],
  ])('gives the back end of a Redis cache that is declared: %s', async (requirements, backEnd) => {
    const code =
      'import environ\nenv = environ.Env()\nCACHES = {"default": env.cache("CACHE_URL", default="redis://h:6379/1?timeout=5")}\n';
    expect(await settings(code, {}, { 'requirements.txt': requirements })).toEqual({
      CACHES: { default: { BACKEND: backEnd, LOCATION: 'redis://h:6379/1', TIMEOUT: 5, OPTIONS: {} } },
    });
  });

  it('keeps the shape of a database whose address is a secret', async () => {
    const code =
      'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db()}\nDATABASES["default"]["CONN_MAX_AGE"] = 60\n';
    expect(await settings(code, { DATABASE_URL: null })).toMatchObject({
      DATABASES: { default: { ENGINE: unknown('secret'), CONN_MAX_AGE: 60 } },
    });
    expect(await settings(code, { DATABASE_URL: 'postgres://u:p%40@h/n?conn_max_age=5&sslmode=require' })).toEqual({
      DATABASES: {
        default: {
          NAME: 'n',
          USER: 'u',
          PASSWORD: 'p@',
          HOST: 'h',
          PORT: '',
          CONN_MAX_AGE: 60,
          OPTIONS: { sslmode: 'require' },
          ENGINE: 'django.db.backends.postgresql',
        },
      },
    });
  });

  it('reads .env files of the repository, without overwriting', async () => {
    const code =
      'import environ, os\nenv = environ.Env()\nenviron.Env.read_env(os.path.join(os.path.dirname(__file__), ".env"))\nA = env("A")\nB = env("B")\n';
    expect(await settings(code, { B: 'deployed' }, { '.env': 'A="from file"\nB=file # no\n' })).toEqual({
      A: 'from file',
      B: 'deployed',
    });
  });
});

describe('dj-database-url', () => {
  it('reads addresses, and adds what the call says', async () => {
    const code =
      'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="postgresql://u:p@h:5432/n?pool=true", conn_max_age=600, ssl_require=True)}\nS = dj_database_url.parse("sqlite:///db.sqlite3")\nE = dj_database_url.config("NOPE")\n';
    expect(await settings(code)).toEqual({
      DATABASES: {
        default: {
          ENGINE: 'django.db.backends.postgresql',
          USER: 'u',
          PASSWORD: 'p',
          HOST: 'h',
          PORT: 5432,
          NAME: 'n',
          CONN_MAX_AGE: 600,
          CONN_HEALTH_CHECKS: false,
          DISABLE_SERVER_SIDE_CURSORS: false,
          OPTIONS: { pool: true, sslmode: 'require' },
        },
      },
      S: {
        ENGINE: 'django.db.backends.sqlite3',
        USER: '',
        PASSWORD: '',
        HOST: '',
        PORT: '',
        NAME: 'db.sqlite3',
        CONN_MAX_AGE: 0,
        CONN_HEALTH_CHECKS: false,
        DISABLE_SERVER_SIDE_CURSORS: false,
      },
      E: {},
    });
  });

  it('has no key that the declared version does not know', async () => {
    const code = 'import dj_database_url\nD = dj_database_url.parse("mysql://h/n")\n';
    expect(
      Object.keys((await settings(code, {}, { 'requirements.txt': 'dj-database-url==0.5.0' })).D as object),
    ).not.toContain('CONN_HEALTH_CHECKS');
  });

  it('keeps what the call says of an address that is a secret', async () => {
    const code = 'import dj_database_url\nD = dj_database_url.config(conn_max_age=600)\n';
    expect(await settings(code, { DATABASE_URL: null })).toMatchObject({
      D: { ENGINE: unknown('secret'), CONN_MAX_AGE: 600 },
    });
  });
});

describe('other readers of the environment', () => {
  it('python-decouple', async () => {
    const code =
      'from decouple import config, Csv\nA = config("A", default=False, cast=bool)\nB = config("B", default="a, b", cast=Csv())\nC = config("C", cast=int)\nD = config("D")\n';
    expect(await settings(code, { A: 'yes' }, { '.env': 'C=5\n' })).toEqual({
      A: true,
      B: ['a', 'b'],
      C: 5,
      D: unknown('option D is required'),
    });
  });

  it('everett', async () => {
    const code =
      'from everett.manager import ConfigManager, ListOf, parse_bool\n_config = ConfigManager.basic_config()\nA = _config("A", default="false", parser=parse_bool)\nB = _config("B", default="1,2", parser=ListOf(int))\nC = _config("C", default="500", parser=int, doc="x")\nD = _config("D")\nE = _config("E", raise_error=False)\nF = _config("F", default="yes", parser=bool)\nG = _config("G", namespace="N", default="", alternate_keys=["root:OLD_G"])\n';
    expect(await settings(code, { A: 'on', N_G: '', OLD_G: 'old' })).toEqual({
      A: true,
      B: [1, 2],
      C: 500,
      D: unknown('option D is required'),
      E: null,
      F: true,
      G: 'old',
    });
    expect(await settings(code, { A: 'perhaps', F: null })).toMatchObject({
      A: unknown('truth value'),
      F: unknown('secret'),
    });
  });

  it('environs', async () => {
    const code =
      'from environs import Env\nenv = Env()\nenv.read_env()\nA = env.bool("A", False)\nB = env.list("B", subcast=int)\nC = env("C", "x")\nwith env.prefixed("P_"):\n    D = env.int("D")\nE = env.str("E", None)\nF = env.dj_db_url("F", "sqlite:///x")\n';
    expect(await settings(code, { A: 'on', B: '1,2', P_D: '4' })).toMatchObject({
      A: true,
      B: [1, 2],
      C: 'x',
      D: 4,
      E: null,
      F: { NAME: 'x' },
    });
  });

  it('python-dotenv, and variables that a script sets first', async () => {
    const code = 'import os\nA = os.environ.get("A", "default")\n';
    const files = {
      'wsgi.py':
        'import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "s")\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
      '.env': 'A=${B:-x}y\n',
    };
    expect(await settings(code, {}, files)).toEqual({ A: 'xy' });
  });

  it('django-split-settings', async () => {
    const code =
      'from split_settings.tools import include, optional\nBASE = 1\ninclude("parts/*.py", optional("local.py"))\n';
    expect(await settings(code, {}, { 'parts/a.py': 'A = BASE + 1\n', 'parts/b.py': 'A += 1\nB = 2\n' })).toEqual({
      BASE: 1,
      A: 3,
      B: 2,
    });
  });

  it('keeps what other libraries give', async () => {
    const code =
      'from datetime import timedelta\nfrom django.utils.translation import gettext_lazy as _\nfrom celery.schedules import crontab\nT = timedelta(days=1)\nS = int(timedelta(hours=1).total_seconds())\nL = [("en", _("English"))]\nC = {"task": crontab(minute=0)}\n';
    expect(await settings(code)).toEqual({
      T: { $external: 'datetime.timedelta', args: [], keywords: { days: 1 } },
      S: 3600,
      L: [['en', 'English']],
      C: { task: { $external: 'celery.schedules.crontab', args: [], keywords: { minute: 0 } } },
    });
  });
});

describe('which module production loads', () => {
  const files = {
    'manage.py': MANAGE.replace('"s"', '"config.settings.local"'),
    'config/__init__.py': '',
    'config/wsgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")\n',
    'config/settings/__init__.py': '',
    'config/settings/base.py': 'DEBUG = True\nA = 1\n',
    'config/settings/local.py': 'from .base import *\n',
    'config/settings/production.py': 'from .base import *\nDEBUG = False\n',
  };

  it('is what the deployment says, before what scripts say', async () => {
    const found = settingsOf(await programOf(files, { DJANGO_SETTINGS_MODULE: 'config.settings.base' }));
    expect(found).toMatchObject({ module: 'config.settings.base', confidence: 'named' });
    expect(found?.evidence[0]?.message).toContain('DJANGO_SETTINGS_MODULE');
  });

  it('is what the started script says, before what other scripts say', async () => {
    const found = settingsOf(await programOf(files, {}, ['gunicorn', 'config.wsgi:application']));
    expect(found).toMatchObject({
      module: 'config.settings.production',
      confidence: 'named',
      path: 'config/settings/production.py',
    });
    expect(found?.evidence[0]).toMatchObject({ location: { uri: 'config/wsgi.py', region: { startLine: 2 } } });
    expect(found?.placeOf('DEBUG')).toMatchObject({ uri: 'config/settings/production.py', region: { startLine: 2 } });
    expect(found?.placeOf('A')).toMatchObject({ uri: 'config/settings/base.py', region: { startLine: 2 } });
    expect(found?.placeOf('CACHES')).toMatchObject({ uri: 'config/settings/production.py', region: { startLine: 1 } });
  });

  it('is one that says production rather than one that says local, which is a guess', async () => {
    const without = (from: Readonly<Record<string, string>>, path: string): Readonly<Record<string, string>> =>
      Object.fromEntries(Object.entries(from).filter(([one]) => one !== path));
    const rest = without(files, 'config/wsgi.py');
    expect(settingsOf(await programOf(rest))).toMatchObject({
      module: 'config.settings.production',
      confidence: 'named',
    });
    const local = without(rest, 'config/settings/production.py');
    expect(settingsOf(await programOf(local))).toMatchObject({
      module: 'config.settings.local',
      confidence: 'guessed',
    });
  });

  it('is the only one beside that for developers that switches debugging off', async () => {
    const hosted = {
      'manage.py': MANAGE.replace('"s"', '"config.settings.local"'),
      'config/settings/__init__.py': '',
      'config/settings/base.py': 'INSTALLED_APPS = []\nDEBUG = True\n',
      'config/settings/local.py': 'from .base import *\n',
      'config/settings/static.py': 'from .base import *\nDEBUG = False\n',
    };
    const found = async (more: Readonly<Record<string, string>>) => settingsOf(await programOf({ ...hosted, ...more }));
    const one = { 'config/settings/acme.py': 'from config.settings.base import *\nDEBUG = TEMPLATE_DEBUG = False\n' };
    expect(await found(one)).toMatchObject({ module: 'config.settings.acme', confidence: 'guessed' });
    // Of two nobody knows which; what both begin with says more than what is for developers.
    const two = { ...one, 'config/settings/other.py': 'from .base import *\nDEBUG = False\n' };
    expect(await found(two)).toMatchObject({ module: 'config.settings.base', confidence: 'guessed' });
    expect(await found({})).toMatchObject({ module: 'config.settings.base', confidence: 'guessed' });
  });

  it('may be completed by a library, and what is absent is not known then', async () => {
    const of = async (line: string) =>
      settingsOf(
        await programOf({
          'manage.py': MANAGE.replace('"s"', '"app.settings"'),
          'app/settings.py': `${line}\nA = 1\n`,
        }),
      );
    const library = await of('from company_framework.conf.base import *');
    expect(library?.get('CACHES')).toMatchObject({ kind: 'unknown' });
    expect(library?.names.has('CACHES')).toBe(false);
    // What a library offers for settings to use is none.
    expect((await of('from django_auth_ldap.config import *'))?.get('CACHES')).toBeUndefined();
    expect(
      (await of('try:\n    from .local_settings import *\nexcept ImportError:\n    pass'))?.get('CACHES'),
    ).toBeUndefined();
  });

  it('is not known to set what a variable of a file that is not read switches on', async () => {
    const code =
      'import os\nA = 1\nif os.environ.get("SHOP_FAST"):\n    CACHES = {"default": {"BACKEND": "r"}}\nif os.environ.get("NOBODY"):\n    B = 1\n';
    const of = async (more: Readonly<Record<string, string>>) =>
      settingsOf(
        await programOf({ 'manage.py': MANAGE.replace('"s"', '"app.settings"'), 'app/settings.py': code, ...more }),
      );
    expect((await of({}))?.get('CACHES')).toBeUndefined();
    const doubted = await of({ 'ansible/host_vars/shop.yml': 'env:\n  SHOP_FAST: yes\n' });
    expect(doubted?.get('CACHES')).toMatchObject({ kind: 'unknown' });
    expect(doubted?.get('B')).toBeUndefined();
    expect(doubted?.get('A')).toMatchObject({ kind: 'int' });
  });

  it('is found in every project of a repository', async () => {
    const two = {
      'a/manage.py': MANAGE.replace('"s"', '"one.settings"'),
      'a/one/settings.py': 'X = 1\n',
      'b/manage.py': MANAGE.replace('"s"', '"two.settings"'),
      'b/two/settings.py': 'X = 2\n',
    };
    expect(settingsModules(await programOf(two)).map((one) => one.module)).toEqual(['one.settings', 'two.settings']);
  });

  it('is shown as unknown where a server that nobody deploys here may change it, and judged without one', async () => {
    const code =
      'import os\nURL = os.environ.get("REDIS_URL", "")\nHOST = os.environ.get("REDIS_HOST", "cache")\nif URL:\n    CACHES = {"default": {"BACKEND": "r"}}\n    SESSION_ENGINE = "s"\nelse:\n    CACHES = {"default": {"BACKEND": "l"}}\nAGE = 1\n';
    const program = await programOf({ 'app/settings.py': code, 'manage.py': MANAGE.replace('"s"', '"app.settings"') });
    const [shown] = settingsModules(program);
    expect(shown?.get('SESSION_ENGINE')).toMatchObject({ kind: 'unknown' });
    const caches = shown?.get('CACHES');
    expect(caches === undefined ? undefined : plainValue(caches)).toEqual({
      default: { BACKEND: unknown('REDIS_URL') },
    });
    expect(shown?.get('HOST')).toMatchObject({ kind: 'str', value: 'cache' });
    expect(shown?.get('AGE')).toMatchObject({ kind: 'int' });
    expect(settingsOf(program)?.get('SESSION_ENGINE')).toBeUndefined();
    const given = await programOf(
      { 'app/settings.py': code, 'manage.py': MANAGE.replace('"s"', '"app.settings"') },
      { REDIS_URL: '' },
    );
    expect(settingsModules(given)[0]?.get('SESSION_ENGINE')).toBeUndefined();
  });

  it('is none where there is no Django', async () => {
    expect(settingsOf(await programOf({ 'app.py': 'X = 1\n' }))).toBeUndefined();
  });

  it('evaluates settings classes', async () => {
    const found = settingsOf(
      await programOf(
        {
          'manage.py':
            'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")\nos.environ.setdefault("DJANGO_CONFIGURATION", "Prod")\n',
          'app/settings.py':
            'from configurations import Configuration, values\nclass Base(Configuration):\n    DEBUG = values.BooleanValue(True)\n    NAME = values.Value("n", environ_name="OWN")\n    HOSTS = values.ListValue([])\n    @property\n    def URL(self):\n        return "u" + self.KEY\n    KEY = "k"\nclass Prod(Base):\n    DEBUG = False\n    INSTALLED_APPS = Base.KEY + "x"\n',
        },
        { DJANGO_HOSTS: 'a,b', OWN: 'o' },
      ),
    );
    const names = Object.fromEntries(
      [...(found?.names ?? [])].map(([name, value]) => [name, 'value' in value ? value.value : value.kind]),
    );
    expect(names).toMatchObject({ DEBUG: false, URL: 'uk', KEY: 'k', INSTALLED_APPS: 'kx' });
    const hosts = found?.get('HOSTS');
    expect(hosts === undefined ? [] : variablesOf(hosts)).toContain('DJANGO_HOSTS');
  });

  it('evaluates the class for production where a loader that is not known reads classes', async () => {
    const code = `
from env_config import Environment
from env_config.decorators import classproperty

class Common(Environment):
    INSTALLED_APPS = ['shop']
    URL = 'redis://cache'
    @classproperty
    def CACHES(cls):
        return {'default': {'LOCATION': cls.URL}}

class Local(Common):
    DEBUG = True

class Production(Common, use_environ=True):
    DEBUG = False
`;
    expect(await settings(code)).toMatchObject({ DEBUG: false, CACHES: { default: { LOCATION: 'redis://cache' } } });
    // What the module sets at its own level is what Django finds.
    expect(await settings(`INSTALLED_APPS = []\nDEBUG = True\n${code}`)).toMatchObject({ DEBUG: true });
  });
});

describe('declared dependencies', () => {
  it.each<[string, string, unknown]>([
    [
      'requirements.txt',
      'Django>=4.2,<5  # web\n-r other.txt\nredis[hiredis]==5.0.1 ; python_version > "3"\n',
      [
        ['django', '4.2', false],
        ['redis', '5.0.1', false],
      ],
    ],
    ['requirements/dev.txt', 'pytest\n', [['pytest', undefined, true]]],
    [
      'pyproject.toml',
      '[project]\ndependencies = ["Django~=5.1"]\n[dependency-groups]\ndev = ["ruff"]\n',
      [
        ['django', '5.1', false],
        ['ruff', undefined, true],
      ],
    ],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.12"\nDjango = "^4.2"\nredis = {version = ">=5", extras = ["x"]}\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n',
      [
        ['django', '4.2', false],
        ['pytest', undefined, true],
        ['redis', '5', false],
      ],
    ],
    [
      'Pipfile',
      '[packages]\ndjango = "==3.2.1"\n[dev-packages]\nblack = "*"\n',
      [
        ['black', undefined, true],
        ['django', '3.2.1', false],
      ],
    ],
    [
      'setup.cfg',
      '[options]\ninstall_requires =\n    Django>=2.2\n    redis\n',
      [
        ['django', '2.2', false],
        ['redis', undefined, false],
      ],
    ],
    [
      'setup.py',
      'from setuptools import setup\nREQ = ["Django>=3.0", "redis"]\nsetup(install_requires=REQ)\n',
      [
        ['django', '3.0', false],
        ['redis', undefined, false],
      ],
    ],
  ])('%s', (path, text, expected) => {
    const found = readDependencies(inventoryOf({ [path]: text }));
    expect(found.map((one) => [one.name, one.version, one.development])).toEqual(expected);
  });

  it('takes the version of a lock file', () => {
    const found = readDependencies(
      inventoryOf({
        'pyproject.toml': '[project]\ndependencies = ["Django"]\n',
        'uv.lock': '[[package]]\nname = "django"\nversion = "5.2.3"\n',
      }),
    );
    expect(found).toMatchObject([{ name: 'django', version: '5.2.3' }]);
  });

  it('takes the lock file of the same folder or one above it, and of no other program', () => {
    const lock = (version: string) => `[[package]]\nname = "django"\nversion = "${version}"\n`;
    const manifest = '[project]\ndependencies = ["Django"]\n';
    const found = readDependencies(
      inventoryOf({
        'docs/uv.lock': lock('4.2.1'),
        'one/pyproject.toml': manifest,
        'one/poetry.lock': lock('5.1.2'),
        'two/member/pyproject.toml': manifest,
        'two/uv.lock': lock('5.2.3'),
        'three/Pipfile': '[packages]\ndjango = "*"\n',
        'three/Pipfile.lock': '{"default": {"django": {"version": "==3.2.25"}}}',
        'four/requirements.txt': 'Django>=4\n',
      }),
    );
    expect(found.map(({ location, version }) => [location.uri, version])).toEqual([
      ['four/requirements.txt', '4'],
      ['one/pyproject.toml', '5.1.2'],
      ['three/Pipfile', '3.2.25'],
      ['two/member/pyproject.toml', '5.2.3'],
    ]);
  });

  it('takes what pip-tools compiled beside it', () => {
    const found = readDependencies(
      inventoryOf({
        'requirements/base.in': 'Django<6\n',
        'requirements/base.txt': 'django==5.2.3 \\\n    --hash=sha256:abc\n    # via -r base.in\n',
      }),
    );
    expect(found.map(({ location, constraint }) => [location.uri, constraint])).toEqual([
      ['requirements/base.in', '==5.2.3'],
      ['requirements/base.txt', '==5.2.3'],
    ]);
  });
});

describe('django-heroku', () => {
  const CODE = `
import django_heroku
BASE_DIR = '/app'
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}}
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
django_heroku.settings(locals())
`;

  it('sets what it sets, and leaves the address of the database to the platform', async () => {
    const found = await settings(CODE);
    expect(found.MIDDLEWARE).toEqual([
      'whitenoise.middleware.WhiteNoiseMiddleware',
      'django.middleware.security.SecurityMiddleware',
    ]);
    expect(found.DATABASES).toEqual({ default: unknown('DATABASE_URL, which Heroku sets') });
    expect(found.ALLOWED_HOSTS).toEqual(['*']);
  });

  it('parses an address that is known', async () => {
    const { DATABASES } = await settings(CODE, { DATABASE_URL: 'postgres://u:p@db/n' });
    expect(DATABASES).toMatchObject({ default: { ENGINE: 'django.db.backends.postgresql', CONN_MAX_AGE: 600 } });
  });

  it('leaves out what it is told to leave out', async () => {
    const code = CODE.replace('locals()', 'locals(), databases=False, staticfiles=False');
    const found = await settings(code);
    expect(found.MIDDLEWARE).toEqual(['django.middleware.security.SecurityMiddleware']);
    expect(found.DATABASES).toMatchObject({ default: { ENGINE: 'django.db.backends.sqlite3' } });
  });
});

describe('services that are bound', () => {
  it('are asked before the environment: what that holds was meant, a default may not count', async () => {
    const code = `
from cfenv import AppEnv
env = AppEnv()
STAGE = env.get_credential('STAGE')
SIZE = env.get_credential('SIZE', 5)
DB = env.get_service(label='db').credentials
`;
    const found = await settings(code, { STAGE: 'prod' });
    expect(found).toMatchObject({
      STAGE: 'prod',
      SIZE: unknown('SIZE may be a credential'),
      DB: unknown('are not known'),
    });
  });
});

describe('what is not in the repository, and shown there', () => {
  const CODE = `
import os
DEBUG = os.environ.get('DEBUG', 'True') == 'True'
DATABASES = {'default': {
    'ENGINE': os.environ.get('SQL_ENGINE', 'django.db.backends.sqlite3'),
    'HOST': os.environ.get('SQL_HOST', 'localhost'),
    'NAME': os.environ.get('SQL_NAME', 'db.sqlite3'),
}}
KEYS = {'a': 1}
if os.environ.get('REGION'):
    KEYS = {'a': 2}
LEVEL = os.environ.get('LEVEL', 'INFO')
`;

  it('tells the servers, and that the rest comes to something else', async () => {
    const sample = 'DEBUG=False\nSQL_ENGINE=django.db.backends.postgresql\nSQL_HOST=db\nREGION=eu\nLEVEL=INFO\n';
    const found = await settings(CODE, {}, { '.env.prod.sample': sample });
    expect(found).toMatchObject({
      DEBUG: unknown('.env.prod.sample, of which production makes its own'),
      DATABASES: { default: { ENGINE: 'django.db.backends.postgresql', HOST: 'db', NAME: 'db.sqlite3' } },
      KEYS: { a: unknown('leads to something else') },
      LEVEL: 'INFO',
    });
  });

  it('is for developers where no word says production, or for nobody where there are several', async () => {
    for (const files of [
      { '.env.example': 'DEBUG=False\n' },
      { '.env.prod.example': 'DEBUG=False\n', 'env.production.sample': 'DEBUG=False\n' },
    ]) {
      expect(await settings(CODE, {}, files)).toMatchObject({ DEBUG: true });
    }
  });

  it('is required by the script that starts the container', async () => {
    const script = '#!/bin/bash\nif [[ -z $SQL_ENGINE ]]; then\n  echo no\n  exit 1\nfi\n: "${SQL_HOST:?is missing}"\n';
    const ENGINE = unknown('docker/entrypoint.sh does not start without it');
    expect(await settings(CODE, {}, { 'docker/entrypoint.sh': script })).toMatchObject({
      DATABASES: { default: { ENGINE, HOST: ENGINE, NAME: 'db.sqlite3' } },
    });
    const waits =
      '#!/bin/bash\nif [ -z "$SQL_ENGINE" ]; then\n  export SQL_ENGINE=x\nfi\nif [ -n "$A" ]; then exit 1; fi\n';
    expect(await settings(CODE, {}, { 'docker/entrypoint.sh': waits })).toMatchObject({
      DATABASES: { default: { ENGINE: 'django.db.backends.sqlite3' } },
    });
  });
});

describe('dynaconf', () => {
  const CODE = `
DEBUG = True
DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'localhost'}}
SESSION_ENGINE = 'django.contrib.sessions.backends.file'
import dynaconf
settings = dynaconf.DjangoDynaconf(__name__, settings_files=['settings.toml'])
`;
  const FILE = '[default]\nSESSION_ENGINE = "django.contrib.sessions.backends.db"\n[production]\nDEBUG = false\n';

  it('puts what its files and variables say over what the module says', async () => {
    const environment = { DJANGO_ENV: 'production', DJANGO_DATABASES__default__HOST: 'db', DJANGO_PAGE: '7' };
    expect(await settings(CODE, environment, { 'settings.toml': FILE })).toMatchObject({
      DEBUG: false,
      DATABASES: { default: { ENGINE: 'django.db.backends.postgresql', HOST: 'db' } },
      SESSION_ENGINE: 'django.contrib.sessions.backends.db',
      PAGE: 7,
    });
  });

  it('leaves open what the sections say differently where nothing chooses one', async () => {
    expect(await settings(CODE, {}, { 'settings.toml': FILE })).toMatchObject({
      DEBUG: unknown('environment variable DJANGO_ENV, which chooses the section of the file'),
      SESSION_ENGINE: 'django.contrib.sessions.backends.db',
    });
    expect(await settings(CODE, {}, { 'settings.toml': 'DEBUG = 1 1' })).toMatchObject({ DEBUG: true });
  });

  it('does not follow its marks', async () => {
    const file = '[default]\nSESSION_ENGINE = "@format x"\nDATABASES__default__HOST = "db"\n';
    expect(await settings(CODE, {}, { 'settings.toml': file })).toMatchObject({
      SESSION_ENGINE: unknown('marks of dynaconf'),
      DATABASES: unknown('marks of dynaconf'),
    });
  });
});

describe('pydantic-settings', () => {
  const CODE = `
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

class Common(BaseSettings):
    debug: bool = False

class Config(Common):
    model_config = SettingsConfigDict(env_prefix="APP_", env_file=".env")
    workers: int | None = None
    hosts: list[str] = ["a"]
    cache: str = Field(default="redis://cache", alias="CACHE_URL")
    key: SecretStr = SecretStr("x")
    database: str

config = Config()
DEBUG = config.debug
WORKERS = config.workers
ALLOWED_HOSTS = config.hosts
CACHE = config.cache
SECRET_KEY = config.key.get_secret_value()
DATABASE = config.database
`;

  it('reads each field from the variable of its name, as the type that is annotated', async () => {
    const environment = {
      APP_DEBUG: 'yes',
      APP_WORKERS: '4',
      APP_HOSTS: '["b"]',
      CACHE_URL: 'redis://x',
      APP_KEY: 'y',
    };
    expect(await settings(CODE, environment)).toMatchObject({
      DEBUG: true,
      WORKERS: 4,
      ALLOWED_HOSTS: ['b'],
      CACHE: 'redis://x',
      SECRET_KEY: 'y',
      DATABASE: unknown('environment variable APP_DATABASE is required'),
    });
  });

  it('takes the defaults of what nothing sets', async () => {
    expect(await settings(CODE)).toMatchObject({
      DEBUG: false,
      WORKERS: null,
      ALLOWED_HOSTS: ['a'],
      CACHE: 'redis://cache',
      SECRET_KEY: 'x',
    });
    expect(await settings(CODE, { APP_DEBUG: 'perhaps', APP_WORKERS: null })).toMatchObject({
      DEBUG: unknown('no bool'),
      WORKERS: unknown('secret'),
    });
  });
});

describe('an address that nothing sets', () => {
  it('is not known, and what the call says beside it is', async () => {
    const code = `
import dj_email_url
from environs import Env
env = Env()
DATABASES = {'default': env.dj_db_url('DATABASE_URL', conn_max_age=60)}
vars().update(dj_email_url.parse(env('EMAIL_URL')))
`;
    expect(await settings(code)).toMatchObject({
      DATABASES: { default: { ENGINE: unknown('DATABASE_URL is required'), CONN_MAX_AGE: 60 } },
      EMAIL_HOST: unknown('EMAIL_URL is required'),
    });
  });
});
