import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

const SHOP = {
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
  'shop/__init__.py': '',
  'shop/wsgi.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
  'shop/settings.py': 'DEBUG = False\n',
  'requirements.txt': 'django==5.2.1\ngunicorn==23.0.0\n',
};
const IMAGE = 'FROM python:3.13\nWORKDIR /srv\nCOPY . /srv\n';

async function results(files: Record<string, string>, rule: string): Promise<string[]> {
  const { evaluation } = await audit({ root: '/', today: '2026-06-01' }, inventoryOf({ ...SHOP, ...files }));
  return evaluation.results
    .filter(({ ruleId, kind }) => ruleId === rule && kind === 'fail')
    .map(({ location: { uri, region } }) => `${uri}:${region.startLine}`);
}

describe('a script that runs what it is given', () => {
  const compose = 'services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi -b :8000\n    ports: ["80:8000"]\n';
  const files = (last: string): Record<string, string> => ({
    Dockerfile: `${IMAGE}ENTRYPOINT ["/srv/entrypoint.sh"]\n`,
    'entrypoint.sh': `#!/bin/sh\npython manage.py migrate\n${last}\n`,
    'compose.yaml': compose,
  });

  it.each(['exec "$@"', '"$@"', 'exec gosu app "$@"', 'cmd="$@"\nexec $cmd'])(
    'is not to blame for it: %s',
    async (last) => {
      expect(await results(files(last), 'single-process-server')).toEqual(['compose.yaml:4']);
    },
  );

  it('is, where it adds words of its own', async () => {
    const own = { ...files('exec gunicorn shop.wsgi "$@"'), 'compose.yaml': compose.replace(/gunicorn \S+ /, '') };
    expect(await results(own, 'single-process-server')).toEqual(['entrypoint.sh:3']);
  });
});

describe('a server for development', () => {
  const rule = 'development-server-in-production';
  const image = `${IMAGE}CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]\n`;
  const compose = (more: string): string => `services:\n  web:\n    build: .\n    ports: ["8000:8000"]\n${more}`;

  it('is told where the image that a deployment builds starts it', async () => {
    expect(await results({ Dockerfile: image, 'compose.yaml': compose('') }, rule)).toEqual(['Dockerfile:4']);
  });

  it('is right where people mount their own code over that image', async () => {
    const desk = compose('    volumes: [".:/srv"]\n');
    expect(await results({ Dockerfile: image, 'compose.yaml': desk }, rule)).toEqual([]);
  });

  it('is told of the image that is not the one of the developers', async () => {
    const desk = compose('    command: python manage.py runserver\n    volumes: [".:/srv"]\n');
    const files = { Dockerfile: IMAGE, 'Dockerfile-aws': image, 'compose.yaml': desk };
    expect(await results(files, rule)).toEqual(['Dockerfile-aws:4']);
  });

  it('is known by the command that a package installs', async () => {
    const line = compose('    command: shop-manage runserver 0.0.0.0:8000\n');
    expect(await results({ Dockerfile: IMAGE, 'compose.yaml': line }, rule)).toEqual(['compose.yaml:5']);
  });
});

describe('a connection for each request', () => {
  const rule = 'connection-per-request';
  const code = (age: string): string => `DEBUG = False
import dj_database_url
from company.secrets import database_url
DATABASES = {'default': {**dj_database_url.config(default=database_url()), 'CONN_MAX_AGE': ${age}}}
`;
  const lock = (name: string): string => `[[package]]\nname = "${name}"\nversion = "2.9.9"\n`;

  it('is told where a library gives the address and the driver tells which server it is', async () => {
    const needs = { 'requirements.txt': 'django==5.2.1\npsycopg2-binary==2.9.9\n' };
    expect(await results({ ...needs, 'shop/settings.py': code('0') }, rule)).toEqual(['shop/settings.py:4']);
    expect(await results({ ...needs, 'shop/settings.py': code('60') }, rule)).toEqual([]);
  });

  it('is told where the driver comes with another package', async () => {
    const files = { 'shop/settings.py': code('0') };
    expect(await results({ ...files, 'poetry.lock': lock('psycopg2-binary') }, rule)).toEqual(['shop/settings.py:4']);
    expect(await results({ ...files, 'poetry.lock': lock('requests') }, rule)).toEqual([]);
    expect(await results({ ...files, 'poetry.lock': lock('psycopg2') + lock('mysqlclient') }, rule)).toEqual([]);
  });

  it('is that of a web process whose script migrates first and then runs a server of its own', async () => {
    const files = {
      'shop/settings.py': code('0'),
      'requirements.txt': 'django==5.2.1\npsycopg2-binary==2.9.9\n',
      Procfile: 'web: ./web.sh\n',
      'web.sh': '#!/bin/sh\npython manage.py migrate\npython serve.py\n',
      'serve.py':
        'from gevent.pywsgi import WSGIServer\nfrom shop.wsgi import application\nWSGIServer(("", 80), application).serve_forever()\n',
    };
    expect(await results(files, rule)).toEqual(['shop/settings.py:4']);
  });
});

describe('Python past its support', () => {
  const rule = 'runtime-past-end-of-support';
  const old = { 'runtime.txt': 'python-3.6.4\n' };

  it('is told where a Procfile leads to a folder below, whatever image stands there', async () => {
    const files = {
      Procfile: 'web: gunicorn --chdir back shop.wsgi\n',
      'back/Dockerfile': 'FROM python:latest\nCOPY . /\n',
    };
    const moved = Object.fromEntries(Object.entries(SHOP).map(([path, text]) => [`back/${path}`, text]));
    const { evaluation } = await audit({ root: '/', today: '2026-06-01' }, inventoryOf({ ...moved, ...files, ...old }));
    const found = evaluation.results.filter(({ ruleId }) => ruleId === rule);
    expect(found.map(({ location }) => location.uri)).toEqual(['runtime.txt']);
  });

  it('is told beside that of the image where both deploy, and nowhere without a Procfile', async () => {
    const files = {
      ...old,
      Dockerfile: IMAGE.replace('3.13', '3.8'),
      'production.yml': 'services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi\n    ports: ["80:80"]\n',
    };
    expect(await results(files, rule)).toEqual(['Dockerfile:1']);
    const both = await results({ ...files, Procfile: 'web: gunicorn shop.wsgi\n' }, rule);
    expect(both).toEqual(['Dockerfile:1', 'runtime.txt:1']);
  });
});
