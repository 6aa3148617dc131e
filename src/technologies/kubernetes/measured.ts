import type { YamlNode } from '../../parse/yaml/node.js';
import { get, items, string } from '../../parse/yaml/read.js';

/**
 * What an autoscaler compares with the requests of pods, in the words of the fact. Where one container lacks such a request
 * "the autoscaler will not take any action for that metric":
 * https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work
 */
type Shares = readonly string[] | undefined;

export function shareOfMetrics(spec: YamlNode | undefined): Shares {
  const metrics = items(get(spec, 'metrics'));
  // Without metrics 80 % of the processor time is the target, whatever the version.
  if (metrics.length === 0) return ['cpu'];
  return measured(
    metrics.flatMap((metric) => {
      const type = string(get(metric, 'type'));
      const source = get(metric, type === 'ContainerResource' ? 'containerResource' : 'resource');
      const name = string(get(source, 'name'));
      const share = get(source, 'target', 'averageUtilization') ?? get(source, 'targetAverageUtilization');
      if (name === undefined || share === undefined) return [];
      const container = type === 'ContainerResource' ? string(get(source, 'container')) : undefined;
      return [container === undefined ? name : `${name}@${container}`];
    }),
  );
}

/** https://keda.sh/docs/latest/scalers/cpu/: a share of the request is the default, and the only kind that needs it. */
export function shareOfTriggers(spec: YamlNode | undefined): Shares {
  return measured(
    items(get(spec, 'triggers')).flatMap((trigger) => {
      const type = string(get(trigger, 'type')) ?? '';
      if (type !== 'cpu' && type !== 'memory') return [];
      const kind = string(get(trigger, 'metricType')) ?? string(get(trigger, 'metadata', 'type')) ?? 'Utilization';
      const container = string(get(trigger, 'metadata', 'containerName'));
      return kind === 'Utilization' ? [container === undefined ? type : `${type}@${container}`] : [];
    }),
  );
}

function measured(shares: readonly string[]): Shares {
  return shares.length === 0 ? undefined : [...new Set(shares)];
}
