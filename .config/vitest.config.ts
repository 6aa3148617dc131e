import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    // Two-core machines under load must not turn a slow file into a failure; nothing here is a timed test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
