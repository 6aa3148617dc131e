import { nodePackage } from '../node-package.js';

export const technology = nodePackage('graphql-subscriptions', 'GraphQL subscriptions', ['graphql-subscriptions']);
