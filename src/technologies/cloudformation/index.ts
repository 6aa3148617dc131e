import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'cloudformation',
  title: 'CloudFormation and SAM',
  reads: [
    {
      language: 'yaml',
      paths: ['*.yaml', '*.yml', '*.json', '*.template'],
      mentions:
        /["']?Type["']?[ \t]{0,8}:[ \t]{0,8}["']?AWS::(?:ECS|Lambda|Serverless|RDS|ElastiCache|AppRunner|CloudFormation|CloudFront|EKS|AutoScaling|ElasticLoadBalancing(?:V2)?|ApplicationAutoScaling)::/,
    },
  ],
};
