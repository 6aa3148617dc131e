import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'systemd',
  title: 'systemd',
  reads: [
    {
      language: 'ini',
      paths: ['*.service', '*.service.{j2,template,tmpl,example,sample}'],
      mentions: /^[ \t]*ExecStart[ \t]*=/m,
    },
  ],
};
