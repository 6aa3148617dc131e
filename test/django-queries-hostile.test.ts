import { expect, it } from 'vitest';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

/** Texts that lead back to themselves, or are deeper and longer than anybody writes: each is read in bounded time, and says nothing wrong. */
const MODELS = `from django.db import models
class Author(models.Model):
    mentor = models.ForeignKey("self", on_delete=models.CASCADE)
class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
`;

const VIEW = `from .models import Author, Book
`;

const times = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

const cases: readonly [string, Readonly<Record<string, string>>][] = [
  [
    'functions that call each other with what they are handed',
    {
      'shop/views.py': `${VIEW}def index(request):\n    for book in Book.objects.all():\n        f0(book)\n${times(400, (i) => `def f${String(i)}(book):\n    f${String((i + 1) % 400)}(book)\n    f${String((i + 7) % 400)}(book)\n    f${String((i + 31) % 400)}(book)\n    return book.author.mentor\n`)}`,
    },
  ],
  [
    'a function that calls itself with rows of its rows',
    {
      'shop/views.py': `${VIEW}def index(request):\n    walk(Author.objects.all())\ndef walk(authors):\n    for author in authors:\n        walk(author.author_set.all())\n        walk(authors)\n`,
    },
  ],
  [
    'managers whose methods lead to each other',
    {
      'shop/models.py': `${MODELS}class PenQuerySet(models.QuerySet):\n${times(200, (i) => `    def m${String(i)}(self):\n        if a:\n            return self.m${String((i + 1) % 200)}().m${String((i + 3) % 200)}()\n        return self.m${String((i + 2) % 200)}().select_related("book")\n`)}class Pen(models.Model):\n    book = models.ForeignKey(Book, on_delete=models.CASCADE)\n    objects = PenQuerySet.as_manager()\n`,
      'shop/views.py': `from .models import Pen\ndef index(request):\n    return [pen.book for pen in Pen.objects.m0()]\n`,
    },
  ],
  [
    'a chain of thousands of methods',
    {
      'shop/views.py': `${VIEW}def index(request):\n    books = Book.objects${'.filter(pk=1)'.repeat(3000)}\n    return [book.author for book in books]\n`,
    },
  ],
  [
    'a name that is bound to itself thousands of times',
    {
      'shop/views.py': `${VIEW}def index(request):\n    books = Book.objects.all()\n${times(3000, (i) => `    if request.GET.get("${String(i)}"):\n        books = books.filter(pk=${String(i)})\n`)}    return [book.author for book in books]\n`,
    },
  ],
  [
    'loops within loops',
    {
      'shop/views.py': `${VIEW}def index(request):\n${times(90, (i) => `${' '.repeat(i + 4)}for b${String(i)} in Book.objects.filter(pk=b${String(i - 1)}.author.pk):\n`)}${' '.repeat(94)}pass\n`,
    },
  ],
  [
    'models that inherit from each other and refer to themselves',
    {
      'shop/models.py': `${MODELS}${times(300, (i) => `class M${String(i)}(M${String((i + 1) % 300)}, models.Model):\n    to = models.ForeignKey("M${String((i * 7) % 300)}", on_delete=models.CASCADE)\n    constructor = models.ForeignKey("self", related_name="__proto__", on_delete=models.CASCADE)\n`)}`,
      'shop/views.py': `from .models import M0\ndef index(request):\n    return [row.to.to.constructor.pk for row in M0.objects.all()]\n`,
    },
  ],
  [
    'serialisers that hold each other',
    {
      'shop/views.py': `${VIEW}from rest_framework import serializers, viewsets\n${times(60, (i) => `class S${String(i)}(serializers.ModelSerializer):\n    mentor = S${String((i + 1) % 60)}()\n    author_set = S${String((i + 2) % 60)}(many=True)\n    name = serializers.SerializerMethodField()\n    class Meta:\n        model = Author\n        fields = "__all__"\n    def get_name(self, author):\n        return self.get_name(author.mentor)\n`)}class V(viewsets.ModelViewSet):\n    queryset = Author.objects.all()\n    serializer_class = S0\n`,
    },
  ],
  [
    'templates that include each other, and loops that no tag closes',
    {
      'shop/views.py': `${VIEW}from django.shortcuts import render\ndef index(request):\n    return render(request, "a.html", {"books": Book.objects.all()})\n`,
      'shop/templates/a.html': `{% extends "b.html" %}{% include "a.html" %}${'{% for book in books %}{{ book.author.mentor.mentor }}'.repeat(3000)}`,
      'shop/templates/b.html': `{% extends "a.html" %}${'{% with b=book.author %}{% include "b.html" with book=b %}'.repeat(3000)}${'{{'.repeat(9000)}`,
    },
  ],
  [
    'properties that read each other',
    {
      'shop/models.py': `${MODELS}class Pen(models.Model):\n    book = models.ForeignKey(Book, on_delete=models.CASCADE)\n${times(150, (i) => `    @property\n    def p${String(i)}(self):\n        return (self.p${String((i + 1) % 150)}, self.p${String((i + 5) % 150)}, self.p${String((i + 11) % 150)}, self.book)\n`)}`,
      'shop/views.py': `from .models import Pen\ndef index(request):\n    return [pen.p0 for pen in Pen.objects.all()]\n`,
    },
  ],
];

it.each(cases)('reads %s', { timeout: 60_000 }, async (_, files) => {
  const all = {
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    'shop/__init__.py': '',
    'shop/settings.py': 'DEBUG = False\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["shop"]\n',
    'shop/models.py': MODELS,
    ...files,
  };
  const started = process.cpuUsage();
  const { crashed, facts } = await gather({ root: '/' }, inventoryOf(all));
  const { user } = process.cpuUsage(started);
  expect([...crashed]).toEqual([]);
  expect(facts.map(({ kind }) => kind)).toContain('application');
  expect(user / 1e6).toBeLessThan(20);
});
