import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { get } from '../../parse/yaml/read.js';
import { textOf } from './interpolated.js';
import type { Deployment } from './services.js';

/** How facts call a volume that several machines may reach. */
export function volumeName(deployment: Pick<Deployment, 'document'>, name: string): string {
  return `${deployment.document.path}#${name}`;
}

/** Who may mount a volume that is not simply a folder of the machine; undefined for one that is. */
export function networkAccess(definition: YamlNode | undefined): Maybe<'many-nodes'> | undefined {
  const type = textOf(get(definition, 'driver_opts', 'type'));
  if (type !== undefined && !isUnknown(type) && /^(?:nfs4?|cifs|smb3?|ceph|glusterfs|9p)$/.test(type))
    return 'many-nodes';
  const driver = textOf(get(definition, 'driver'));
  if (driver === undefined || driver === 'local') return undefined;
  if (isUnknown(driver)) return unknown(driver.unknown);
  if (/nfs|efs|cifs|smb|ceph|gluster|azure_?file|s3|sshfs|lizard|beegfs/i.test(driver)) return 'many-nodes';
  return unknown(`the driver ${driver} decides which machines reach it`);
}
