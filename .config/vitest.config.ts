import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    // Two-core machines under load must not turn a slow file into a failure; nothing here is a timed test.
    // Dates are held against the day of the audit; this is ours.
    env: { SOURCE_DATE_EPOCH: '1795219200' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
