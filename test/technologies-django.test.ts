import { describe, expect, it } from 'vitest';
import { unknown } from '../src/location.js';
import { REPOSITORY } from '../src/link/value.js';
import type { Program } from '../src/link/program.js';
import { combine } from '../src/technologies/django/alternatives.js';
import { managementCommand } from '../src/technologies/django/app-server.js';
import { containerPath } from '../src/technologies/django/container-path.js';
import { hostOf, isLoopback } from '../src/technologies/django/network-place.js';

describe('addresses', () => {
  it.each([
    ['redis://cache:6379/1', { host: 'cache', port: '6379' }],
    ['rediss://user:secret@cache.example.org/0', { host: 'cache.example.org' }],
    ['redis://:secret@127.0.0.1:6379', { host: '127.0.0.1', port: '6379' }],
    ['redis://[::1]:6379', { host: '[::1]', port: '6379' }],
    ['10.0.0.1:11211', { host: '10.0.0.1', port: '11211' }],
    ['unix:/run/memcached.sock', { host: 'unix:' }],
    ['unix:///run/redis.sock?db=1', { host: 'unix:' }],
    ['/run/memcached.sock', { host: '/run/memcached.sock' }],
    ['cache', { host: 'cache' }],
  ])('%s', (address, expected) => {
    expect(hostOf(address)).toEqual(expected);
  });

  it.each(['', 'localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]', 'unix:', '/var/run/postgresql', '@abstract'])(
    'the own machine: %s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(['db', 'localhost.example.org', '128.0.0.1', '10.0.0.1', '/cloudsql/acme:europe:main'])(
    'another machine: %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe('what several possibilities have in common', () => {
  it('is their value where all agree', () => {
    expect(combine(['host', 'host'], 'why')).toBe('host');
  });
  it('is unknown with all of them where they do not', () => {
    expect(combine(['host', 'cluster', 'host'], 'why')).toEqual(unknown('why', ['host', 'cluster']));
  });
  it('keeps the reason of a single one', () => {
    expect(combine([unknown('because', ['host'])], 'why')).toEqual(unknown('because', ['host']));
  });
  it('has no candidates where one of them has none', () => {
    expect(combine<string>(['host', unknown('because')], 'why')).toEqual(unknown('because'));
  });
});

describe('commands of manage.py', () => {
  it.each([
    ['python manage.py runserver 0.0.0.0:8000', 'runserver'],
    ['python3 -u backend/manage.py runserver', 'runserver'],
    ['./manage.py migrate --noinput', 'migrate'],
    ['poetry run python manage.py runserver_plus', 'runserver_plus'],
    ['django-admin runserver', 'runserver'],
    ['python -m django runserver', 'runserver'],
    ['exec gosu app python manage.py runserver', 'runserver'],
  ])('%s', (line, command) => {
    expect(managementCommand(line.split(' '))?.name).toBe(command);
  });

  it.each(['gunicorn shop.wsgi', 'python serve.py runserver', 'echo manage.py runserver', 'python manage.py'])(
    'none: %s',
    (line) => {
      expect(managementCommand(line.split(' '))).toBeUndefined();
    },
  );
});

describe('paths as the process sees them', () => {
  const at = (mounts: Program['launch']['mounts']): Program => ({ launch: { mounts } }) as Program;

  it.each([
    ['the image copies the root', [{ containerPath: '/app/', path: '' }], '/app/shop/media'],
    [
      'the nearest folder counts',
      [
        { containerPath: '/app', path: '' },
        { containerPath: '/srv', path: 'shop' },
      ],
      '/srv/media',
    ],
    [
      'a bind mount covers what the image copied',
      [
        { containerPath: '/app', path: '.' },
        { containerPath: '/code', path: '' },
      ],
      '/code/shop/media',
    ],
    ['names that only begin alike are others', [{ containerPath: '/srv', path: 'shop/med' }], 'shop/media'],
    ['nothing tells', [], 'shop/media'],
  ])('%s', (_, mounts, expected) => {
    expect(containerPath(at(mounts), `${REPOSITORY}/shop/media`)).toBe(expected);
  });

  it('leaves absolute paths alone', () => {
    expect(containerPath(at([{ containerPath: '/app', path: '' }]), '/var/media')).toBe('/var/media');
  });
});
