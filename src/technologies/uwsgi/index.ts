import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'uwsgi',
  title: 'uWSGI',
  reads: [{ language: 'ini', paths: ['*.ini', '*.ini.{template,tmpl,j2}'], mentions: /^[ \t]*\[uwsgi\]/m }],
  runs: [{ programs: /^uwsgi(?:-core|_python3?)?$/, role: 'web' }],
};
