import { folderOf, joinPath } from '../../repository-path.js';
import { audienceOfDeployment } from './audience.js';
import { field, isMain, type Deployment, type Service } from './services.js';

/**
 * How facts call a service. The main file and files for production that only change it share their units; any other
 * file is a deployment of its own.
 */
export function unitOf(deployment: Deployment, service: Service): string {
  const whole = deployment.within ?? deployment;
  const { path } = whole.document;
  const folder = folderOf(path);
  const isOverlay = audienceOfDeployment(whole) === 'production' && whole.services.some(isPartial);
  return joinPath('service', `${isMain(path) || isOverlay ? folder : path}/${service.name}`);
}

/** Without image and build it only changes a service of another file. */
function isPartial(service: Service): boolean {
  return (
    field(service, 'image') === undefined && field(service, 'build') === undefined && service.elsewhere === undefined
  );
}

/** The set of variables that a service sets itself; the file belongs to it, since another file may set other values. */
export function variablesOf(deployment: Deployment, service: Service): string {
  return `unit:${unitOf(deployment, service)}/${service.name}@${deployment.document.path}`;
}
