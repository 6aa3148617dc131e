import { describe, expect, it } from 'vitest';
import { settings, unknown } from './evaluated-settings.js';

describe('configparser', () => {
  const INI = `# comment
[DEFAULT]
host = localhost
[database]
Name = shop
url: %(scheme)s://%(host)s/%(name)s
scheme = pg
port = 5432
debug = Off
list =
  a
  b
[empty]
`;

  it('reads files of the repository', async () => {
    const code = `
import configparser
config = configparser.ConfigParser()
READ = config.read(["conf/app.ini", "conf/absent.ini", "/etc/app.ini"])
NAME = config.get("database", "NAME")
URL = config["database"]["url"]
PORT = config.getint("database", "port")
DEBUG = config["database"].getboolean("debug")
HOST = config["empty"].get("host")
NONE = config["empty"].get("other")
FALLBACK = config.get("absent", "x", fallback="f")
try:
    config.get("database", "absent")
except configparser.NoOptionError:
    CAUGHT = True
LIST = config.get("database", "list").split()
SECTIONS = config.sections()
IN = "empty" in config, "absent" in config, "port" in config["database"]
OPTIONS = config.options("empty")
raw = configparser.RawConfigParser()
raw.read_string("[a]\\nx = 100%\\n")
raw.read_dict({"a": {"Y": 1}})
X, Y = raw.get("a", "x"), raw.get("a", "y")
`;
    expect(await settings({ 's.py': code, 'conf/app.ini': INI })).toEqual({
      READ: ['conf/app.ini'],
      NAME: 'shop',
      URL: 'pg://localhost/shop',
      PORT: 5432,
      DEBUG: false,
      HOST: 'localhost',
      NONE: null,
      FALLBACK: 'f',
      CAUGHT: true,
      LIST: ['a', 'b'],
      SECTIONS: ['database', 'empty'],
      IN: [true, false, true],
      OPTIONS: ['host'],
      X: '100%',
      Y: '1',
    });
  });

  it('knows nothing where it cannot know which files are read', async () => {
    const code = `
import configparser, os
config = configparser.ConfigParser()
config.read_string("[a]\\nx = 1\\n")
SURE = config.get("a", "x")
config.read(os.environ["FILE"])
X = config.get("a", "x")
F = config.get("a", "other", fallback="f")
S = config.has_section("b")
secret = configparser.ConfigParser()
secret.read("/run/secrets/app.ini")
Y = secret.get("a", "x", fallback=None)
`;
    expect(await settings({ 's.py': code }, { FILE: null })).toEqual({
      SURE: '1',
      X: unknown('FILE'),
      F: unknown('FILE'),
      S: unknown('FILE'),
      Y: unknown('running system'),
    });
  });

  it('takes back what a branch has read', async () => {
    const code = `
import configparser, os
config = configparser.ConfigParser()
config.read_dict({"a": {"x": "1", "y": "1"}})
if os.environ["FLAG"] == "x":
    config.set("a", "x", "2")
X, Y = config.get("a", "x"), config.get("a", "y")
`;
    expect(await settings({ 's.py': code }, { FLAG: null })).toEqual({ X: unknown('FLAG'), Y: '1' });
  });
});
