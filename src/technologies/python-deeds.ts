import type { FromLibrary, PythonPlace } from '../link/python-code/python-code.js';
import type { Program } from '../link/program.js';
import type { Call, Expression } from '../parse/python/ast.js';
import { spelling } from './python-request-handlers.js';

/** What one call does to what others see. `claims` takes a lock or a row that only one can take; `mails` sends no more than a mail. */
export type PythonDeed = 'sends' | 'mails' | 'writes' | 'removes' | 'claims';

/** Libraries that leave the system: messages, payments, calls of others. */
const MESSENGERS =
  /^(?:twilio|slack_sdk|slackclient|slack|telegram|telebot|aiogram|discord|firebase_admin|pyfcm|fcm_django|pywebpush|webpush|stripe|paypalrestsdk|braintree|razorpay|boto3|botocore|kafka|confluent_kafka|pika|kombu|nats|paho|onesignal|vonage|nexmo|exponent_server_sdk|channels|push_notifications|asgiref)\b/;
const SENDING =
  /^(?:send\w*|publish\w*|create|post|put|produce|push|notify|webpush|chat_postMessage|group_send|basic_publish|put_\w+|invoke\w*|charge|transfer)$/;

const MAIL =
  /^(?:django\.core\.mail|smtplib|sendgrid|mailjet_rest|postmarker|anymail|templated_email|post_office|djmail|mail_templated|resend|mailchimp\w*|yagmail|email\.)/;
const MAILING =
  /^(?:send|send_mail|send_mass_mail|send_messages|mail_admins|mail_managers|sendmail|send_message|send_templated_mail|email_user|asend|client|send_many)$/;
/** Names that mail whatever the receiver is. */
const CERTAINLY_MAILS =
  /^(?:send_mail|send_mass_mail|mail_admins|mail_managers|email_user|sendmail|send_\w*e?mail(?:_\w+)?|send_templated_mail)$/;
const CERTAINLY_SENDS =
  /^(?:delay|apply_async|delay_on_commit|apply_async_on_commit|send_task|group_send|send_sms|send_push\w*|send_notifications?|enqueue)$/;

const HTTP = /^(?:requests|httpx|aiohttp|urllib3?|treq|niquests)\b/;
const CHANGING_HTTP = /^(?:post|put|patch|delete)$/;

const WRITING =
  /^(?:save|asave|create|acreate|bulk_create|abulk_create|update|aupdate|bulk_update|abulk_update|get_or_create|aget_or_create|update_or_create|aupdate_or_create|raw|insert_one|insert_many|update_one|update_many|replace_one|add_all|commit|set|incr|hset|lpush|rpush|sadd|zadd)$/;
const CERTAINLY_WRITES =
  /^(?:asave|bulk_create|abulk_create|bulk_update|abulk_update|get_or_create|aget_or_create|update_or_create|aupdate_or_create|insert_one|insert_many|update_many)$/;
const REMOVING =
  /^(?:delete|adelete|_raw_delete|delete_one|delete_many|clear_expired|remove|unlink|rmtree|zrem|srem|flushall|flushdb)$/;
/** Managers and models that stand before a call. */
const DATA =
  /^(?:django\.db\.models|mongoengine|pymongo|peewee|sqlalchemy|redis|django_redis|mptt|treebeard|polymorphic|wagtail|parler|model_utils|safedelete|django\.contrib\.\w+\.(?:base_user|models))\b/;
const CLAIMING =
  /^(?:acquire|acquire_lock|try_lock|advisory_lock|pg_advisory_lock|try_advisory_lock|select_for_update)$/;
