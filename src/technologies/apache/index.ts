import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'apache',
  title: 'Apache HTTP Server',
  reads: [
    {
      language: 'apache',
      paths: [
        '*.conf',
        '*.conf.{template,tmpl,tpl,erb,j2,jinja,jinja2,in}',
        '*.vhost',
        '.htaccess',
        '**/sites-{available,enabled}/*',
      ],
      mentions:
        /^[ \t]*(?:<(?:VirtualHost|Directory|Location|LocationMatch|Proxy|IfModule|FilesMatch|Files)\b|(?:WSGIScriptAlias|WSGIDaemonProcess|ProxyPass|ProxyPassMatch|ExpiresActive|RewriteEngine)[ \t])/im,
    },
  ],
  runs: [
    { images: /(?:^|\/)(?:httpd|apache2?)$/, role: 'proxy' },
    // In an image of its own it runs the code of the project: mod_wsgi, PHP.
    {
      programs: /^(?:apachectl|apache2ctl|apache2|httpd|apache2-foreground|httpd-foreground|mod_wsgi-express)$/,
      role: 'web',
    },
  ],
};
