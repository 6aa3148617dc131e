import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'prometheus',
  title: 'Prometheus',
  reads: [
    {
      language: 'yaml',
      paths: ['*.yml', '*.yaml'],
      mentions: /^scrape_configs:|^[ \t]*(?:- )?scrape_configs:[ \t]*$/m,
    },
    {
      language: 'yaml',
      paths: ['*.yml', '*.yaml'],
      mentions:
        /^[ \t]*(?:- )?kind:[ \t]*["']?(?:ServiceMonitor|PodMonitor|OpenTelemetryCollector|Instrumentation)\b|prometheus\.io\/scrape/m,
    },
  ],
};
