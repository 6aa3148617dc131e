import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'zappa',
  title: 'Zappa',
  reads: [
    {
      // JSON is YAML.
      language: 'yaml',
      paths: ['zappa_settings.json', 'zappa_settings.yml', 'zappa_settings.yaml'],
      mentions: /\b(?:django_settings|app_function|s3_bucket|project_name)\b/,
    },
    { language: 'toml', paths: ['zappa_settings.toml'], mentions: /\b(?:django_settings|app_function|s3_bucket)\b/ },
  ],
  runs: [{ programs: /^zappa-handler$/, role: 'web' }],
};
