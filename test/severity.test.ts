import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import type { Audit } from '../src/report/report.js';
import type { Result } from '../src/rules/result.js';

const SETTINGS = `
SECRET_KEY = "x"
USE_TZ = True
INSTALLED_APPS = ["django.contrib.sessions", "rooms"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
ROOT_URLCONF = "rooms.urls"
SESSION_ENGINE = "django.contrib.sessions.backends.file"
SESSION_FILE_PATH = "/srv/sessions"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "db", "NAME": "x", "CONN_MAX_AGE": 60}}
`;

const APPLICATION = {
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "rooms.settings")\n',
  'requirements.txt': 'Django==5.2\ngunicorn==23.0\npsycopg==3.2\n',
  'rooms/__init__.py': '',
  'rooms/settings.py': SETTINGS,
  'rooms/urls.py': 'from django.urls import path\nfrom . import views\nurlpatterns = [path("", views.home)]\n',
  'rooms/views.py': 'def home(request):\n    request.session["seen"] = True\n',
  'rooms/wsgi.py':
    'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "rooms.settings")\napplication = get_wsgi_application()\n',
  Dockerfile:
    'FROM python:3.13-slim\nWORKDIR /app\nCOPY . /app\nCMD ["gunicorn", "rooms.wsgi", "--workers", "2", "--threads", "3"]\n',
};

function deployment(spec: string, more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: rooms }
spec:
${spec}
  selector: { matchLabels: { app: rooms } }
  template:
    metadata: { labels: { app: rooms } }
    spec:
      containers:
        - name: web
          image: registry.example.com/rooms:1
          ports: [{ containerPort: 8000 }]
          resources: { requests: { cpu: 100m, memory: 128Mi } }
          readinessProbe: { httpGet: { path: /, port: 8000 } }
