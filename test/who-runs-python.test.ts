import { describe, expect, it } from 'vitest';
import { audit, gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

const SHOP = {
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
  'shop/__init__.py': '',
  'shop/wsgi.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
  'shop/settings.py':
    "import os\nDEBUG = os.environ.get('DEBUG') == '1'\nDATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db'}}\n",
  'requirements.txt': 'django==5.2.1\n',
};
const DOCKERFILE = 'FROM python:3.13\nWORKDIR /srv\nCOPY . /srv\n';

const of = (files: Record<string, string>) =>
  audit({ root: '/', today: '2026-06-01' }, inventoryOf({ ...SHOP, ...files }));

async function roles(files: Record<string, string>): Promise<Record<string, string>> {
  const { model } = await of(files);
  return Object.fromEntries(model.components.map(({ name, role }) => [name, role]));
}

async function results(files: Record<string, string>): Promise<string[]> {
  const { evaluation } = await of(files);
  return evaluation.results
    .filter(({ kind }) => kind === 'fail')
    .map(({ ruleId, component }) => `${ruleId} ${component ?? ''}`)
    .sort();
}

describe('programs that a supervisor starts side by side', () => {
  const supervisor = `[supervisord]
nodaemon=true
[program:web]
command=/srv/run-web.sh ; the site
[program:tidy]
command=bash -c "sleep 9 && python manage.py tidy"
[program:off]
command=python manage.py runserver
autostart=false
`;
  const script = `#!/bin/sh
if [ "$MODE" = "dev" ]; then
  python manage.py runserver
else
  gunicorn shop.wsgi -w 3
fi
`;
  const compose = 'services:\n  shop:\n    build: .\n    environment: { MODE: prd }\n    ports: ["80:80"]\n';

  it('are followed, and what answers requests says what the whole is', async () => {
    const files = {
      Dockerfile: `${DOCKERFILE}COPY supervisord.conf /etc/supervisord.conf\nCMD ./start.sh\n`,
      'start.sh': '#!/bin/sh\npython manage.py migrate\nsupervisord -c /etc/supervisord.conf\n',
      'supervisord.conf': supervisor,
      'run-web.sh': script,
      'compose.yaml': compose,
    };
    expect(await roles(files)).toEqual({ shop: 'web' });
    expect(await results(files)).toContain('database-on-one-host shop');
    const { model } = await of(files);
    expect(model.components[0]?.properties.processes.value).toBe(3);
  });

  it('are found in what the main file includes, and beside a main file that the image brings', async () => {
    const parts = {
      'ops/web.conf': '[program:web]\ncommand=gunicorn\n  shop.wsgi\n  --workers 2\n',
      'compose.yaml': compose,
    };
    for (const files of [
      {
        Dockerfile: `${DOCKERFILE}CMD ["supervisord", "-n", "-c", "ops/main.conf"]\n`,
        'ops/main.conf': '[include]\nfiles = *.conf\n',
      },
      { Dockerfile: `${DOCKERFILE}COPY ops/ /etc/supervisor/conf.d/\nCMD ["/usr/bin/supervisord"]\n` },
    ]) {
      const { model } = await of({ ...parts, ...files });
      expect(model.components[0]).toMatchObject({ role: 'web', properties: { processes: { value: 2 } } });
    }
  });
});

describe('whose an image is', () => {
  const dockerfile = { Dockerfile: `${DOCKERFILE}CMD ["gunicorn", "shop.wsgi"]\n` };

  it('is not told by a name that the system gives to what others made', async () => {
    const compose = `services:
  shop-web: { build: ., environment: { DEBUG: '0' } }
  shop-shipper: { image: 'maker/shipper:2', environment: { DEBUG: '1' } }
`;
    expect(await results({ ...dockerfile, 'compose.yaml': compose })).not.toContain('debug-in-production shop-shipper');
  });

  it('is told by a name that says nothing but what is ours', async () => {
    const compose = "services:\n  shop-worker: { image: 'maker/monolith:2', environment: { DEBUG: '1' } }\n";
    expect(await results({ ...dockerfile, 'compose.yaml': compose })).toContain('debug-in-production shop-worker');
  });

  it('is not ours where its file takes nothing from here', async () => {
    const compose = `services:
  server: { image: 'acme/shop:1', environment: { DEBUG: '0' } }
  desk: { image: 'acme/shop-desk:1', environment: { DEBUG: '1' } }
`;
    const files = { ...dockerfile, 'desk.Dockerfile': 'FROM ubuntu:24.04\nCMD ["desk"]\n', 'compose.yaml': compose };
    expect(await results(files)).not.toContain('debug-in-production desk');
  });
});

describe('an application that nobody deploys', () => {
  it('is more than what its image does before it is told what to do', async () => {
    const files = {
      Dockerfile: `${DOCKERFILE}ENTRYPOINT ["/srv/entry.sh"]\n`,
      'entry.sh': '#!/bin/sh\npython manage.py migrate\nexec "$@"\n',
    };
    expect(Object.values(await roles(files))).toEqual(['web']);
  });
});

describe('settings of a package that is called by what the whole is', () => {
  it('are those of production where no part of their own name says otherwise', async () => {
    const named = (name: string): Record<string, string> => ({
      'manage.py': '',
      'shop/wsgi.py': '',
      [`${name}/wsgi.py`]: `import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '${name}.settings')\n`,
      [`${name}/settings.py`]: SHOP['shop/settings.py'],
      Dockerfile: `${DOCKERFILE}CMD ["gunicorn", "${name}.wsgi"]\n`,
      'compose.yaml': 'services:\n  web: { build: . }\n',
    });
    expect(await results(named('shop_example'))).toContain('database-on-one-host web');
    expect(await results(named('example'))).not.toContain('database-on-one-host web');
  });
});

describe('which settings production loads', () => {
  const settings = (debug: boolean): string =>
    `DEBUG = ${debug ? 'True' : 'False'}\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'db', 'CONN_MAX_AGE': 60}}\n`;
  const api = {
    'manage.py': '',
    'shop/wsgi.py': '',
    'api/manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.local')\n",
    'api/shop/settings/__init__.py': '',
    'api/shop/settings/local.py': settings(true),
    'api/shop/settings/server.py': settings(false),
    'api/Procfile': 'web: gunicorn shop.wsgi\n',
  };
  const moduleOf = async (files: Record<string, string>): Promise<string[]> => {
    const { facts } = await gather({ root: '/' }, inventoryOf({ ...SHOP, ...files }));
    return facts.filter(({ kind }) => kind === 'debug-mode').map(({ location }) => location.uri);
  };

  it('is told by an image that is described above the folder of the code', async () => {
    const dockerfile =
      'FROM python:3.13\nENV A=1 \\\n  DJANGO_SETTINGS_MODULE=shop.settings.server \\\n  B=2\nCOPY api /app\n';
    expect(await moduleOf({ ...api, Dockerfile: dockerfile })).toEqual(['api/shop/settings/server.py']);
  });

  it('is no class for developers that scripts fall back to, where one for production stands beside', async () => {
    const files = {
      'manage.py':
        "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nos.environ.setdefault('DJANGO_CONFIGURATION', 'Development')\n",
      'shop/wsgi.py': '',
      'shop/settings.py':
        'from configurations import Configuration\nclass Base(Configuration):\n    DEBUG = False\nclass Development(Base):\n    DEBUG = True\nclass Production(Base):\n    pass\n',
      Procfile: 'web: gunicorn shop.wsgi\n',
    };
    expect(await results(files)).not.toContain('debug-in-production web');
  });
});
