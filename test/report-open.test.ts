import { expect, test } from 'vitest';
import { whatTells } from '../src/report/what-tells.js';
import { result } from './sample-audit.js';

test.each([
  ['DEBUG: environment variable DEBUG is required and set nowhere in the repository', 'tell it with --env DEBUG=VALUE'],
  [
    'STORAGES: USE_AZURE, USE_S3: .env, which the repository does not hold, may set it',
    'tell it with --env USE_AZURE=VALUE --env USE_S3=VALUE, or with -e FILE and what .env holds in production',
  ],
  ['option CACHE_URL is required and set nowhere in the repository', 'tell it with --env CACHE_URL=VALUE'],
  [
    'the number of processes of the platform is not in the repository',
    'tell it in scalecard.yaml: components: { web: { instances: 2 } }',
  ],
  ['what this.publish() does cannot be followed', undefined],
  ['DEBUG: the code raises ImproperlyConfigured', undefined],
])('%s', (reason, told) => {
  expect(whatTells(result({ kind: 'open', component: 'web', message: `cannot be decided: ${reason}` }))).toBe(told);
});

test('a reason that a hostile repository made long is read in no time', () => {
  const since = performance.now();
  const message = `cannot be decided: ${'A, '.repeat(100_000)}`;
  expect(whatTells(result({ kind: 'open', message }))).toBeUndefined();
  expect(performance.now() - since).toBeLessThan(200);
});
