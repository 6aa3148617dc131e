/** Directives that hand a request on to another server. */
export const PASSES: ReadonlySet<string> = new Set([
  'proxy_pass',
  'uwsgi_pass',
  'fastcgi_pass',
  'grpc_pass',
  'scgi_pass',
]);
