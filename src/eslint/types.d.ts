import type { ESLint, Linter, Rule } from 'eslint';

type Language = NonNullable<ESLint.Plugin['languages']>[string];
type LanguageName =
  'python' | 'yaml' | 'json' | 'ini' | 'nginx' | 'dotenv' | 'shell' | 'prisma' | 'procfile' | 'dockerfile';

declare const plugin: {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 'scalecard' };
  readonly languages: Record<LanguageName, Language>;
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: {
    /** A block for each language, and one for JavaScript, TypeScript and whatever else is linted. Put it first. */
    readonly recommended: Linter.Config[];
    /** Installed, generated and minified files; for all of the configuration. */
    readonly ignores: Linter.Config;
  };
};
export default plugin;
