import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

const SHOP = {
  'requirements.txt': 'Django==5.2.8\ngunicorn==23.0.0\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
  'shop/__init__.py': '',
  'shop/wsgi.py': '',
  'shop/settings.py':
    "import os\nDEBUG = os.environ['SHOP_DEBUG'] == 'yes'\nROOT_URLCONF = 'shop.urls'\nDATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '/data/db.sqlite3'}}\nif 'DB_USER' in os.environ:\n    DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'db', 'USER': os.environ['DB_USER']}}\n",
};

async function told(files: Record<string, string>): Promise<{ names: string[]; rules: string[]; aside: string[] }> {
  const { model, evaluation, notifications } = await audit({ root: '/' }, inventoryOf({ ...SHOP, ...files }));
  return {
    names: model.components.map(({ name }) => name),
    rules: evaluation.results.filter(({ kind }) => kind === 'fail').map(({ ruleId }) => ruleId),
    aside: notifications.map(({ message }) => message).filter((message) => message.startsWith('left aside')),
  };
}

describe('files for several environments beside each other', () => {
  const manifest = (name: string, instances: number, variables: string): string =>
    `applications:\n  - name: shop-${name}\n    path: ..\n    instances: ${instances}\n    command: gunicorn shop.wsgi\n    env:\n${variables}`;
  const debug = (is: string): string => `      SHOP_DEBUG: '${is}'\n`;

  it('are production where only one of them says so in its variables', async () => {
    const { names, rules, aside } = await told({
      'ops/manifest-ann.yml': manifest('ann', 1, debug('yes')),
      'ops/manifest-bob.yml': manifest('bob', 1, debug('yes')),
      'ops/manifest-main.yml': manifest('main', 1, `${debug('no')}      IS_PRODUCTION: 'True'\n`),
    });
    expect(names).toEqual(['shop-main']);
    expect(rules).not.toContain('debug-in-production');
    expect(aside).toEqual([
      'left aside, and 1 more beside it: they describe one system for several environments; ops/manifest-main.yml is taken for production: its variables say so',
    ]);
  });

  it('are production where only one of them runs more than once', async () => {
    const { names, rules } = await told({
      'ops/manifest-ann.yml': manifest('ann', 1, debug('no')),
      'ops/manifest-main.yml': manifest('main', 3, debug('yes')),
    });
    expect(names).toEqual(['shop-main']);
    expect(rules).toContain('debug-in-production');
  });

  it('are one of which nothing is known that they differ in, where no one tells which is production', async () => {
    const { names, rules, aside } = await told({
      'ops/manifest-ann.yml': manifest('ann', 1, debug('yes')),
      'ops/manifest-bob.yml': manifest('bob', 1, debug('no')),
    });
    expect(names).toEqual(['shop-ann']);
    expect(rules).not.toContain('debug-in-production');
    expect(aside.join()).toContain('nothing tells which of them is production');
  });

  it('are different things where they start different commands, or count machines', async () => {
    const other = manifest('jobs', 1, debug('no')).replace('shop.wsgi', 'shop.jobs');
    expect(
      (await told({ 'ops/manifest-jobs.yml': other, 'ops/manifest-site.yml': manifest('site', 1, debug('no')) })).names,
    ).toEqual(['shop-jobs', 'shop-site']);
    expect(
      (
        await told({
          'ops/manifest-1.yml': manifest('1', 1, debug('no')),
          'ops/manifest-2.yml': manifest('2', 1, debug('no')),
        })
      ).names,
    ).toHaveLength(2);
  });
});

describe('the published image beside a Procfile', () => {
  const compose = (image: string): string =>
    `services:\n  shop:\n    image: ${image}\n    ports: ['80:8000']\n    environment:\n      SHOP_DEBUG: 'no'\n      DB_USER: shop\n  db:\n    image: postgres:17\n`;
  const files = {
    Procfile: 'web: gunicorn shop.wsgi\n',
    Dockerfile: 'FROM python:3.13\nCOPY . /app\nWORKDIR /app\nCMD ["gunicorn", "shop.wsgi"]\n',
  };

  it('is how it runs: the Procfile says nothing of what is around it', async () => {
    const { names, rules } = await told({ ...files, 'compose.yaml': compose('ghcr.io/acme/shop') });
    expect(names).toEqual(['db', 'shop']);
    expect(rules).not.toContain('database-on-one-host');
  });

  it('is nothing where the Procfile has parts that it leaves out', async () => {
    const more = { ...files, Procfile: 'web: gunicorn shop.wsgi\nmail: python manage.py mail\n' };
    const { names } = await told({ ...more, 'compose.yaml': compose('ghcr.io/acme/shop') });
    expect(names).toEqual(['mail', 'web']);
  });

  it('is nothing where it is not the code of the Procfile', async () => {
    const { names } = await told({
      ...files,
      'compose.yaml': compose('ghcr.io/acme/relay').replace('  shop:', '  relay:'),
    });
    expect(names).toEqual(['web']);
  });
});
