import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

const DOCKERFILE = `FROM node:18-alpine
WORKDIR /app
COPY . .
CMD ["node", "server.js"]
`;
const PACKAGE = JSON.stringify({ private: true, dependencies: { express: '5.1.0' } });
const SERVER = "require('express')().listen(3000);\n";

/** Whose runtime is told to be past its end, by the place that tells. */
async function runtimesOf(files: Record<string, string>): Promise<string[]> {
  const { evaluation } = await audit({ root: '/' }, inventoryOf(files));
  return evaluation.results
    .filter(({ ruleId }) => ruleId === 'runtime-past-end-of-support')
    .map(({ component, location }) => `${component} ${location.uri}`)
    .sort();
}

describe('an image that is only known when it is deployed', () => {
  const service = (name: string): string => `
resource "aws_ecs_service" "${name}" {
  name            = "prod-${name}"
  task_definition = aws_ecs_task_definition.${name}.arn
  desired_count   = 2
}
resource "aws_ecs_task_definition" "${name}" {
  family = "${name}"
  container_definitions = jsonencode([{ name = "main", image = data.aws_ssm_parameter.image_${name}.value }])
}
`;
  const part = (folder: string): Record<string, string> => ({
    [`${folder}/Dockerfile`]: DOCKERFILE,
    [`${folder}/package.json`]: PACKAGE,
    [`${folder}/server.js`]: SERVER,
  });

  it('is built in the folder that has the name of what runs it', async () => {
    const files = { ...part('orders'), ...part('stock'), 'main.tf': service('orders') + service('stock') };
    expect(await runtimesOf(files)).toEqual(['prod-orders orders/Dockerfile', 'prod-stock stock/Dockerfile']);
  });

  it('is nobody’s where no folder has that name, or only one for tests', async () => {
    const files = { ...part('orders'), ...part('stock'), ...part('test/mail'), 'main.tf': service('mail') };
    expect((await runtimesOf(files)).filter((one) => one.startsWith('prod-'))).toEqual([]);
  });

  it('is that of the only file, where this builds what the workload is called', async () => {
    const files = { Dockerfile: DOCKERFILE, 'package.json': PACKAGE, 'server.js': SERVER };
    expect(await runtimesOf({ ...files, 'main.tf': service('api') })).toEqual(['prod-api Dockerfile']);
    expect(
      (await runtimesOf({ ...files, 'main.tf': service('mail') })).filter((one) => one.startsWith('prod-')),
    ).toEqual([]);
  });
});

describe('an image that says where its source is', () => {
  const compose = 'services:\n  mill:\n    image: ghcr.io/acme/mill:2\n    ports: ["80:3000"]\n';
  const files = (label: string): Record<string, string> => ({
    'compose.yaml': compose,
    Dockerfile: DOCKERFILE + label,
    'package.json': PACKAGE,
    'server.js': SERVER,
  });

  it.each([
    'LABEL org.opencontainers.image.source=https://github.com/acme/mill\n',
    'LABEL a=b \\\n  org.opencontainers.image.source="https://github.com/acme/mill.git" \\\n  c=d\n',
  ])('is what a deployment fetches under that name: %j', async (label) => {
    expect(await runtimesOf(files(label))).toEqual(['mill Dockerfile']);
  });

  it.each([
    'LABEL org.opencontainers.image.source=https://github.com/acme/base-images\n',
    'ARG SOURCE\nLABEL org.opencontainers.image.source=$SOURCE\n',
    '# LABEL org.opencontainers.image.source=https://github.com/acme/mill\n',
  ])('is not where it says something else, or nothing that is known: %j', async (label) => {
    expect((await runtimesOf(files(label))).filter((one) => one.startsWith('mill '))).toEqual([]);
  });
});
