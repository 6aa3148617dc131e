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
    { language: 'hcl', paths: ['*.tfvars', '*.tfvars.json'] },
    // What Terragrunt reads: https://terragrunt.gruntwork.io/docs/reference/hcl/
    {
      language: 'hcl',
      paths: ['*.hcl'],
      except: /\.(?:lock|pkr|pkrvars|nomad)\.hcl$/,
      mentions: /^[ \t]{0,8}(?:terraform|include|inputs|locals|dependency)\b/m,
    },
  ],
};
