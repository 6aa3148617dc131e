import { state, type Stated } from '../../facts/fact.js';
import { telemetry } from '../../facts/telemetry.js';
import type { Program } from '../../link/program.js';
import { startOf } from '../../location.js';
import { foldersAbove, folderOf, isInside } from '../../repository-path.js';
import { packageJsonIn } from '../package-json.js';

const PYTHON =
  /^(?:django-prometheus|prometheus-client|prometheus-fastapi-instrumentator|prometheus-flask-exporter|starlette-prometheus|aioprometheus|celery-exporter|opentelemetry-(?:api|sdk|distro|exporter-.+|instrumentation-.+)|sentry-sdk|raven|statsd|django-statsd(?:-.+)?|datadog|ddtrace|newrelic|elastic-apm|scout-apm|appdynamics|opencensus(?:-.+)?|azure-monitor-opentelemetry|applicationinsights|honeycomb-(?:beeline|opentelemetry)|logfire|instana|apache-skywalking|oneagent-sdk|aws-xray-sdk|appsignal|watchtower|google-cloud-trace|rollbar|honeybadger)$/;
const NODE_NAMES = String.raw`prom-client|express-prom-bundle|express-prometheus-middleware|fastify-metrics|nestjs-prometheus|@willsoto/nestjs-prometheus|@opentelemetry/[^'"\s]+|@sentry/(?:node|nestjs|nextjs|tracing|profiling-node|serverless|remix|sveltekit|nuxt)|raven|hot-shots|node-statsd|statsd-client|lynx|dd-trace|datadog-metrics|newrelic|elastic-apm-node|@scout_apm/scout-apm|appdynamics|applicationinsights|@azure/monitor-opentelemetry|honeycomb-beeline|@honeycombio/[^'"\s]+|@instana/collector|skywalking-backend-js|aws-xray-sdk(?:-[^'"\s]+)?|@appsignal/nodejs|@google-cloud/trace-agent|@pm2/io|@logtail/[^'"\s]+|express-status-monitor|swagger-stats|raygun|@honeybadger-io/js|rollbar`;
const NODE = new RegExp(`^(?:${NODE_NAMES})$`);
const NODE_IMPORT = new RegExp(String.raw`(?:\bfrom|\bimport|\brequire\()\s*['"](${NODE_NAMES})['"]`);

/** A declared package is enough: what it is told to do is the business of whoever installed it. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { directory } = program.launch;
  const own = program.dependencies.find(
    ({ name, development, location }) =>
      !development && PYTHON.test(name) && isAround(folderOf(location.uri), directory),
  );
  if (own !== undefined) yield state(telemetry, own.location, { name: own.name, means: 'inside' });
  for (const folder of [directory, ...foldersAbove(`${directory}/x`), '']) {
    const manifest = packageJsonIn(program, folder);
    const name = [...(manifest?.dependencies ?? [])].find((one) => NODE.test(one));
    if (manifest === undefined || name === undefined) continue;
    yield state(telemetry, manifest.place, { name, means: 'inside' });
    return;
  }
  yield* importedIn(program);
}

/** Declared by another package of the repository, which the code of this one loads. */
function* importedIn({ javascript }: Program): Iterable<Stated> {
  for (const { path, document } of javascript.modules) {
    const name = NODE_IMPORT.exec(document.text)?.[1];
    if (name === undefined) continue;
    yield state(telemetry, startOf(path), { name, means: 'inside' });
    return;
  }
}

/** What a folder above declares is installed for all below; what one below declares may be. */
function isAround(folder: string, directory: string): boolean {
  return isInside(folder, directory) || isInside(directory, folder);
}
