import type { Technology } from '../technology.js';

const KINDS =
  'ConfigMap|CronJob|DaemonSet|Deployment|DeploymentConfig|DestinationRule|VirtualService|GRPCRoute|HTTPRoute|HTTPScaledObject|HorizontalPodAutoscaler|Ingress|Job|List|PersistentVolumeClaim|Pod|PodDisruptionBudget|ReplicaSet|ReplicationController|Rollout|ScaledObject|Secret|Service|StatefulSet|TCPRoute|TLSRoute|Template';

export const technology: Technology = {
  id: 'kubernetes',
  title: 'Kubernetes',
  reads: [
    {
      language: 'yaml',
      paths: ['*.yaml', '*.yml'],
      mentions: new RegExp(`^[ \\t]*(?:- )?["']?kind["']?:[ \\t]*["']?(?:${KINDS})\\b`, 'm'),
    },
    // JSON is YAML.
    { language: 'yaml', paths: ['*.json'], mentions: new RegExp(`"kind"\\s{0,9}:\\s{0,9}"(?:${KINDS})"`) },
  ],
};
