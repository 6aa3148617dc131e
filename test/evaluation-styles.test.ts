import { describe, expect, it } from 'vitest';
import { plainValue } from '../src/technologies/django/printable-settings.js';
import { candidatesOf } from '../src/technologies/django/settings-evidence.js';
import { settingsOf } from '../src/technologies/django/settings.js';
import { programOf, settings, unknown } from './evaluated-settings.js';

/** Ways of writing settings that real projects have, and that went wrong or unknown once. */
describe('configuration readers of the project', () => {
  const READER = `
import configparser, functools, os
def fallback(fn):
    def wrapper(*args, **kwargs):
        otherwise = kwargs.pop("fallback", None)
        try:
            return fn(*args, **kwargs)
        except (configparser.NoSectionError, configparser.NoOptionError):
            if otherwise:
                return otherwise
            raise
    return functools.wraps(fn)(wrapper)
class Reader(configparser.RawConfigParser):
    def __init__(self):
        super().__init__(inline_comment_prefixes=(";",))
    @fallback
    def get(self, section, option, **kwargs):
        return os.environ.get(f"APP_{section}_{option}".upper()) or super().get(section, option, **kwargs)
    @fallback
    def getint(self, *args, **kwargs):
        return super().getint(*args, **kwargs)
`;

  it('find the class of a decorated method, and their own get() below getint()', async () => {
    const code = `${READER}
config = Reader()
config.read_string("[net]\\nport = 80 ; usual\\nhost = a;b\\n")
PORT = config.getint("net", "port")
HOST = config.get("net", "host")
SIZE = config.getint("net", "size", fallback=7)
BACKLOG = config.getint("net", "backlog", fallback=7)
`;
    expect(await settings(code, { APP_NET_SIZE: '9' })).toEqual({ PORT: 80, HOST: 'a;b', SIZE: 9, BACKLOG: 7 });
  });

  it('ask through _get(), and know the mark for no default', async () => {
    const code = `
from configparser import RawConfigParser, _UNSET, NoOptionError, NoSectionError
class Reader(RawConfigParser):
    def _get(self, section, conv, option, **kwargs):
        return conv(super().get(section, option, **kwargs))
    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return "[" + super().get(section, option, raw=raw, vars=vars, fallback=fallback) + "]"
config = Reader()
config.read_string("[a]\\nn = 5\\n")
N = config.getint("a", "n")
TEXT = config.get("a", "n")
OTHER = config.get("a", "m", fallback="x")
try:
    NONE = config.getint("a", "m")
except (NoOptionError, NoSectionError):
    NONE = None
`;
    expect(await settings(code)).toMatchObject({ N: 5, TEXT: '[5]', OTHER: '[x]', NONE: null });
  });

  it('take delimiters and comments that they are told', async () => {
    const code = `
import configparser
config = configparser.ConfigParser(delimiters=("=",), comment_prefixes=("//",))
config.read_string("[a]\\n// note\\nurl: x = y:1\\n")
VALUE = config.get("a", "url: x")
`;
    expect(await settings(code)).toEqual({ VALUE: 'y:1' });
  });
});

describe('what may fail', () => {
  it('leaves both ways open where a conversion of something unknown is tried', async () => {
    const code = `
import os
try:
    PORT = int(os.environ["PORT"])
except ValueError:
    METRICS = False
else:
    METRICS = True
`;
    expect(await settings(code, { PORT: null })).toMatchObject({ METRICS: unknown('set from a secret') });
    expect(await settings(code, { PORT: '80' })).toEqual({ PORT: 80, METRICS: true });
  });

  it('does not keep a table of a library that was changed', async () => {
    const code = `
from library.tables import DEFAULTS, NAMES, OTHERS
DEFAULTS["x"] = 1
NAMES.append("y")
`;
    expect(await settings(code)).toEqual({
      DEFAULTS: unknown('was changed'),
      NAMES: unknown('was changed'),
      OTHERS: { $external: 'library.tables.OTHERS' },
    });
  });
});

