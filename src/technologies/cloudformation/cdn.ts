import { unknown, type Location, type Maybe } from '../../location.js';
import { managedKey, type EdgeBehavior, type EdgeKey, type EdgeWords } from '../edge-behavior.js';
import { isNothing, itemsOf, memberOf, textOf, truthOf, type Data } from '../evaluated.js';
import { placeOf } from '../task-containers.js';
import type { Resource, Template } from './resource.js';
import { taken } from './template.js';

/** A distribution with how it treats each path. */
export interface Distribution {
  readonly name: string;
  readonly behaviors: readonly EdgeBehavior[];
  /** A page is sent for `/` or for what is not found. */
  readonly hasPages: boolean;
}

export const WORDS: EdgeWords = {
  cookies: 'Cookies: { Forward: none }, or whitelist with WhitelistedNames: [sessionid] where pages differ by user',
  headers: 'take it out of Headers, and hand it on by an OriginRequestPolicyId where the origin needs it',
  compress: 'Compress: true',
};

const inside = (data: Data | undefined, ...path: readonly string[]): Data | undefined =>
  path.reduce<Data | undefined>((found, name) => memberOf(found, name), data);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html */
export function distributionsOf(template: Template): Distribution[] {
  return template.resources
    .filter(({ type, audience }) => type === 'AWS::CloudFront::Distribution' && audience === 'production')
    .map((resource): Distribution => {
      const get = (...path: readonly string[]): Data | undefined => resource.get('DistributionConfig', ...path);
      const origins = itemsOf(get('Origins')) ?? [];
      const behavior = (data: Data, path: string): EdgeBehavior => {
        const target = textOf(memberOf(data, 'TargetOriginId'));
        const origin = origins.find((one) => target !== undefined && textOf(memberOf(one, 'Id')) === target);
        const domain = memberOf(origin, 'DomainName');
        const place = placeOf(data) ?? resource.head;
        return {
          where: `${path} of ${resource.id}`,
          location: keyPlace(data) ?? place,
          key: keyOf(data, resource),
          compress: memberOf(data, 'Compress'),
          compressAt: placeOf(memberOf(data, 'Compress')) ?? place,
          origin: textOf(domain),
          isBucket: memberOf(origin, 'S3OriginConfig') !== undefined || saysBucket(domain),
        };
      };
      const main = get('DefaultCacheBehavior');
      return {
        name: resource.id,
        hasPages: !isNothing(get('DefaultRootObject')) || !isNothing(get('CustomErrorResponses')),
        behaviors: [
          ...(main === undefined ? [] : [behavior(main, '*')]),
          ...(itemsOf(get('CacheBehaviors')) ?? []).map((one) =>
            behavior(one, textOf(memberOf(one, 'PathPattern')) ?? 'a path'),
          ),
        ],
      };
    });
}

/** Of a name that is made when it is deployed the end is often written. */
function saysBucket(domain: Data | undefined): boolean {
  const parts = domain?.kind === 'unknown' ? (domain.parts ?? []) : [domain];
  return parts.some((one) => /\.s3[.-]/.test(typeof one === 'string' ? one : (textOf(one) ?? '')));
}

function keyPlace(data: Data): Location | undefined {
  const forwarded = memberOf(data, 'ForwardedValues');
  return (
    placeOf(inside(forwarded, 'Cookies', 'Forward')) ?? placeOf(forwarded) ?? placeOf(memberOf(data, 'CachePolicyId'))
  );
}

function keyOf(data: Data, resource: Resource): Maybe<EdgeKey> {
  const named = memberOf(data, 'CachePolicyId');
  if (named === undefined || isNothing(named)) {
    const forwarded = memberOf(data, 'ForwardedValues');
    return {
      cookies: inside(forwarded, 'Cookies', 'Forward'),
      headers: memberOf(forwarded, 'Headers'),
      least: memberOf(data, 'MinTTL'),
      byDefault: memberOf(data, 'DefaultTTL'),
      most: memberOf(data, 'MaxTTL'),
      encodings: true,
    };
  }
  const own = taken(named, resource, 'AWS::CloudFront::CachePolicy')?.get('CachePolicyConfig');
  const managed = managedKey(textOf(named) ?? '');
  if (own === undefined) return managed ?? unknown('its cache policy is not in the template');
  const parameters = memberOf(own, 'ParametersInCacheKeyAndForwardedToOrigin');
  return {
    cookies: inside(parameters, 'CookiesConfig', 'CookieBehavior'),
    headers: inside(parameters, 'HeadersConfig', 'Headers'),
    least: memberOf(own, 'MinTTL'),
    byDefault: memberOf(own, 'DefaultTTL'),
    most: memberOf(own, 'MaxTTL'),
    encodings: truthOf(memberOf(parameters, 'EnableAcceptEncodingGzip')) !== false,
  };
}
