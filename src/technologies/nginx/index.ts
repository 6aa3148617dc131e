import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'nginx',
  title: 'nginx',
  reads: [
    {
      language: 'nginx',
      paths: [
        '*.conf',
        '*.conf.{template,tmpl,tpl,erb,j2,jinja,jinja2,in}',
        '*.nginx',
        'nginx*.{template,tmpl,tpl,erb,j2}',
        '*.nginx.{template,tmpl,tpl,erb,j2,jinja,jinja2}',
        '**/sites-{available,enabled}/*',
        '**/nginx/**/*.{template,tmpl,tpl,erb,j2,jinja,jinja2,inc,vhost}',
        '**/nginx/{default,site,server,app,proxy}',
        '**/{vhost,http,conf}.d/*',
        'nginx',
      ],
      // Many products have files named like that; these lines with their semicolon are only nginx's.
      mentions:
        /^[ \t]*(?:listen|server_name|server|proxy_pass|fastcgi_pass|uwsgi_pass|try_files|gzip|root|alias|add_header|proxy_set_header|client_max_body_size)[ \t][^;{}=\n]*;/m,
    },
  ],
  runs: [
    {
      images: /(?:^|\/)(?:nginx(?:-unprivileged|-slim)?|openresty|angie|tengine)$/,
      configured: { images: /nginx/, at: /^\/etc\/nginx\/(?:nginx\.conf|conf\.d|http\.d|sites-enabled|templates)/ },
      programs: /^(?:nginx|openresty|angie)$/,
      role: 'proxy',
    },
  ],
};