describe('the machine', () => {
  it('has the usual folders, and others only as far as the deployment tells', async () => {
    const code = `
import os
from pathlib import Path
A = os.path.isdir("/var/tmp")
B = os.path.exists("/nowhere")
C = Path("/data").exists()
D = os.path.exists(os.environ["CONF"])
E = os.path.exists(os.environ.get("UNSET", "/nothing"))
`;
    const files = { 's.py': code, 'compose.yaml': 'services:\n  web:\n    volumes: ["photos:/data/photos"]\n' };
    expect(await settings({ ...files, Dockerfile: 'VOLUME /data\n' }, { CONF: '/x/conf.yml' })).toEqual({
      A: true,
      B: false,
      C: unknown('running system'),
      D: unknown('running system'),
      E: false,
    });
  });

  it('loads no test runner in production', async () => {
    const code = 'import sys, json\nA = "pytest" in sys.modules\nB = "s" in sys.modules\n';
    expect(await settings({ 's.py': code, 'requirements.txt': 'flask\n' })).toEqual({ A: false, B: true });
  });

  it('asks for extensions, which only declared packages bring', async () => {
    const code = `
from importlib.metadata import entry_points
APPS = ["a"]
for point in entry_points().select(group="shop.plugins"):
    APPS.append(point.value)
OWN = list(entry_points(group="mine.plugins"))
`;
    expect(await settings({ 's.py': code, 'setup.cfg': '[options.entry_points]\nmine.plugins =\n  a = b\n' })).toEqual({
      APPS: ['a'],
      OWN: unknown('which packages extend the program'),
    });
  });
});

describe('environs', () => {
  it('gives defaults back as they are, and does not guess at other classes', async () => {
    const code = `
from environs import Env
env = Env()
A = env.enum("A", default="X", type=str)
B = env.date("B", default=None)
C = env.time("C")
`;
    expect(await settings(code, { C: '10:00' })).toEqual({ A: 'X', B: null, C: unknown('read as time') });
  });
});

describe('texts', () => {
  it('in memory are read like files', async () => {
    const code = `
import configparser, io
config = configparser.ConfigParser()
config.read_file(io.StringIO("[a]\\nb = c\\n"))
config.read(["/etc/shop/shop.conf"])
VALUE = config.get("a", "b")
WRITTEN = io.StringIO()
`;
    const files = { 's.py': code, Dockerfile: 'VOLUME /etc/shop/shop.conf\n' };
    expect(await settings(files)).toEqual({ VALUE: 'c', WRITTEN: unknown('not followed') });
  });

  it('are read by the standard library', async () => {
    const code = `
import ast, shlex
from distutils.util import strtobool
from email.utils import getaddresses, parseaddr
from urllib.parse import urljoin, urlparse, urlunparse, urlunsplit
LITERAL = ast.literal_eval("{'a': [1, -2.5, (None, True)], 'b': {1}}")
CALL = ast.literal_eval("open('x')")
ON = bool(strtobool("off"))
JOINED = shlex.join(["a b", "c"])
WORDS = shlex.split("run --x 'a b'")
ADMINS = getaddresses(["Root User <root@localhost.dev>, b@c.d"])
ODD = parseaddr("a(b)@c")
ONE = urljoin("https://h:443/a/b", "c/../d")
TWO = urljoin("s3://bucket/a", "b")
THREE = urlparse("redis://h:1/0?x=1")._replace(scheme="rediss").geturl()
FOUR = urlunsplit(("http", "h", "p", "q=1", ""))
FIVE = urlunparse(("http", "h", "/p", "", "", "f"))
`;
    expect(await settings(code)).toEqual({
      LITERAL: { a: [1, -2.5, [null, true]], b: [1] },
      CALL: unknown('no literal'),
      ON: false,
      JOINED: "'a b' c",
      WORDS: ['run', '--x', 'a b'],
      ADMINS: [
        ['Root User', 'root@localhost.dev'],
        ['', 'b@c.d'],
      ],
      ODD: unknown('not known'),
      ONE: 'https://h:443/a/d',
      TWO: 'b',
      THREE: 'rediss://h:1/0?x=1',
      FOUR: 'http://h/p?q=1',
      FIVE: 'http://h/p#f',
    });
  });

  it('compare with members of enumerations', async () => {
    const code = `
from enum import Enum
class Way(Enum):
    LOCAL = "local"
    FAR = "far"
class Kind(str, Enum):
    A = "a"
WAY = [x for x in Way if x.value == "far"][0]
IS_FAR = WAY == Way.FAR
IS_LOCAL = WAY == Way.LOCAL
PLAIN = Way.LOCAL == "local"
MIXED = Kind.A == "a"
`;
    expect(await settings(code)).toMatchObject({ IS_FAR: true, IS_LOCAL: false, PLAIN: false, MIXED: true });
  });
});

describe('files that are loaded by their path', () => {
  it('are modules, or names for a dictionary', async () => {
    const code = `
import importlib.util, os, runpy
from importlib.machinery import SourceFileLoader
here = os.path.dirname(__file__)
spec = importlib.util.spec_from_file_location("local_conf", os.path.join(here, "conf", "local-conf.py"))
conf = importlib.util.module_from_spec(spec)
spec.loader.exec_module(conf)
PORT = conf.PORT
globals().update({k: v for k, v in runpy.run_path(os.path.join(here, "conf", "more.py")).items() if k.isupper()})
SAME = SourceFileLoader("again", os.path.join(here, "conf", "local-conf.py")).load_module().PORT
`;
    const files = { 's.py': code, 'conf/local-conf.py': 'PORT = 80\n', 'conf/more.py': 'LIMIT = 3\nlower = 1\n' };
    expect(await settings(files)).toEqual({ PORT: 80, LIMIT: 3, SAME: 80 });
  });
});

