import type { Data } from '../evaluated.js';
import type { View } from './view.js';

/** One resource, or several that differ in their number only. */
export interface Resource {
  /** Unique in its root: `module.shop.aws_ecs_service.web["api"]`. */
  readonly address: string;
  /** `aws_ecs_service`; of the call of a published module its source: `terraform-aws-modules/rds/aws`. */
  readonly type: string;
  readonly name: string;
  readonly key: Data | undefined;
  /** How many there are. */
  readonly count: Data;
  readonly view: View;
}
