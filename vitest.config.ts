import { defineConfig } from 'vitest/config';

// Tests resolve the packages to their TypeScript sources, so that a failing line is the line one edits.
const sourceConditions = ['@eqlkit/source', 'import', 'module', 'default'];

export default defineConfig({
  resolve: { conditions: sourceConditions },
  ssr: { resolve: { conditions: sourceConditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './packages/test-support/src/count-reporter.ts'],
  },
});
