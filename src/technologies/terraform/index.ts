import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'terraform',
  title: 'Terraform',
  reads: [
    {
      language: 'hcl',
      paths: ['*.tf', '*.tofu'],
      mentions: /^[ \t]*(?:resource|module|variable|locals|output|data|provider|terraform)\b/m,
    },
    { language: 'hcl', paths: ['*.tfvars'] },
  ],
};
