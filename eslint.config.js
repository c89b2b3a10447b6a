import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const LIBRARIES = ['language', 'engine', 'rules', 'stream'];
const PACKAGES = [...LIBRARIES, 'cli', 'test-support', 'benchmarks'];

const packageName = (folder) => (folder === 'cli' ? 'eqlkit' : `@eqlkit/${folder}`);

const NODE_MODULES = {
  regex: `^(?:node:|(?:${builtinModules.join('|')})(?:/|$))`,
  message: 'This code also runs in a browser: Node belongs in @eqlkit/rules/node, @eqlkit/stream or the command.',
};

const OTHER_PACKAGES_BY_PATH = {
  regex: `^(?:\\.\\./)+(?:packages/)?(?:${PACKAGES.join('|')})/(?:src|dist|test)/`,
  message: 'Import another package by its name.',
};

/** The one-way rule: a package may use the packages before it in `language ← engine ← rules ← stream ← cli`. */
function restrictImports(folder, ...extraPatterns) {
  const allowed = LIBRARIES.slice(0, Math.max(0, PACKAGES.indexOf(folder)));
  const forbidden = PACKAGES.filter((other) => !allowed.includes(other)).map(packageName);
  const againstTheFlow = {
    regex: `^(?:${forbidden.join('|')})(?:/|$)`,
    message: `packages/${folder} must not use this package: see the one-way rule in CONTRIBUTING.md.`,
  };
  return {
    'no-restricted-imports': ['error', { patterns: [againstTheFlow, OTHER_PACKAGES_BY_PATH, ...extraPatterns] }],
  };
}

export default defineConfig(
  globalIgnores([
    '**/dist/',
    'packages/*/vendor/',
    'packages/stream/assembly/',
    '**/*.generated.ts',
    '**/coverage/',
    '.vite/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Queries, rules and events may hold control characters, so expressions about them do.
      'no-control-regex': 'off',
      // A switch counts as one: one case for each kind of node is how the compilers are written.
      complexity: ['error', { max: 20, variant: 'modified' }],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Tools load these by their default export.
    files: ['*.config.ts', 'packages/test-support/src/count-reporter.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['packages/language/src/**/*.ts'], rules: restrictImports('language', NODE_MODULES) },
  { files: ['packages/engine/src/**/*.ts'], rules: restrictImports('engine', NODE_MODULES) },
  {
    files: ['packages/rules/src/**/*.ts'],
    ignores: ['packages/rules/src/node/**'],
    rules: restrictImports('rules', NODE_MODULES, {
      regex: '^\\.{1,2}/(?:.*/)?node/',
      message: 'The root export of @eqlkit/rules also runs in a browser: only packages/rules/src/node uses Node.',
    }),
  },
  { files: ['packages/rules/src/node/**/*.ts'], rules: restrictImports('rules') },
  { files: ['packages/stream/src/**/*.ts'], rules: restrictImports('stream') },
  { files: ['packages/cli/src/**/*.ts'], rules: restrictImports('cli') },
);
