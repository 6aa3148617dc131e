import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import type { Result } from '../src/rules/result.js';

const APPLICATION = {
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "letters.settings")\n',
  'requirements.txt': 'Django==5.2\ngunicorn==23.0\npsycopg==3.2\nwhitenoise==6.9\n',
  'letters/__init__.py': '',
  'letters/settings.py': `
INSTALLED_APPS = ["django.contrib.sessions", "django.contrib.staticfiles", "letters"]
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]
ROOT_URLCONF = "letters.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "db", "NAME": "x"}}
STATIC_URL = "/static/"
`,
  'letters/urls.py': 'urlpatterns = []\n',
  'letters/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
  Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . /app\nCMD ["gunicorn", "letters.wsgi", "--workers", "2"]\n',
};

const PROXY = `server {
  listen 80;
  location /static/ { alias /srv/static/; expires 30d; }
  location / { proxy_pass http://web:8000; }
}
`;

async function resultsOf(files: Record<string, string>): Promise<readonly Result[]> {
  return (await audit({ root: '/' }, inventoryOf({ ...APPLICATION, ...files }))).evaluation.results;
}

describe('one place in the code of several components', () => {
  const services = (clock: string): string => `services:
  clock:
    build: .
    ${clock}
  web:
    build: .
    ports: ['8000:8000']
`;

  it('is told for the one that requests wait for, not for the first name', async () => {
    const found = await resultsOf({ 'compose.yaml': services('command: celery -A letters worker') });
    const result = found.find(({ ruleId }) => ruleId === 'connection-per-request');
    expect(result).toMatchObject({ component: 'web', level: 'warning' });
  });

  it('is not asked for files by whoever gets no requests, where a proxy answers for the others', async () => {
    const proxied = `${services("command: ['/opt/bin/start-something']")}  nginx:
    image: nginx:1.29
    ports: ['80:80']
    volumes: ['./nginx.conf:/etc/nginx/conf.d/default.conf:ro']
`;
    const alone = await resultsOf({ 'compose.yaml': services("command: ['/opt/bin/start-something']") });
    const ofFiles = (results: readonly Result[]) =>
      results.filter(
        ({ location, ruleId }) => ruleId === 'static-without-cache-headers' && location.uri.endsWith('.py'),
      );
    expect(ofFiles(alone)).toHaveLength(1);
    expect(ofFiles(await resultsOf({ 'compose.yaml': proxied, 'nginx.conf': PROXY }))).toEqual([]);
  });
});

