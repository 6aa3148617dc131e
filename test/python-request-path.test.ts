import { expect, it } from 'vitest';
import type { Program } from '../src/link/program.js';
import { pythonRequestPath } from '../src/technologies/python-request-path.js';
import { codeOf, written } from './python-code-sources.js';

/** Why the place that is written so runs: the reason and the lines of the calls on the way. */
async function ways(files: Readonly<Record<string, string>>, path: string, text: string): Promise<string | undefined> {
  const pythonCode = await codeOf(files);
  const memo = new Map<string, unknown>();
  const program = {
    pythonCode,
    memo<T>(key: string, make: () => T): T {
      if (!memo.has(key)) memo.set(key, make());
      return memo.get(key) as T;
    },
  } as Program;
  const found = pythonRequestPath(program, written(pythonCode, path, text));
  if (found === undefined) return undefined;
  const steps = found.evidence.map(({ location }) => `${location.uri}:${String(location.region.startLine)}`);
  return [`${found.kind}: ${found.reason}`, ...steps].join(' < ');
}

it.each([
  ['a view', 'def index(request):\n    here()\n', 'request: index takes the request'],
  [
    'a helper of a view',
    'def index(request):\n    return load()\ndef load():\n    here()\n',
    'request: index takes the request < a.py:2',
  ],
  [
    'a view of a class',
    'from django.views.generic import ListView\nclass Base(ListView): ...\nclass Books(Base):\n    def get_queryset(self):\n        here()\n',
    'request: Books.get_queryset answers requests',
  ],
  [
    'an object that a view makes',
    'class Cart:\n    def __init__(self):\n        self.fill()\n    def fill(self):\n        here()\ndef index(request):\n    Cart()\n',
    'request: index takes the request < a.py:3 < a.py:7',
  ],
  [
    'a route',
    'from flask import Flask\napp = Flask(__name__)\n@app.route("/")\ndef index():\n    here()\n',
    'request: @app.route hands requests to index',
  ],
  [
    'a task',
    'from celery import shared_task\n@shared_task(bind=True)\ndef work(self):\n    here()\n',
    'task: work is a task of the queue',
  ],
  [
    'a signal',
    'from django.dispatch import receiver\n@receiver(post_save, sender=Book)\ndef saved(sender, **kwargs):\n    here()\n',
    'signal: saved is called when post_save is sent',
  ],
  [
    'what is handed on',
    'from django.db import transaction\ndef index(request):\n    transaction.on_commit(lambda: later())\n    run(other)\ndef later():\n    here()\ndef other(): ...\n',
    'request: index takes the request < a.py:3',
  ],
  [
    'what is connected to a signal',
    'from django.db.models.signals import post_save\nclass A:\n    def ready(self):\n        post_save.connect(forget, sender="Book")\ndef forget(sender, **kwargs):\n    here()\n',
    'signal: forget is called when post_save is sent < a.py:4',
  ],
  [
    'a method that is put into a class of others',
    'from django.contrib.sites.models import SiteManager\ndef get_current(self, request=None):\n    here()\nSiteManager.get_current = get_current\n',
    'request: get_current takes the request',
  ],
  [
    'a field of a serializer that descends from nobody',
    'class UserField:\n    def to_representation(self, value):\n        here()\n',
    'request: UserField.to_representation converts what requests bring and get',
  ],
  [
    'an old middleware',
    'class TimingMiddleware(object):\n    def process_view(self, req, view):\n        here()\n',
    'request: TimingMiddleware.process_view handles every request',
  ],
])('%s runs within a request', async (_, text, told) => {
  expect(await ways({ 'a.py': text }, 'a.py', 'here()')).toBe(told);
});

it.each([
  ['the module itself', 'here()\n'],
  ['what nothing calls', 'def unused():\n    here()\n'],
  ['what the module calls', 'def once():\n    here()\nonce()\n'],
  [
    'a middleware that is made',
    'from django.utils.deprecation import MiddlewareMixin\nclass A(MiddlewareMixin):\n    def __init__(self, get_response):\n        here()\n',
  ],
  [
    'what is connected to a signal of the start',
    'from django.db.models.signals import post_migrate\npost_migrate.connect(fill)\ndef fill(**kwargs):\n    here()\n',
  ],
  ['what runs after a migration', '@receiver(post_migrate)\ndef filled(sender, **kwargs):\n    here()\n'],
  ['a default, which is computed once', 'def index(request, at=here()):\n    pass\n'],
])('%s does not', async (_, text) => {
  expect(await ways({ 'a.py': text }, 'a.py', 'here()')).toBeUndefined();
});

it('a command is no request, and what it calls is none through it', async () => {
  const files = {
    'shop/__init__.py': '',
    'shop/stock.py': 'def refill():\n    here()\n',
    'shop/management/commands/refill.py':
      'from django.core.management.base import BaseCommand\nfrom shop.stock import refill\nclass Command(BaseCommand):\n    def handle(self, request, **options):\n        refill()\n',
  };
  expect(await ways(files, 'shop/stock.py', 'here()')).toBeUndefined();
});

it('only ways to handlers that are asked for are found', async () => {
  const pythonCode = await codeOf({
    'a.py':
      'from celery import shared_task\n@shared_task\ndef work():\n    load()\ndef load():\n    here()\ndef index(request):\n    load()\n',
  });
  const program = { pythonCode, memo: <T>(_: string, make: () => T): T => make() } as Program;
  const place = written(pythonCode, 'a.py', 'here()');
  expect(pythonRequestPath(program, place)?.kind).toBe('task');
  expect(pythonRequestPath(program, place, ({ kind }) => kind === 'request')?.kind).toBe('request');
});
