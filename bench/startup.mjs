/**
 * What a start costs, as ratios to Node doing nothing:
 *
 *     npm run build && node bench/startup.mjs [runs]
 *
 * All commands are started in turn, several times, and medians are shown, so that a busy machine disturbs all alike.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = {
  'compose.yaml': `
services:
  web:
    build: .
    command: gunicorn x.wsgi:application --workers 4
    environment:
      DJANGO_SETTINGS_MODULE: x.settings
    depends_on: [db]
    deploy:
      replicas: 3
  db:
    image: postgres:16
`,
  'manage.py': `
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "x.settings")
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
`,
  'x/settings.py': `
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("DEBUG", "0") == "1"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "app", "HOST": "db"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
MEDIA_ROOT = BASE_DIR / "media"
`,
};

const runs = Number(process.argv[2] ?? '15');
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'scalecard-bench-'));
mkdirSync(join(project, 'x'));
for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text.trimStart());

const commands = [
  { name: 'node -e 0', words: ['-e', '0'], status: 0 },
  { name: 'scalecard --version', words: [program, '--version'], status: 0 },
  { name: 'scalecard rules', words: [program, 'rules'], status: 0 },
  // It keeps its sessions in the memory of a process and runs three of them: an error, by which one sees that it was judged.
  { name: 'scalecard audit, 3 files', words: [program, 'audit', project], status: 1 },
].map((command) => ({ ...command, samples: [] }));

// The first round is not counted: it warms the disk cache.
for (let round = 0; round <= runs; round++) {
  for (const { name, words, status, samples } of commands) {
    const since = performance.now();
    const run = spawnSync(process.execPath, words, { encoding: 'utf8' });
    if (run.status !== status) throw new Error(`${name}: status ${run.status}\n${run.stderr}`);
    if (round > 0) samples.push(performance.now() - since);
  }
}
rmSync(project, { recursive: true });

const bare = median(commands[0].samples);
console.log(`medians of ${runs} runs`);
for (const { name, samples } of commands) {
  const milliseconds = median(samples);
  console.log(
    name.padEnd(28) +
      `${milliseconds.toFixed(0).padStart(6)} ms${(milliseconds / bare).toFixed(2).padStart(8)} x` +
      `   Node + ${(milliseconds - bare).toFixed(0)} ms`,
  );
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
