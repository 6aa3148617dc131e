import type { TSESTree } from '@typescript-eslint/types';
import type { Call, Placed, Traced } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { truthOf } from './javascript-conditions.js';
import { argument, at, nameOf, written } from './javascript-place.js';

/** What one call does to what others see. `claims` takes a lock or a row that only one can take. */
export type Deed = 'sends' | 'writes' | 'removes' | 'claims';

/** Packages whose calls leave the system: mail, messages, payments, queues. */
const MESSENGERS =
  /^(?:nodemailer|@sendgrid\/mail|mailgun(?:-js|\.js)?|postmark|resend|node-mailjet|@mailchimp\/.*|twilio|web-push|firebase-admin|node-telegram-bot-api|telegraf|discord\.js|@slack\/.*|stripe|@aws-sdk\/client-(?:ses|sesv2|sns|sqs)|bull|bullmq|bee-queue|pg-boss|amqplib|amqp-connection-manager|kafkajs|@google-cloud\/pubsub)$/;
const SENDING = /^(?:send\w*|sendMail|publish\w*|add|addBulk|push|create|notify|postMessage|emit)$/;
/** Names that send whatever the receiver is. */
const CERTAINLY_SENDS = /^(?:sendMail|sendMultiple|sendNotification|sendMulticast|sendEachForMulticast|sendToQueue)$/;

const HTTP = /^(?:axios|got|node-fetch|undici|superagent|ky|needle|request|request-promise|@nestjs\/axios)$/;

/** Packages that keep data for all: object mappers and drivers. */
const DATA =
  /^(?:mongoose|mongodb|@prisma\/client|prisma|sequelize|sequelize-typescript|typeorm|@nestjs\/typeorm|knex|objection|bookshelf|@mikro-orm\/.*|drizzle-orm(?:\/.*)?|pg|pg-promise|postgres|mysql|mysql2|redis|ioredis|@supabase\/supabase-js|firebase-admin|kysely|waterline|@typegoose\/typegoose|monk|redbean-node|@elastic\/elasticsearch|@aws-sdk\/.*dynamodb)$/;
const WRITING =
  /^(?:create|createMany|insert|insertOne|insertMany|insertInto|bulkCreate|bulkWrite|update|updateOne|updateMany|updateAll|upsert|save|saveAll|store|set|hset|hmset|incr|incrby|hincrby|zadd|sadd|lpush|rpush|increment|decrement|replaceOne|patch|findOneAndUpdate|findByIdAndUpdate|findOneAndReplace|findOrCreate|\$executeRaw|\$executeRawUnsafe)$/;
const REMOVING =
  /^(?:delete|deleteOne|deleteMany|deleteFrom|deleteAll|destroy|remove|removeAll|del|unlink|truncate|softDelete|findOneAndDelete|findByIdAndDelete|findOneAndRemove|findByIdAndRemove|zrem|srem|zremrangebyscore|expire)$/;
/** Names that no other kind of thing has. */
const CERTAINLY_WRITES =
  /^(?:createMany|insertOne|insertMany|bulkCreate|bulkWrite|updateOne|updateMany|findOneAndUpdate|findByIdAndUpdate|\$executeRaw\w*)$/;
const CERTAINLY_REMOVES = /^(?:deleteOne|deleteMany|findOneAndDelete|findByIdAndDelete|findOneAndRemove)$/;