describe('a service of a cluster that selects what nobody deploys', () => {
  const service = (app: string): string => `apiVersion: v1
kind: Service
metadata: { name: front }
spec:
  selector: { app: ${app} }
  sessionAffinity: ClientIP
`;
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: letters }
spec:
  replicas: 2
  selector: { matchLabels: { app: letters } }
  template:
    metadata: { labels: { app: letters } }
    spec:
      containers: [{ name: web, image: example/letters, ports: [{ containerPort: 8000 }] }]
`;

  it('speaks of nobody', async () => {
    const found = async (app: string) =>
      (await resultsOf({ 'k8s/service.yaml': service(app), 'k8s/letters.yaml': deployment })).filter(
        ({ ruleId }) => ruleId === 'affinity-to-one-instance',
      );
    expect(await found('letters')).toHaveLength(1);
    expect(await found('parcels')).toEqual([]);
  });
});

describe('which image a manifest starts', () => {
  const FILES = {
    'server/settings.py': "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '/data/x.db'}}\n",
    'server/manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n',
    'page/package.json': '{"name": "page", "scripts": {"start": "nuxt start"}, "dependencies": {"nuxt": "^3"}}',
    'images/Dockerfile': 'FROM python\nCOPY . /srv\nWORKDIR /srv/server\n',
    'tools/start-work.sh': 'cd /server\nexec celery -A work worker -c 3\n',
    'images/Dockerfile.split': 'FROM python\nWORKDIR /server\nCOPY tools/ /opt/bin/\nCOPY server/ /server/\n',
  };
  const componentsOf = async (files: Record<string, string>) =>
    (await audit({ root: '/' }, inventoryOf({ ...FILES, ...files }))).model.components;

  it('is the one that holds the file which it starts', async () => {
    const components = await componentsOf({
      'compose.prod.yaml': `services:
  one: { image: 'acme/letters:code' }
  two: { image: 'acme/letters:code', entrypoint: ['/opt/bin/start-work.sh'] }
`,
    });
    const [one, two] = ['one', 'two'].map((name) => components.find((component) => component.name === name));
    expect(one?.directory).toBe('server');
    expect(two).toMatchObject({ directory: 'server', role: 'worker', properties: { processes: { value: 3 } } });
  });

  it('is what somebody else builds under the same last name', async () => {
    const components = await componentsOf({
      'compose.yaml': "services:\n  one: { image: 'acme/letters-code' }\n",
      'build.yaml':
        "services:\n  one: { image: 'local/letters-code', build: { context: ., dockerfile: images/Dockerfile } }\n  two: { image: 'local/other', build: { context: ., dockerfile: images/Dockerfile.split } }\n",
    });
    expect(components.find(({ name }) => name === 'one')?.directory).toBe('server');
  });

  it('is nobody whose folder only shares a word with it', async () => {
    const files = {
      'nginx-node-letters/web/Dockerfile': 'FROM node\nCOPY . /app\nWORKDIR /app\nCMD ["node", "server.js"]\n',
      'nginx-node-letters/web/package.json':
        '{"name": "web", "scripts": {"start": "node server.js"}, "dependencies": {"express": "^5"}}',
      'nginx-node-letters/web/server.js': 'require("express")().listen(80);\n',
      'parcels/Dockerfile': 'FROM node\nCOPY . /app\nWORKDIR /app\nCMD ["node", "server.js"]\n',
      'parcels/package.json':
        '{"name": "parcels", "scripts": {"start": "node server.js"}, "dependencies": {"express": "^5"}}',
      'parcels/server.js': 'require("express")().listen(80);\n',
      'compose.yaml': "services:\n  store: { image: acme/letters-store, ports: ['1:1'] }\n",
    };
    const [store] = (await audit({ root: '/' }, inventoryOf(files))).model.components.filter(
      ({ name }) => name === 'store',
    );
    expect(store?.directory).toBeNull();
  });
});

describe('a configuration that nobody is seen to bring', () => {
  it('belongs to the proxy whose own is not known, and to none that brings another', async () => {
    const plain = 'server { listen 80; location / { root /srv; } }\n';
    const files = {
      'main/nginx.conf': plain,
      'left/nginx.conf': plain.replace('/srv', '/left'),
      'compose.yaml': `services:
  main:
    image: nginx:1.29
    volumes: ['./main/nginx.conf:/etc/nginx/conf.d/default.conf:ro']
`,
    };
    const found = (await audit({ root: '/' }, inventoryOf(files))).evaluation.results;
    const places = found
      .filter(({ ruleId }) => ruleId === 'response-without-compression')
      .map(({ location }) => location.uri);
    expect(places).toEqual(['main/nginx.conf']);
  });
});

describe('descriptions of one workload of which somebody chooses', () => {
  const stack = (engine: string): string => `services:
  web:
    image: example/letters
    ports: ['8000:8000']
    environment:
      ENGINE: ${engine}
      DEBUG: 'no'
`;
  const settings = `import os
DEBUG = os.environ.get("DEBUG") == "yes"
DATABASES = {"default": {"ENGINE": "django.db.backends." + os.environ["ENGINE"], "HOST": "db", "NAME": "x"}}
`;
  const databaseOf = async (files: Record<string, string>) =>
    (await resultsOf({ 'letters/settings.py': settings, ...files })).find(
      ({ ruleId }) => ruleId === 'database-on-one-host',
    );

  it('leave open what they differ in', async () => {
    const found = await databaseOf({
      'run/compose.small.yaml': stack('sqlite3'),
      'run/compose.large.yaml': stack('postgresql'),
    });
    expect(found).toMatchObject({ kind: 'open', component: 'web' });
    expect(found?.message).toContain('compose.large.yaml, compose.small.yaml say different things of ENGINE');
  });

  it('are layers where one is what is started without being named', async () => {
    expect(
      await databaseOf({ 'run/compose.yaml': stack('sqlite3'), 'run/compose.large.yaml': stack('postgresql') }),
    ).toMatchObject({ kind: 'fail', component: 'web' });
  });
});

describe('a page that images build', () => {
  const files = (last: string) => ({
    'page/package.json': '{"name": "page", "scripts": {"start": "nuxt start"}, "dependencies": {"nuxt": "^3"}}',
    Dockerfile: `FROM node:22 AS page
COPY page/ /page/
WORKDIR /page
RUN npm run build
${last}`,
  });
  const names = async (last: string) =>
    (await audit({ root: '/' }, inventoryOf(files(last)))).model.components.map(({ name }) => name);

  it('is no component where a proxy sends what was built', async () => {
    expect(await names('FROM nginx:1.29\nCOPY --from=page /page/dist /usr/share/nginx/html\n')).toEqual([]);
  });

  it('is one where the last stage may go on to run it', async () => {
    expect(
      await names('FROM node:22\nWORKDIR /page\nCOPY --from=page /page/.output .\nCMD ["node", "server/index.mjs"]\n'),
    ).toEqual(['page']);
  });
});

it('an image that is called like the package in the repository holds it', async () => {
  const files = {
    'compose.yaml': "services:\n  first: { image: 'acme/letters:2', ports: ['80:80'] }\n",
    'proxy/Dockerfile': 'FROM caddy\nCOPY Caddyfile /etc/caddy/Caddyfile\n',
  };
  const { components } = (await audit({ root: '/' }, inventoryOf({ ...APPLICATION, ...files }))).model;
  expect(components.map(({ name, directory }) => [name, directory])).toEqual([['first', '']]);
});

describe('commands of a platform beside a description that is called production', () => {
  const described = (name: string) => ({
    Procfile: 'web: gunicorn letters.wsgi\n',
    [name]: `services:
  django:
    build: .
    ports: ['80:8000']
`,
  });

  it('are left aside, and without that name taken', async () => {
    const components = async (name: string) =>
      (await audit({ root: '/' }, inventoryOf({ ...APPLICATION, ...described(name) }))).model.components.map(
        (one) => one.name,
      );
    expect(await components('production.yml')).toEqual(['django']);
    expect(await components('compose.yaml')).toEqual(['web']);
  });
});

describe('a chart beside a description for one machine', () => {
  const described = (replicas: number, values: string) => ({
    'compose.yaml': `services:
  shop:
    build: .
    ports: ['80:8000']
`,
    'charts/letters/Chart.yaml': 'apiVersion: v2\nname: letters\nversion: 1.0.0\n',
    'charts/letters/values.yaml': `replicas: ${String(replicas)}\n`,
    [`charts/letters/${values}`]: 'image: letters:2\n',
    'charts/letters/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Chart.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: letters } }
  template:
    metadata: { labels: { app: letters } }
    spec:
      containers:
        - name: web
          image: {{ .Values.image | default "letters:1" }}
`,
  });

  it.each([
    [1, 'README.yaml', ['shop']],
    [3, 'README.yaml', ['letters']],
    [1, 'values-prod.yaml', ['letters']],
  ])('with %i of it and %s', async (replicas, values, expected) => {
    const { model } = await audit({ root: '/' }, inventoryOf({ ...APPLICATION, ...described(replicas, values) }));
    expect(model.components.map((one) => one.name)).toEqual(expected);
  });
});

