import { describe, expect, it } from 'vitest';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

interface Served {
  readonly image?: string;
  readonly probe?: object;
  readonly kind?: string;
  readonly selected?: boolean;
}

const BY_HTTP = { httpGet: { path: '/ready', port: 8080 } };

/** A deployment of an image whose code is elsewhere, and a service before it. */
function unit(name: string, { image, probe = BY_HTTP, kind = 'Deployment', selected = true }: Served = {}): string {
  const asks = JSON.stringify(probe);
  return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: ${image ?? `registry.example/acme/${name}:1.4`}
          ports: [{ containerPort: 8080 }]
          readinessProbe: ${asks}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}-service
spec:
  selector: { app: ${selected ? name : 'another'} }
  ports: [{ port: 80, targetPort: 8080 }]
`;
}

async function rolesOf(units: Readonly<Record<string, Served>>): Promise<Record<string, string>> {
  const files = Object.entries(units).map(([name, served]) => [`k8s/${name}.yaml`, unit(name, served)]);
  const { model } = await gather({ root: '/' }, inventoryOf(Object.fromEntries(files) as Record<string, string>));
  return Object.fromEntries(model.components.map(({ name, role }) => [name, role]));
}

describe('what answers requests without code that is read', () => {
  it('is several images of one maker that services ask by HTTP', async () => {
    expect(await rolesOf({ orders: {}, basket: {}, prices: {} })).toEqual({
      orders: 'web',
      basket: 'web',
      prices: 'web',
    });
  });

  it('is not one image or two, which may be anybody’s', async () => {
    expect(await rolesOf({ orders: {}, basket: {}, prices: { image: 'registry.example/other/prices:2' } })).toEqual({
      orders: 'unknown',
      basket: 'unknown',
      prices: 'unknown',
    });
    const image = 'registry.example/acme/shop:1.4';
    expect(await rolesOf({ orders: { image }, basket: { image }, prices: { image } })).toEqual({
      orders: 'unknown',
      basket: 'unknown',
      prices: 'unknown',
    });
  });

  it('is not what no service selects, what is asked for figures or by no protocol, agents, workers and products', async () => {
    const roles = await rolesOf({
      ...{ orders: {}, basket: {}, prices: {} },
      lonely: { selected: false },
      figures: { probe: { httpGet: { path: '/metrics', port: 8080 } } },
      socket: { probe: { tcpSocket: { port: 8080 } } },
      shipper: { kind: 'DaemonSet' },
      journal: { kind: 'StatefulSet' },
      'mail-worker': {},
      cache: { image: 'redis:8' },
    });
    const { orders, lonely, figures, socket, shipper, journal, 'mail-worker': worker, cache } = roles;
    expect(orders).toBe('web');
    expect([lonely, figures, socket, shipper, journal, worker, cache]).toEqual([
      ...Array<string>(6).fill('unknown'),
      'store',
    ]);
  });
});