/** What stands before a call that changes data, where it is not followed: `prisma.user`, `this.users` `Repository`, a model `User`. */
const RECEIVER = /(?:^|\.)(?:prisma|knex|db|database|repo|repository|\w+Repo(?:sitory)?|\w+Model|[A-Z]\w*)(?:$|[.(])/;
const BUILT_IN =
  /^(?:Object|Array|Map|Set|WeakMap|Promise|Buffer|JSON|Math|Date|Symbol|Reflect|Number|String|URL|Error|Intl|Atomics|Logger|\w*Cache|this\.cache|\w*Metrics?|\w*Stats|StatsD|Sentry|Telemetry|Tracer)\b/i;

const LOCK =
  /^(?:redlock|redis-lock|mongodb-lock|pg-advisory-lock|async-redis-lock|@sesamecare-oss\/redlock|redis-semaphore|simple-redis-mutex)$/;
const ELECTING = /pg_(?:try_)?advisory|GET_LOCK\s*\(|SKIP\s+LOCKED|ON\s+CONFLICT\s+DO\s+NOTHING/i;
const CHANGING =
  /^\s*(?:with\b[^;]*?\b)?(insert\s+(?:ignore\s+)?into\s|update\s+[^;]*?\sset\s|merge\s+into\s|replace\s+into\s|delete\s+from\s|truncate\s+)/i;

/** What a call does, as far as its name, its receiver and its first arguments tell; undefined for what harms nobody twice. */
export function deedOf(program: Program, call: Placed<Call>): Deed | undefined {
  const { callee } = call.node;
  const name = nameOf(callee);
  if (callee.type === 'Super') return undefined;
  const sql = sqlOf(call);
  if (sql !== undefined) {
    if (ELECTING.test(sql)) return 'claims';
    const verb = CHANGING.exec(sql)?.[1]?.toLowerCase();
    if (verb !== undefined) return /^(?:delete|truncate)/.test(verb) ? 'removes' : 'writes';
  }
  if (isExclusive(call)) return 'claims';
  if (name === 'fetch' && callee.type === 'Identifier')
    return changes(program, argument(call, 1)) ? 'sends' : undefined;
  if (callee.type !== 'MemberExpression')
    return ofPackage(program, call, program.javascript.trace(at(call, callee)), name);
  if (CERTAINLY_SENDS.test(name)) return 'sends';
  if (CERTAINLY_WRITES.test(name)) return name.startsWith('findOne') && isKept(call) ? 'claims' : 'writes';
  if (CERTAINLY_REMOVES.test(name)) return 'removes';
  if (
    !SENDING.test(name) &&
    !WRITING.test(name) &&
    !REMOVING.test(name) &&
    !/^(?:post|put|acquire|lock|using|request)$/.test(name)
  )
    return undefined;
  const receiver = at(call, callee.object);
  const traced = program.javascript.trace(receiver);
  const known = ofPackage(program, call, traced, name);
  if (known !== undefined || traced.every(({ kind }) => kind === 'package')) return known;
  const text = written(receiver).replace(/^(?:await |this\.)+/, '');
  if (!RECEIVER.test(text) || BUILT_IN.test(text) || isLocal(traced)) return undefined;
  return WRITING.test(name) && name !== 'set'
    ? 'writes'
    : REMOVING.test(name) && name !== 'expire'
      ? 'removes'
      : undefined;
}

/** Something of the repository that is no class or object of data: a Map, a list, an element. */
function isLocal(traced: readonly Traced[]): boolean {
  return traced.some(
    (one) =>
      one.kind === 'repository' &&
      one.steps.length === 0 &&
      /^(?:NewExpression|ArrayExpression|ObjectExpression|Literal)$/.test(one.at.node.type),
  );
}

function ofPackage(program: Program, call: Placed<Call>, traced: readonly Traced[], name: string): Deed | undefined {
  for (const one of traced) {
    if (one.kind !== 'package') continue;
    const id = one.package;
    if (LOCK.test(id)) return 'claims';
    if (MESSENGERS.test(id) && SENDING.test(name)) return 'sends';
    if (HTTP.test(id)) return sendsOverHttp(program, call, name) ? 'sends' : undefined;
    if (DATA.test(id)) return REMOVING.test(name) ? 'removes' : WRITING.test(name) ? 'writes' : undefined;
  }
  return undefined;
}

function sendsOverHttp(program: Program, call: Placed<Call>, name: string): boolean {
  if (/^(?:post|put|patch|delete|del)$/.test(name)) return true;
  return changes(program, argument(call, 0)) || changes(program, argument(call, 1));
}

/** Whether the options of a request name a method that changes something. */
function changes(program: Program, options: Placed | undefined): boolean {
  const method = options?.node.type === 'ObjectExpression' ? program.javascript.option(options, 'method') : undefined;
  if (method === undefined || method === 'absent') return false;
  const value = program.javascript.value(method);
  return value.kind === 'str' && /^(?:post|put|patch|delete)$/i.test(value.value) && truthOf(value) === true;
}

/** The text of a query: a literal or template that is the first argument, or the tag of one. */
function sqlOf({ node }: Placed<Call>): string | undefined {
  const [first] = node.arguments;
  return first === undefined ? undefined : textOf(first);
}

function textOf(node: TSESTree.Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.raw).join(' ');
  if (node.type === 'TaggedTemplateExpression') return textOf(node.quasi);
  return undefined;
}

/** `SET key value NX`: only one of all gets it. */
function isExclusive({ node }: Placed<Call>): boolean {
  if (
    !/^(?:set|SET|sendCommand|call)$/.test(nameOf(node.callee)) &&
    nameOf(node.callee) !== 'setnx' &&
    nameOf(node.callee) !== 'setNX'
  )
    return false;
  if (/^setnx$/i.test(nameOf(node.callee))) return true;
  return node.arguments.some(
    (one) =>
      (one.type === 'Literal' && one.value === 'NX') ||
      (one.type === 'ObjectExpression' &&
        one.properties.some((property) => property.type === 'Property' && /^nx$/i.test(nameOf(property.key)))),
  );
}

/** Whether somebody looks at what a call gives: who updates and reads in one step takes the row for itself. */
function isKept(call: Placed<Call>): boolean {
  const { text } = call.module.document;
  const before = text.slice(Math.max(0, call.node.range[0] - 40), call.node.range[0]);
  return /(?:=|return)\s*(?:await\s+)?$/.test(before);
}
