/** The name of the claims that a StatefulSet makes from a template, without the number of the instance. */
export function claimOfTemplate(namespace: string, owner: string, template: string): string {
  return `${namespace}/${template}-${owner}`;
}
