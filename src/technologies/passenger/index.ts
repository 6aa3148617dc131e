import type { Technology } from '../technology.js';

/** Runs Python, Node.js and Ruby in processes of its own: beside itself, or inside of nginx and Apache. */
export const technology: Technology = {
  id: 'passenger',
  title: 'Phusion Passenger',
  reads: [
    { language: 'jsonc', paths: ['Passengerfile.json', 'Passengerfile*.json'] },
    {
      language: 'nginx',
      paths: ['*.conf', '*.nginx', '**/sites-{available,enabled}/*'],
      mentions: /^[ \t]*passenger_/m,
    },
    { language: 'apache', paths: ['*.conf', '.htaccess', '*.vhost'], mentions: /^[ \t]*Passenger[A-Z]/m },
    // Nothing is parsed: that it is there tells who runs it.
    { language: 'ini', paths: ['passenger_wsgi.py'] },
    { language: 'dockerfile', paths: ['Dockerfile', '*.Dockerfile', 'Dockerfile.*'], mentions: /passenger/i },
  ],
  runs: [
    { programs: /^passenger$/, arguments: /^start\b/, role: 'web' },
    { images: /(?:^|\/)passenger-(?:full|customizable|nodejs|python\d{1,3}|j?ruby\d{1,3})$/, role: 'web' },
  ],
};