describe('python-decouple', () => {
  it('knows choices, and lists of nothing', async () => {
    const code = `
from decouple import Choices, Csv, config
LEVEL = config("LEVEL", default="info", cast=Choices(["info", "debug"]))
SIZE = config("SIZE", default=10, cast=Choices(range(1, 11), cast=int))
LIST = config("LIST", default=None, cast=Csv())
`;
    expect(await settings(code, { LEVEL: 'debug' })).toEqual({ LEVEL: 'debug', SIZE: 10, LIST: [] });
  });
});

describe('django-environ', () => {
  it('has paths of its own, and shows the environment', async () => {
    const code = `
import environ, os
ROOT = environ.Path(__file__) - 1
MEDIA = os.path.join(ROOT, "media")
env = environ.Env()
NAMES = [name for name in env.ENVIRON.keys() if name.startswith("APP_")]
`;
    expect(await settings(code, { APP_X: '1' })).toEqual({
      ROOT: '/repository',
      MEDIA: '/repository/media',
      NAMES: ['APP_X'],
    });
  });
});

describe('django-configurations', () => {
  const MANAGE =
    'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")\nos.environ.setdefault("DJANGO_CONFIGURATION", "Prod")\n';

  async function inClass(code: string, environment: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const found = settingsOf(await programOf({ 'manage.py': MANAGE, 'app/settings.py': code }, environment));
    return Object.fromEntries([...(found?.names ?? [])].map(([name, value]) => [name, plainValue(value)]));
  }

  it('makes values inside of others as soon as their variable is named', async () => {
    const code = `
import os
from configurations import Configuration, values
BASE = "/srv"
class Base(Configuration):
    DATABASES = {"default": {
        "NAME": values.Value("shop", environ_name="DB_NAME", environ_prefix=None),
        "PORT": values.IntegerValue(5432, environ_name="DB_PORT", environ_prefix=None),
    }}
    LANGUAGES = values.SingleNestedTupleValue((("en", "English"),))
    PAIRS = values.SingleNestedListValue([], seq_separator=";")
    EXTRA = values.DictValue({}, environ_name="EXTRA")
    HOSTS = values.ListValue(["a"])
    DB = values.DatabaseURLValue("sqlite:///x.db")
    EMAIL = values.EmailURLValue("smtp://h:25")
class Prod(Base):
    APPS = ["x"]
    def __init__(self):
        self.APPS += ["y"]
    def CALLED(self):
        return len(self.APPS)
    @property
    def MADE(self):
        return f"{self.HOSTS[0]}!"
    @classmethod
    def post_setup(cls):
        cls.APPS.append("z")
`;
    expect(await inClass(code, { DB_PORT: '6432', DJANGO_PAIRS: 'a,b;c,d', DJANGO_EXTRA: "{'k': 1}" })).toMatchObject({
      BASE: '/srv',
      DATABASES: { default: { NAME: 'shop', PORT: 6432 } },
      LANGUAGES: [['en', 'English']],
      PAIRS: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      EXTRA: { k: 1 },
      HOSTS: ['a'],
      DB: { default: { ENGINE: 'django.db.backends.sqlite3', NAME: 'x.db' } },
      EMAIL_HOST: 'h',
      APPS: ['x', 'y', 'z'],
      CALLED: 2,
      MADE: 'a!',
    });
  });

  it('reads the file of variables that a class names', async () => {
    const code =
      'from configurations import Configuration, values\nclass Prod(Configuration):\n    DOTENV = "variables.env"\n    NAME = values.Value("none")\n';
    const program = await programOf({
      'manage.py': MANAGE,
      'app/settings.py': code,
      'variables.env': "DJANGO_NAME='from file'\n",
    });
    const name = settingsOf(program)?.get('NAME');
    expect(name === undefined ? undefined : plainValue(name)).toBe('from file');
  });

  it('follows values of the project', async () => {
    const code = `
from configurations import Configuration, values
class Upper(values.Value):
    def to_python(self, value):
        return super().to_python(value).upper()
class Prod(Configuration):
    NAME = Upper("none")
    OTHER = Upper("none", environ_name="OTHER", environ_prefix="APP")
`;
    expect(await inClass(code, { DJANGO_NAME: 'a', APP_OTHER: 'b' })).toMatchObject({ NAME: 'A', OTHER: 'B' });
  });
});