${more}`;
}

async function auditOf(files: Record<string, string>, change: Record<string, string> = {}): Promise<Audit> {
  return audit({ root: '/' }, inventoryOf({ ...files, ...change }));
}

function resultOf(found: Audit, ruleId: string): Result | undefined {
  return found.evaluation.results.find((result) => result.ruleId === ruleId);
}

describe('the same session in files', () => {
  it('is a warning where nothing tells the deployment', async () => {
    const result = resultOf(await auditOf(APPLICATION), 'session-on-one-instance');
    expect(result).toMatchObject({
      level: 'warning',
      location: { uri: 'rooms/settings.py', region: { startLine: 7 } },
    });
  });

  it('is an error where a manifest runs three replicas, and names the line', async () => {
    const found = await auditOf(APPLICATION, { 'k8s/rooms.yaml': deployment('  replicas: 3') });
    const result = resultOf(found, 'session-on-one-instance');
    expect(result?.level).toBe('error');
    expect(result?.component).toBe('rooms');
    const because = result?.relatedLocations.find(({ location }) => location.uri === 'k8s/rooms.yaml');
    expect(because).toMatchObject({ message: 'it asks for 3 instances', location: { region: { startLine: 5 } } });
  });

  it('is a note where the component declares itself single', async () => {
    const found = await auditOf(APPLICATION, {
      'k8s/rooms.yaml': deployment('  replicas: 1\n  strategy: { type: Recreate }'),
    });
    expect(resultOf(found, 'session-on-one-instance')?.level).toBe('note');
    expect(resultOf(found, 'single-instance')?.level).toBe('note');
  });

  it('is an error where an autoscaler may start more, whatever the manifest says', async () => {
    const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: rooms }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: rooms }
  minReplicas: 1
  maxReplicas: 6
`;
    const found = await auditOf(APPLICATION, { 'k8s/rooms.yaml': `${deployment('  replicas: 1')}${scaler}` });
    const result = resultOf(found, 'session-on-one-instance');
    expect(result?.level).toBe('error');
    expect(result?.relatedLocations.map(({ message }) => message)).toContain(
      'an autoscaler asks for 6 instances at most',
    );
    // An autoscaler that may go down to one leaves one.
    expect(resultOf(found, 'single-instance')?.level).toBe('warning');
  });

  it('fits several processes on one machine, and blocks growth beyond it', async () => {
    const compose = 'services:\n  web:\n    build: .\n    ports: ["80:8000"]\n';
    const found = await auditOf(APPLICATION, { 'compose.yaml': compose });
    expect(resultOf(found, 'session-on-one-instance')?.level).toBe('warning');
    expect(found.model.components.find(({ name }) => name === 'web')?.properties.reach.value).toBe('host');
  });

  it('is no error on a volume that many nodes may write', async () => {
    const volumes = `          volumeMounts: [{ name: sessions, mountPath: /srv/sessions }]
      volumes: [{ name: sessions, persistentVolumeClaim: { claimName: sessions } }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: sessions }
spec: { accessModes: [ReadWriteMany] }
`;
    const found = await auditOf(APPLICATION, { 'k8s/rooms.yaml': deployment('  replicas: 3', volumes) });
    expect(resultOf(found, 'session-on-one-instance')).toBeUndefined();
  });

  it('is nothing that concerns a worker', async () => {
    const compose =
      'services:\n  worker:\n    build: .\n    command: celery -A rooms worker --concurrency 4\n    deploy: { replicas: 3 }\n';
    const found = await auditOf(APPLICATION, { 'compose.yaml': compose });
    expect(found.evaluation.results.filter(({ ruleId }) => ruleId === 'session-on-one-instance')).toEqual([]);
  });

  it('is judged without the deployment for development', async () => {
    const compose =
      'services:\n  web:\n    build: .\n    command: python manage.py runserver\n    volumes: [".:/app"]\n    deploy: { replicas: 3 }\n';
    const found = await auditOf(APPLICATION, { 'docker-compose.dev.yml': compose });
    expect(resultOf(found, 'session-on-one-instance')?.level).toBe('warning');
    expect(resultOf(found, 'development-server-in-production')).toBeUndefined();
  });

  it('is judged by the stage for production where the last one is for development', async () => {
    const file = APPLICATION.Dockerfile.replace('slim', 'slim AS app');
    const stages = `${file}\nFROM app AS prod\nENV DJANGO_SETTINGS_MODULE=rooms.settings\nFROM app AS dev\nCMD ["python", "manage.py", "runserver"]\n`;
    const found = await auditOf(APPLICATION, { Dockerfile: stages });
    expect(resultOf(found, 'development-server-in-production')).toBeUndefined();
    const alone = `${file}\nFROM app AS dev\nCMD ["python", "manage.py", "runserver"]\n`;
    expect(
      resultOf(await auditOf(APPLICATION, { Dockerfile: alone }), 'development-server-in-production'),
    ).toBeUndefined();
  });

  it('comes with the server that the only stage starts', async () => {
    const file = APPLICATION.Dockerfile.replace(/CMD.*/, 'CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]');
    const found = await auditOf(APPLICATION, { Dockerfile: file });
    expect(resultOf(found, 'development-server-in-production')).toMatchObject({
      level: 'error',
      location: { uri: 'Dockerfile' },
    });
  });

  it('costs nothing once somebody has accepted it with a reason', async () => {
    const line = 'SESSION_ENGINE = "django.contrib.sessions.backends.file"';
    const settings = SETTINGS.replace(
      line,
      `${line}  # scalecard-ignore session-on-one-instance: one machine for good`,
    );
    const found = await auditOf(APPLICATION, { 'rooms/settings.py': settings });
    expect(resultOf(found, 'session-on-one-instance')).toBeUndefined();
    expect(found.evaluation.suppressed).toHaveLength(1);
    const category = found.scorecard.categories.find(({ id }) => id === 'statelessness');
    expect(category?.lost).toEqual([]);
  });
});

describe('the connection budget', () => {
  const database = (connections: number): string => `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: 1
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: postgres:17
          args: ["-c", "max_connections=${connections}"]
`;

  it('counts instances, those of a roll-out, processes and threads', async () => {
    const found = await auditOf(APPLICATION, { 'k8s/rooms.yaml': `${deployment('  replicas: 8')}${database(60)}` });
    const result = resultOf(found, 'connections-over-budget');
    // 8 instances and a quarter more, each 2 processes x 3 threads, against 60 less 3 for superusers.
    expect(result?.message).toContain('(8 + 2 in a roll-out) rooms x 2 processes x 3 threads = 60');
    expect(result?.message).toContain('57 (60 less 3 reserved) are available');
    expect(result?.location).toMatchObject({ uri: 'k8s/rooms.yaml' });
  });

  it('says how many instances fit', async () => {
    const found = await auditOf(APPLICATION, { 'k8s/rooms.yaml': `${deployment('  replicas: 2')}${database(100)}` });
    expect(resultOf(found, 'connections-over-budget')).toBeUndefined();
    // 97 / 6 = 16 at once, of which a fifth is the quarter that a roll-out adds: 12 + 3 fit, 13 + 4 do not.
    expect(found.model.headroom[0]).toMatchObject({ component: 'rooms', instances: 12 });
  });
});
