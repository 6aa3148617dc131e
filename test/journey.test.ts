import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { LAYERS, type Journey } from '../src/model/model.js';

async function journeyOf(root: string): Promise<Journey> {
  return (await audit({ root })).model.journey;
}

async function journeyIn(files: Record<string, string>): Promise<Journey> {
  return (await audit({ root: '/nowhere' }, inventoryOf(files))).model.journey;
}

function said({ steps }: Journey): string[] {
  return steps.flatMap(({ from, to, evidence }) =>
    evidence.map(
      ({ message, location }) => `${from} > ${to}: ${message} (${location.uri}:${location.region.startLine})`,
    ),
  );
}

function deployment(name: string, variables: Record<string, string> = {}, image = 'registry.example.com/own'): string {
  const environment = Object.entries(variables).map(
    ([key, value]) => `            - { name: ${key}, value: '${value}' }`,
  );
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: { name: ${name} }`,
    'spec:',
    '  replicas: 2',
    `  selector: { matchLabels: { app: ${name} } }`,
    '  template:',
    `    metadata: { labels: { app: ${name} } }`,
    '    spec:',
    '      containers:',
    `        - name: ${name}`,
    `          image: ${image}`,
    '          ports: [{ containerPort: 8000 }]',
    ...(environment.length > 0 ? ['          env:', ...environment] : []),
    '---',
    'apiVersion: v1',
    'kind: Service',
    `metadata: { name: ${name} }`,
    `spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }`,
    '',
  ].join('\n');
}

describe('the journey of a request through the shop', async () => {
  const shop = await journeyOf('fixtures/shop');
  const find = (id: string) => shop.stations.find((station) => station.id === id);

  it('passes its layers from outside to inside', () => {
    const layers = shop.stations.map(({ layer }) => LAYERS.indexOf(layer));
    expect(layers).toEqual([...layers].sort((a, b) => a - b));
    expect(
      shop.stations.filter(({ kind }) => kind !== 'state').map(({ layer, title }) => `${layer}: ${title}`),
    ).toEqual([
      'clients: Clients',
      'entrance: shop',
      'proxy: nginx',
      'application: backoffice',
      'application: web',
      'background: beat',
      'background: worker',
      'state: redis',
      'pooler: pgbouncer',
      'database: postgres',
    ]);
  });

  it('says who hands on to whom, and where that is written', () => {
    expect(said(shop)).toEqual(
      expect.arrayContaining([
        'clients > balancer shop: shop is set up here (k8s/ingress.yaml:4)',
        'balancer shop > component nginx: shop hands requests to nginx (k8s/ingress.yaml:4)',
        'balancer shop > component nginx: nginx selects the instances of nginx (k8s/nginx.yaml:108)',
        'component nginx > component web: web hands requests to web (k8s/nginx.yaml:22)',
        'component nginx > component web: web selects the instances of web, each client always to the same instance (by address) (k8s/web.yaml:74)',
        'component web > component pgbouncer: connections to "default", kept between requests (shop/settings/production.py:16)',
        'component web > component postgres: connections to "direct", opened for each request (shop/settings/production.py:21)',
        'component pgbouncer > component postgres: hands connections on, 40 at most (k8s/pgbouncer.yaml:19)',
        'component worker > component redis: the variable CELERY_BROKER_URL names redis (k8s/settings.yaml:15)',
      ]),
    );
  });

  it('takes a list of allowed hosts for no step', () => {
    expect(shop.steps.some(({ from, to }) => from === 'component web' && to === 'component backoffice')).toBe(false);
  });

  it('tells how state bears those that keep it, the worst first', () => {
    expect(find('state session-store host files')).toMatchObject({
      scope: 'host',
      standing: 'broken',
      components: ['backoffice', 'web'],
      layer: 'state',
    });
    expect(find('state database host sqlite')).toMatchObject({ layer: 'database', standing: 'broken' });
    expect(find('component beat')).toMatchObject({ standing: 'tolerated' });
    expect(find('component backoffice')).toMatchObject({ standing: 'blocking' });
    // Nobody judges how a product keeps what it is for.
    expect(find('component postgres')).toMatchObject({ standing: null });
  });

  it('tells what each layer does, and leaves aside what no request meets', () => {
    const proxy = find('component nginx')?.details.map(({ message }) => message);
    expect(proxy).toEqual(expect.arrayContaining(['http compresses HTML only', 'static of /static/ may not be kept']));
    const web = find('component web')?.details.map(({ message }) => message);
    expect(
      web?.some((message) => message.startsWith('10 steps of middleware: SecurityMiddleware, SessionMiddleware, ')),
    ).toBe(true);
    expect(shop.aside).toEqual([
      { component: 'migrate', reason: 'it runs once or by the clock, and no request meets it' },
    ]);
  });

  it('names only stations that there are', () => {
    const ids = new Set(shop.stations.map(({ id }) => id));
    expect(ids.size).toBe(shop.stations.length);
    for (const { from, to } of shop.steps) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
  });
});

describe('the journey', () => {
  it('knows a container of one machine by its full name', async () => {
    const { steps } = await journeyIn({
      'compose.yaml':
        'services:\n  proxy:\n    image: haproxy:3.2\n    ports: ["80:80"]\n    volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg"]\n  web:\n    image: example/web\n  web-admin:\n    image: example/admin\n',
      'haproxy.cfg': 'backend web\n  mode http\n  server one shop_web_1:8000 check\n',
    });
    expect(steps.filter(({ from }) => from === 'component proxy').map(({ to }) => to)).toEqual(['component web']);
  });

  it('leads to the component that keeps a store, where the component talks to it', async () => {
    const right = await journeyOf(join('fixtures', 'shop-done-right'));
    expect(said(right)).toContain(
      'component web > component redis: cache default, seen by all (shop/settings/production.py:25)',
    );
    expect(right.stations.some(({ id }) => id.startsWith('state cache'))).toBe(false);
    expect(right.stations.find(({ id }) => id === 'state file-store cluster S3')).toMatchObject({ standing: 'fits' });
  });

  it('follows variables that name a host from service to service, inwards only', async () => {
    const journey = await journeyIn({
      'k8s/front.yaml': deployment('front', {
        CART_SERVICE_ADDR: 'cart:7070',
        MODE: 'cart',
        SELF_URL: 'http://front/',
      }),
      'k8s/cart.yaml': deployment('cart', { STORE: 'redis://user:cart@store:6379/0' }),
      'k8s/store.yaml': deployment('store', { CALLBACK_URL: 'http://front/hook' }, 'redis:8'),
    });
    expect(journey.steps.map(({ from, to }) => `${from} > ${to}`).sort()).toEqual([
      'clients > component front',
      'component cart > component store',
      'component front > component cart',
    ]);
    const [cart] = journey.steps.filter(({ to }) => to === 'component cart');
    expect(cart?.evidence.map(({ message }) => message)).toEqual([
      'the variable CART_SERVICE_ADDR names cart',
      'cart selects the instances of cart',
    ]);
  });

  it('does not know how clients reach what an entrance leaves out', async () => {
    const ingress = [
      'apiVersion: networking.k8s.io/v1',
      'kind: Ingress',
      'metadata: { name: door }',
      'spec: { defaultBackend: { service: { name: front, port: { number: 80 } } } }',
      '',
    ].join('\n');
    const journey = await journeyIn({
      'k8s/door.yaml': ingress,
      'k8s/front.yaml': deployment('front'),
      'k8s/inner.yaml': deployment('inner'),
    });
    expect(journey.steps.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'balancer door > component front',
      'clients > balancer door',
    ]);
  });

  it('keeps what is unknown unknown, with its reason', async () => {
    const { stations } = await journeyOf('fixtures/undecided');
    const cache = stations.find(({ what }) => what === 'cache');
    expect(cache?.scope).toMatchObject({ unknown: expect.stringContaining('CACHE_BACKEND') as unknown });
    expect(cache?.standing).toMatchObject({ unknown: expect.stringContaining('CACHE_BACKEND') as unknown });
  });

  it('does not take state of two programs for one because they call it alike', async () => {
    const program = (name: string) => ({
      [`${name}/manage.py`]: `import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '${name}.settings')\n`,
      [`${name}/${name}/__init__.py`]: '',
      [`${name}/${name}/settings.py`]:
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}}\n",
    });
    const { stations } = await journeyIn({ ...program('one'), ...program('two') });
    expect(stations.filter(({ what }) => what === 'database').map(({ components }) => components)).toEqual([
      ['one'],
      ['two'],
    ]);
  });

  it('is empty where nothing is known', async () => {
    expect(await journeyIn({ 'README.md': 'nothing here' })).toEqual({ stations: [], steps: [], aside: [] });
  });
});
