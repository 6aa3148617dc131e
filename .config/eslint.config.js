import tseslint from 'typescript-eslint';

/** Typed lint of our own code. Fixtures hold what Scalecard is meant to complain about, so they are not linted. */
export default tseslint.config(
  { ignores: ['dist/**', 'fixtures/**', 'node_modules/**', '.config/*.js', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['.config/tsconfig.check.json'],
        tsconfigRootDir: new URL('..', import.meta.url).pathname,
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Types of syntax nodes are an enum whose members are their names: narrowing by the name is checked all the same.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      'no-control-regex': 'off',
    },
  },
);