describe('two results of one rule at one place', () => {
  it('are both told', async () => {
    const files = {
      Dockerfile: 'FROM python:3.9-slim-buster\nWORKDIR /app\nCOPY . /app\nCMD ["gunicorn", "letters.wsgi"]\n',
      'compose.yaml': 'services:\n  web:\n    build: .\n  clock:\n    build: .\n',
    };
    const found = (await resultsOf(files)).filter(({ ruleId }) => ruleId === 'runtime-past-end-of-support');
    expect(found.map(({ message }) => message.split(' has ')[0]).sort()).toEqual(['Debian 10', 'Python 3.9']);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});

describe('a workload of which nobody tells what it starts', () => {
  it.each([
    ['letters-beat', 'scheduler'],
    ['worker', 'worker'],
    ['site', 'web'],
  ])('%s, with the port of the others', async (name, role) => {
    const files = {
      Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . /app\nENTRYPOINT ["/opt/start"]\n',
      'k8s/shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    spec:
      containers:
        - name: main
          image: ghcr.io/example/letters:1
          ports: [{ containerPort: 8000 }]
`,
    };
    const { model } = await audit({ root: '/' }, inventoryOf({ ...APPLICATION, ...files }));
    expect(model.components.map((one) => one.role)).toEqual([role]);
  });
});

describe('what every machine of a cluster runs, beside a description of the application', () => {
  const CLUSTER = `apiVersion: apps/v1
kind: KIND
metadata: { name: driver }
spec:
  selector: { matchLabels: { app: driver } }
  template:
    metadata: { labels: { app: driver } }
    spec:
      containers: [{ name: driver, image: acme/driver }]
`;

  it('is there for the cluster, and leaves nothing aside', async () => {
    const names = async (kind: string) =>
      (
        await audit(
          { root: '/' },
          inventoryOf({
            ...APPLICATION,
            'docker-compose-production.yml': 'services:\n  web: { build: ., ports: ["80:80"] }\n',
            'cluster/driver.yml': CLUSTER.replace('KIND', kind),
          }),
        )
      ).model.components.map((one) => one.name);
    expect(await names('DaemonSet')).toContain('web');
    expect(await names('Deployment')).not.toContain('web');
  });
});

describe('a file of variables that is laid there when it is deployed', () => {
  const files = (name: string) => ({
    'compose.yaml': 'services:\n  web: { build: ., env_file: "env.public${SUFFIX:-}", ports: ["80:80"] }\n',
    'env.public.local': 'SESSIONS=file\n',
    [name]: 'SESSIONS=cookie\n',
    'letters/settings.py': `${APPLICATION['letters/settings.py']}
import os
kind = "signed_cookies" if os.environ.get("SESSIONS", "file") == "cookie" else "file"
SESSION_ENGINE = f"django.contrib.sessions.backends.{kind}"
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
`,
  });

  it('is the one that is called production', async () => {
    const told = async (name: string) =>
      (await resultsOf(files(name))).filter((one) => one.ruleId === 'session-on-one-instance');
    expect(await told('env.public.production')).toEqual([]);
    expect(await told('env.public.qa')).not.toEqual([]);
  });
});