describe("Django's own tables", () => {
  it('are known as far as they do not grow', async () => {
    const code = `
from copy import deepcopy
from django.conf.global_settings import LANGUAGES as ALL
from django.utils.log import DEFAULT_LOGGING
LOGGING = deepcopy(DEFAULT_LOGGING)
LOGGING["loggers"]["django"]["level"] = "ERROR"
`;
    expect(await settings(code)).toMatchObject({
      ALL: unknown('differs from version to version'),
      LOGGING: { loggers: { django: { level: 'ERROR', handlers: ['console', 'mail_admins'] } } },
      DEFAULT_LOGGING: { loggers: { django: { level: 'INFO' } } },
    });
  });
});

describe('headers of other sites', () => {
  it.each([
    [
      'django-cors-headers==4.3',
      ['accept', 'authorization', 'content-type', 'user-agent', 'x-csrftoken', 'x-requested-with', 'x-own'],
    ],
    [
      'django-cors-headers==3.13',
      [
        'accept',
        'accept-encoding',
        'authorization',
        'content-type',
        'dnt',
        'origin',
        'user-agent',
        'x-csrftoken',
        'x-requested-with',
        'x-own',
      ],
    ],
  ])('are added to those of the declared version: %s', async (requirement, headers) => {
    const code = 'from corsheaders.defaults import default_headers\nHEADERS = [*default_headers, "x-own"]\n';
    expect(await settings({ 's.py': code, 'requirements.txt': requirement })).toEqual({ HEADERS: headers });
  });
});

describe('the module', () => {
  it('that a function of the project names is found', async () => {
    const program = await programOf({
      'manage.py': 'import os\nfrom utils import module\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", module())\n',
      'utils.py': 'def module():\n    return "shop.settings_prod"\n',
      'shop/settings_prod.py': 'SECRET_KEY = "x"\n',
    });
    expect(candidatesOf(program)[0]?.module).toBe('shop.settings_prod');
  });

  it('that is kept private begins with what stands beside it', async () => {
    const program = await programOf({
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      'shop/settings_common.py': 'INSTALLED_APPS = []\n',
    });
    const found = settingsOf(program);
    expect(found?.module).toBe('shop.settings_common');
    expect(found?.doubt).toContain('shop.settings is deployed');
  });

  it('is looked for by its content where what is named is nowhere', async () => {
    const program = await programOf({
      'manage.py': 'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "elsewhere"\n',
      'shop/core/settings.py': 'INSTALLED_APPS = []\n',
    });
    expect(settingsOf(program)?.module).toBe('shop.core.settings');
  });
});

describe('names that are not known', () => {
  it('come from whoever is given all of them: what is set stays, what is not set is no default', async () => {
    const program = await programOf({
      's.py': 'import loader\nDEBUG = False\nloader.load(globals())\n',
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "s")\n',
    });
    const found = settingsOf(program);
    expect(found?.get('DEBUG')).toMatchObject({ kind: 'bool', value: false });
    expect(found?.get('CACHES')).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('loader.load') as unknown,
    });
  });

  it('are those of a star import of a library, which are there when they are changed', async () => {
    const code = `
from somewhere.conf.base import *
CACHES["other"] = {"BACKEND": "x"}
INSTALLED_APPS.append("mine")
LOGGING["loggers"].update(mine={})
own = {}
own["a"] = 1
OWN = own
`;
    expect(await settings(code)).toEqual({
      CACHES: unknown('CACHES is of a star import, and was changed'),
      INSTALLED_APPS: unknown('INSTALLED_APPS is of a star import, and was changed'),
      LOGGING: unknown('LOGGING is of a star import, and was changed'),
      OWN: { a: 1 },
    });
  });

  it('may be variables of the environment', async () => {
    const code = `
import os, json, dj_database_url
for key, value in json.loads(os.environ["SECRETS"]).items():
    os.environ[key] = value
DATABASES = {"default": dj_database_url.config()}
`;
    expect(await settings(code, { SECRETS: null })).toMatchObject({
      DATABASES: { default: { ENGINE: unknown('set from a secret'), HOST: unknown('set from a secret') } },
    });
  });
});

describe('code that is read and run', () => {
  it('is read as bytes too, and compiled before', async () => {
    const files = {
      's.py': `
import glob, os
for one in sorted(glob.glob(os.path.join(os.path.dirname(__file__), "*.conf"))):
    with open(one, "rb") as file:
        exec(compile(file.read(), one, "exec"))
with open(os.path.join(os.path.dirname(__file__), "last.inc")) as file:
    exec(compile(source=file.read(), filename="last.inc", mode="exec"))
`,
      '10-base.conf': 'NAME = "b\u00e4se"\nITEMS = [1]\n',
      '20-more.conf': 'ITEMS += [2]\n',
      'last.inc': 'ITEMS.append(3)\n',
    };
    expect(await settings(files)).toEqual({ NAME: 'b\u00e4se', ITEMS: [1, 2, 3] });
  });
});
