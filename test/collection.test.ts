import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

const compose = (name: string): string => `services:
  ${name}:
    image: nginx:1.29
    ports: ['80:80']
    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro']
`;
const NGINX = 'http { server { listen 80; location / { root /srv; } } }\n';

/** Systems in folders beside each other. */
function systems(...folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    folders.flatMap((folder) => [
      [`${folder}/compose.yaml`, compose(folder.replace(/\W/g, ''))],
      [`${folder}/nginx.conf`, NGINX],
    ]),
  );
}

async function auditOf(files: Record<string, string>) {
  const { model, evaluation, notifications } = await audit({ root: '/' }, inventoryOf(files));
  return { components: model.components.length, results: evaluation.results.length, notifications };
}

describe('a collection of systems', () => {
  it.each(['# Proxy Examples\n', '\n\nThe awesome proxies\n===\n', '# Proxy demo applications [![x](y)](z)\n'])(
    'is no production where the repository says what it is: %j',
    async (readme) => {
      const found = await auditOf({ 'README.md': readme, ...systems('left', 'right', 'middle') });
      expect(found).toMatchObject({ components: 0, results: 0 });
      expect(found.notifications.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^left aside: .* describes 3 systems .*; audit the folder of one/),
      ]);
      const [{ location } = {}] = found.notifications;
      expect(location?.uri).toBe('README.md');
    },
  );

  it('is not what one example application is, nor parts of one system, nor what says nothing', async () => {
    const readme = { 'README.md': '# Examples\n' };
    expect((await auditOf({ 'README.md': '# Example Shop\n', ...systems('left', 'right', 'middle') })).components).toBe(
      3,
    );
    expect((await auditOf({ ...readme, ...systems('left', 'right') })).components).toBe(2);
    expect((await auditOf({ ...readme, ...systems('left', 'left/more', 'right') })).components).toBe(3);
    expect((await auditOf({ 'README.md': 'examples\n', ...systems('left', 'right', 'middle') })).components).toBe(3);
  });
});
