import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'haproxy',
  title: 'HAProxy',
  reads: [
    {
      language: 'haproxy',
      paths: [
        '*.cfg',
        '*.cfg.{template,tmpl,tpl,erb,j2,jinja,jinja2,in,ctmpl}',
        '*haproxy*.{conf,j2,tmpl,tpl,template,erb}',
      ],
      // Many products have files that end in .cfg.
      mentions: /^[ \t]*(?:backend|frontend|listen)[ \t]+[^\s=:]/m,
    },
  ],
  runs: [
    {
      images: /(?:^|\/)haproxy(?:-alpine|-debian|-ubuntu)?$/,
      configured: { images: /haproxy/, at: /\/haproxy[^/]*\.cfg$|^\/(?:usr\/local\/)?etc\/haproxy(?:\/|$)/ },
      programs: /^haproxy(?:-systemd-wrapper)?$/,
      role: 'proxy',
    },
  ],
};