const LOCKS =
  /(?:^|\.)(?:redis_lock|redlock|pottery|django_pglocks|pglock|django_pglock|django_redis_lock|redlock_ng|aioredlock|sherlock|distributedlock|celery_once|single_beat)\b|\.lock\(/;

/** Commands of libraries that only take away what has run out. */
const CLEANING =
  /^(?:clearsessions|flushexpiredtokens|flush_expired_tokens|cleartokens|remove_expired\w*|clear_cache|cleanup_unused_media|delete_expired\w*|prune\w*|axes_reset_logs|deleteorphanedmedia)$/;

/** What a call does, as far as its name, its receiver and its arguments tell; undefined for what harms nobody twice. */
export function pythonDeedOf(program: Program, call: PythonPlace<Call>): PythonDeed | undefined {
  const { func, args, keywords } = call.node;
  const name = lastName(func);
  if (name === '') return undefined;
  const libraries = program.pythonCode
    .resolve({ module: call.module, node: func })
    .filter((one): one is FromLibrary => one.kind === 'library')
    .map((one) => one.name);
  const of = (pattern: RegExp): boolean => libraries.some((one) => pattern.test(one));
  if (isExclusive(call, name, libraries)) return 'claims';
  if (name === 'call_command') {
    const [command] = args;
    return command?.type === 'Constant' && command.kind === 'str' && CLEANING.test(command.value)
      ? 'removes'
      : undefined;
  }
  const sql = sqlOf(args[0]);
  if (sql !== undefined && /^(?:execute|executemany|raw)$/.test(name)) {
    if (/pg_(?:try_)?advisory|GET_LOCK\s*\(|SKIP\s+LOCKED/i.test(sql)) return 'claims';
    if (/^\s*(?:insert|update|merge|replace|refresh)\b/i.test(sql)) return 'writes';
    return /^\s*(?:delete|truncate|drop)\b/i.test(sql) ? 'removes' : undefined;
  }
  if (CERTAINLY_MAILS.test(name) || (of(MAIL) && MAILING.test(name))) return 'mails';
  if (name === 'send' && /mail|msg|message/i.test(receiverOf(func))) return 'mails';
  if (CERTAINLY_SENDS.test(name)) return 'sends';
  if (of(MESSENGERS) && SENDING.test(name)) return 'sends';
  if (of(HTTP)) {
    if (CHANGING_HTTP.test(name)) return 'sends';
    const [method] = args;
    const changes =
      method?.type === 'Constant' && method.kind === 'str' && CHANGING_HTTP.test(method.value.toLowerCase());
    return name === 'request' && changes ? 'sends' : undefined;
  }
  const isData = of(DATA) || /\bobjects\b|_set\b/.test(receiverOf(func));
  if (REMOVING.test(name) && (isData || (name === 'delete' && args.length === 0 && libraries.length === 0)))
    return 'removes';
  if (CERTAINLY_WRITES.test(name))
    return keywords.some((one) => one.name === 'ignore_conflicts') ? undefined : 'writes';
  if (WRITING.test(name) && isData) return 'writes';
  // `order.save()`, whatever the loop goes over.
  const plainSave = name === 'save' && (args.length === 0 || keywords.some((one) => one.name === 'update_fields'));
  return plainSave && libraries.length === 0 ? 'writes' : undefined;
}

/** Only one of all gets past it: a lock, a key that is set only where there is none, a row that is updated conditionally. */
function isExclusive(call: PythonPlace<Call>, name: string, libraries: readonly string[]): boolean {
  const { func, keywords } = call.node;
  const receiver = receiverOf(func);
  if (name === 'add' && libraries.some((one) => one.startsWith('django.core.cache'))) return true;
  if (name === 'setnx') return true;
  if (
    name === 'set' &&
    keywords.some((one) => one.name === 'nx' && one.value.type === 'Constant' && one.value.value === true)
  )
    return true;
  if (name === 'lock' && /cache|redis|client|conn/i.test(receiver)) return true;
  if (libraries.some((one) => LOCKS.test(one))) return true;
  return CLAIMING.test(name) && !/^(?:threading|asyncio|multiprocessing)\b/.test(libraries[0] ?? '');
}

function sqlOf(expression: Expression | undefined): string | undefined {
  if (expression?.type === 'Constant' && expression.kind === 'str') return expression.value;
  if (expression?.type === 'JoinedStr')
    return expression.values.map((part) => (typeof part === 'string' ? part : ' ')).join('');
  return undefined;
}

function lastName(func: Expression): string {
  return func.type === 'Name' ? func.id : func.type === 'Attribute' ? func.attr : '';
}

function receiverOf(func: Expression): string {
  return func.type === 'Attribute' ? spelling(func.value) : '';
}
