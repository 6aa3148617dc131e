import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';

it('survives templates of any shape', async () => {
  const scalar = fc.constantFrom('x', '${A}', '${A.B}', 'AWS::NoValue', '200%', '', null, true, 3, -1, 1e9);
  const key = fc.constantFrom(
    ...'Ref Fn::GetAtt Fn::Sub Fn::Join Fn::If Fn::Select Fn::Split Fn::FindInMap Fn::Equals Fn::And Fn::Or Fn::Not Condition ContainerDefinitions Name Image Environment Variables Value PortMappings ContainerPort MountPoints SourceVolume ContainerPath Volumes DesiredCount TaskDefinition LoadBalancers TargetGroupArn Parameters max_connections Engine DBInstanceClass DBClusterIdentifier ReservedConcurrentExecutions Handler Runtime CodeUri'.split(
      ' ',
    ),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, scalar, tie('list'), tie('map')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  }));
  const types = fc.constantFrom(
    ...'ECS::Service ECS::TaskDefinition Serverless::Function Lambda::Function RDS::DBInstance RDS::DBCluster RDS::DBProxy ElastiCache::CacheCluster'.split(
      ' ',
    ),
  );
  let stated = 0;
  await fc.assert(
    fc.asyncProperty(value, value, value, types, types, async (one, two, three, first, second) => {
      const template = {
        Parameters: { A: { Default: one } },
        Conditions: { C: two },
        Globals: { Function: three },
        Resources: {
          A: { Type: `AWS::${first}`, Properties: one },
          B: {
            Type: `AWS::${second}`,
            Properties: { ...(two as object), ContainerDefinitions: three, Engine: 'mysql' },
          },
        },
      };
      const { crashed, facts } = await gather(
        { root: '/' },
        inventoryOf({ 'a.yaml': stringify(template), 'b.json': JSON.stringify(template) }),
      );
      expect([...crashed]).toEqual([]);
      stated += facts.length;
    }),
    { numRuns: 60 },
  );
  expect(stated).toBeGreaterThan(60);
});

it('survives configuration of any shape', async () => {
  const leaf = fc.constantFrom(
    ...'"x" 1 -1 null true var.a var.none local.a local.b each.value count.index module.m.o aws_db_instance.d.address aws_ecs_service.s data.x.y.z terraform.workspace "${local.a}${var.a}" [] {} a.b[*].c path.module'.split(
      ' ',
    ),
  );
  const call = fc.constantFrom(
    ...'jsonencode jsondecode merge concat lookup flatten tolist toset format join split file templatefile coalesce try range element length keys zipmap replace substr'.split(
      ' ',
    ),
  );
  const { expression } = fc.letrec((tie) => ({
    expression: fc.oneof({ depthSize: 'small' }, leaf, tie('call'), tie('list'), tie('map'), tie('choice'), tie('for')),
    call: fc
      .tuple(call, fc.array(tie('expression'), { maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    list: fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    map: fc
      .array(tie('expression'), { maxLength: 3 })
      .map((items) => `{${items.map((one, i) => `k${i} = ${String(one)}`).join(', ')}}`),
    choice: fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(${String(a)} == ${String(b)} ? ${String(c)} : ${String(a)})`),
    for: fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[for k, v in ${String(a)} : ${String(b)}]`),
  }));
  const some = expression as fc.Arbitrary<string>;
  let stated = 0;
  await fc.assert(
    fc.asyncProperty(some, some, some, some, async (one, two, three, four) => {
      const main = `
variable "a" { default = ${one} }
locals {
  a = ${two}
  b = ${three}
}
module "m" {
  source = "./m"
  a      = ${four}
}
resource "aws_db_instance" "d" {
  engine         = "postgres"
  instance_class = ${one}
}
resource "aws_ecs_task_definition" "t" {
  container_definitions = ${two}
}
resource "aws_ecs_service" "s" {
  for_each        = ${three}
  task_definition = aws_ecs_task_definition.t.arn
  desired_count   = ${four}
}
resource "google_cloud_run_v2_service" "r" {
  template {
    containers {
      image = ${three}
      dynamic "env" {
        for_each = ${one}
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }
}
`;
      const inner = `variable "a" {}\noutput "o" { value = ${one} }\nresource "aws_lambda_function" "f" { reserved_concurrent_executions = ${two} }\n`;
      const { crashed, facts } = await gather(
        { root: '/' },
        inventoryOf({ 'main.tf': main, 'm/main.tf': inner, 'prod.tfvars': `a = ${four}\n`, x: '${x}' }),
      );
      expect([...crashed]).toEqual([]);
      stated += facts.length;
    }),
    { numRuns: 60 },
  );
  expect(stated).toBeGreaterThan(120);
});

it('is bounded where values multiply', async () => {
  const doubling = (form: (name: string) => string): string =>
    Array.from({ length: 60 }, (_, i) => `  l${i + 1} = ${form(`local.l${i}`)}`).join('\n');
  for (const form of [
    (name: string) => `[${name}, ${name}]`,
    (name: string) => `concat(${name}, ${name})`,
    (name: string) => `"\${${name}}\${${name}}"`,
    (name: string) => `jsonencode([${name}, ${name}])`,
    (name: string) => `{ a = ${name}, b = ${name} }`,
  ]) {
    const text = `locals {\n  l0 = ["x"]\n${doubling(form)}\n}\nresource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode(local.l60)\n  family = local.l60\n}\n`;
    const start = performance.now();
    const { crashed } = await gather({ root: '/' }, inventoryOf({ 'main.tf': text }));
    expect([...crashed]).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3_000);
  }
});
