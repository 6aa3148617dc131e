import type { Technology } from '../technology.js';

/** Products that are known by their image and no more, so that nobody takes them for the application. */
export const technology: Technology = {
  id: 'infrastructure',
  title: 'Infrastructure known by its image',
  reads: [],
  runs: [
    {
      images: /(?:^|\/)(?:envoy(?:-alpine|-distroless|-debug)?|oauth2-proxy|certbot|acme-companion|nginx-proxy)$/,
      programs: /^envoy$/,
      role: 'proxy',
    },
    {
      images:
        /(?:^|\/)(?:rabbitmq|kafka|cp-kafka|zookeeper|cp-zookeeper|nats|mosquitto|elasticsearch|opensearch|meilisearch|typesense|solr|mongo|mongodb|couchdb|cassandra|clickhouse|clickhouse-server|influxdb|minio|seaweedfs|localstack|etcd|consul|vault|gotenberg|tika|mailhog|mailpit|smtp|postfix|prometheus|grafana|loki|jaeger|adminer|pgadmin4?|phpmyadmin|mongo-express|flower|selenium|chrome|imgproxy)$/,
      role: 'store',
    },
  ],
};
