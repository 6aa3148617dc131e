import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'varnish',
  title: 'Varnish',
  reads: [
    {
      language: 'vcl',
      paths: ['*.vcl', '*.vcl.{template,tmpl,tpl,erb,j2,jinja,jinja2,in}'],
      mentions: /^[ \t]*(?:backend|sub)[ \t]+\w/m,
    },
  ],
  runs: [
    {
      images: /(?:^|\/)varnish(?:-cache)?$/,
      configured: { images: /varnish/, at: /\.vcl$|^\/etc\/varnish(?:\/|$)/ },
      programs: /^varnishd$/,
      role: 'proxy',
    },
  ],
};
