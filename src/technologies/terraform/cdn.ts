import { unknown, type Location, type Maybe } from '../../location.js';
import type { EdgeBehavior, EdgeKey, EdgeWords } from '../edge-behavior.js';
import { managedKey } from '../edge-behavior.js';
import { isNothing, itemsOf, memberOf, textOf, truthOf, type Data } from '../evaluated.js';
import { placeOf } from '../task-containers.js';
import { knownText, referred, type Applied } from './resources.js';
import type { View } from './view.js';

/** A distribution with how it treats each path. */
export interface Distribution {
  readonly name: string;
  readonly behaviors: readonly EdgeBehavior[];
  /** A page is sent for `/` or for what is not found. */
  readonly hasPages: boolean;
}

export const WORDS: EdgeWords = {
  cookies:
    'cookies { forward = "none" }, or forward = "whitelist" with whitelisted_names = ["sessionid"] where pages differ by user',
  headers: 'take it out of headers, and hand it on by an origin_request_policy_id where the origin needs it',
  compress: 'compress = true',
};

const POLICY = 'aws_cloudfront_cache_policy';
const MODULE = 'terraform-aws-modules/cloudfront/aws';

export function distributionsOf(all: readonly Applied[]): Distribution[] {
  return all
    .filter(({ audience }) => audience === 'production')
    .flatMap((resource) => {
      if (resource.type === 'aws_cloudfront_distribution') return [ofResource(resource)];
      return resource.type === MODULE ? [ofModule(resource)] : [];
    });
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudfront_distribution */
function ofResource(resource: Applied): Distribution {
  const { view, name } = resource;
  const origins = view.blocks('origin');
  const behavior = (one: View, path: string): EdgeBehavior => {
    const target = textOf(one.get('target_origin_id'));
    const origin = origins.find((candidate) => target !== undefined && knownText(candidate, 'origin_id') === target);
    const [forwarded] = one.blocks('forwarded_values');
    const [cookies] = forwarded?.blocks('cookies') ?? [];
    const only = origins.length === 1 ? origins[0] : undefined;
    return {
      where: `${path} of ${name}`,
      location: cookies?.at('forward') ?? forwarded?.at() ?? one.at('cache_policy_id'),
      key: keyOf(one.get('cache_policy_id'), resource) ?? {
        cookies: cookies?.get('forward'),
        headers: forwarded?.get('headers'),
        ...timesOf(one),
        encodings: true,
      },
      compress: one.get('compress'),
      compressAt: one.at('compress'),
      origin: knownText(origin ?? only, 'domain_name'),
      isBucket: isBucket(origin ?? only),
    };
  };
  return {
    name,
    hasPages: !isNothing(view.get('default_root_object')) || view.blocks('custom_error_response').length > 0,
    behaviors: [
      ...view.blocks('default_cache_behavior').map((one) => behavior(one, '*')),
      ...view.blocks('ordered_cache_behavior').map((one) => behavior(one, textOf(one.get('path_pattern')) ?? 'a path')),
    ],
  };
}

function timesOf(view: View): Pick<EdgeKey, 'least' | 'byDefault' | 'most'> {
  return { least: view.get('min_ttl'), byDefault: view.get('default_ttl'), most: view.get('max_ttl') };
}

function isBucket(origin: View | undefined): boolean {
  const domain = origin?.get('domain_name');
  return (
    (origin?.blocks('s3_origin_config').length ?? 0) > 0 ||
    origin?.get('origin_access_control_id') !== undefined ||
    /\.s3[.-]/.test(textOf(domain) ?? '') ||
    domain?.from.resources.some((one) => /(?:^|\.)aws_s3_bucket\w{0,40}\./.test(one)) === true
  );
}

/** What a policy says; undefined where none is named. */
function keyOf(named: Data | undefined, resource: Applied): Maybe<EdgeKey> | undefined {
  if (named === undefined || isNothing(named)) return undefined;
  const policy = referred(named, resource, POLICY)?.view;
  if (policy !== undefined) {
    const [parameters] = policy.blocks('parameters_in_cache_key_and_forwarded_to_origin');
    const [cookies] = parameters?.blocks('cookies_config') ?? [];
    const [headers] = parameters?.blocks('headers_config') ?? [];
    return {
      cookies: cookies?.get('cookie_behavior'),
      headers: headers?.blocks('headers')[0]?.get('items'),
      ...timesOf(policy),
      encodings: truthOf(parameters?.get('enable_accept_encoding_gzip')) !== false,
    };
  }
  const found = referred(named, resource, `data.${POLICY}`);
  const word = textOf(named) ?? knownText(found?.view, 'name') ?? '';
  return managedKey(word) ?? unknown('its cache policy is not in the repository');
}

/** https://registry.terraform.io/modules/terraform-aws-modules/cloudfront/aws: the same in maps. */
function ofModule(resource: Applied): Distribution {
  const { view, name } = resource;
  const origins = view.get('origin');
  const behavior = (data: Data, path: string, otherwise: Location): EdgeBehavior => {
    const target = textOf(memberOf(data, 'target_origin_id'));
    const origin = target === undefined ? undefined : memberOf(origins, target);
    const get = (one: string): Data | undefined => memberOf(data, one);
    const place = placeOf(data) ?? otherwise;
    const policy = get('cache_policy_name') ?? get('cache_policy_id');
    const domain = memberOf(origin, 'domain_name');
    return {
      where: `${path} of ${name}`,
      location: placeOf(get('cookies_forward') ?? policy) ?? place,
      key: keyOf(policy, resource) ?? {
        cookies: get('cookies_forward'),
        headers: get('headers'),
        ...{ least: get('min_ttl'), byDefault: get('default_ttl'), most: get('max_ttl') },
        encodings: true,
      },
      compress: get('compress'),
      compressAt: placeOf(get('compress')) ?? place,
      origin: textOf(domain),
      isBucket:
        memberOf(origin, 's3_origin_config') !== undefined ||
        memberOf(origin, 'origin_access_control') !== undefined ||
        /\.s3[.-]/.test(textOf(domain) ?? '') ||
        domain?.from.resources.some((one) => one.includes('s3')) === true,
    };
  };
  const main = view.get('default_cache_behavior');
  return {
    name,
    hasPages: !isNothing(view.get('default_root_object')) || !isNothing(view.get('custom_error_response')),
    behaviors: [
      ...(main === undefined || main.kind === 'unknown'
        ? []
        : [behavior(main, '*', view.at('default_cache_behavior'))]),
      ...(itemsOf(view.get('ordered_cache_behavior')) ?? []).map((one) =>
        behavior(one, textOf(memberOf(one, 'path_pattern')) ?? 'a path', view.at('ordered_cache_behavior')),
      ),
    ],
  };
}
