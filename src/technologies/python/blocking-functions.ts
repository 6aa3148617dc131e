import type { Attribute, Call, Expression } from '../../parse/python/ast.js';

type Kind = 'network' | 'database' | 'process' | 'computation' | 'sleep' | 'stream';

interface Blocking {
  readonly kind: Kind;
  readonly remedy: string;
}

/** Functions that hold their thread until they are done, by what they resolve to. */
const FUNCTIONS: readonly (readonly [name: RegExp, kind: Kind, remedy: string])[] = [
  [/^time\.sleep$/, 'sleep', 'await asyncio.sleep(...)'],
  [
    /^requests\.(?:(?:sessions\.)?[Ss]ession\(\)(?:\.__enter__\(\))?\.)?(?:get|post|put|patch|delete|head|options|request|send)$/,
    'network',
    'async with httpx.AsyncClient() as client: await client.get(...)',
  ],
  [
    /^httpx\.(?:Client\(\)(?:\.__enter__\(\))?\.)?(?:get|post|put|patch|delete|head|options|request|send)$/,
    'network',
    'async with httpx.AsyncClient() as client: await client.get(...)',
  ],
  [
    /^urllib\.request\.(?:urlopen|urlretrieve)$|^urllib3\.PoolManager\(\)\.(?:request|urlopen)$|^http\.client\.HTTPS?Connection\(\)\.(?:request|getresponse)$/,
    'network',
    'async with httpx.AsyncClient() as client: await client.get(...)',
  ],
  [
    /^smtplib\.SMTP(?:_SSL)?\(\)(?:\.__enter__\(\))?\.(?:sendmail|send_message|login)$/,
    'network',
    'await asyncio.to_thread(send, message)',
  ],
  [/^boto3\.(?:client|resource)\(\)\.[a-z_.()]+$/, 'network', 'await asyncio.to_thread(client.get_object, ...)'],
  [/^socket\.(?:create_connection|getaddrinfo|gethostbyname)$/, 'network', 'await asyncio.open_connection(...)'],
  [
    /^(?:psycopg2?|pymysql|MySQLdb|sqlite3|oracledb|cx_Oracle|pyodbc)\.connect$/,
    'database',
    'await asyncio.to_thread(query), or a driver that knows asyncio',
  ],
  [
    /^redis\.(?:client\.)?(?:Redis|StrictRedis)(?:\.from_url)?\(\)\.(?:append|get|set|setex|mget|mset|keys|scan|hget|hgetall|hset|hdel|incr|decr|lpush|rpush|lpop|rpop|lrange|ltrim|llen|blpop|brpop|publish|delete|exists|expire|ttl|sadd|srem|smembers|sismember|zadd|zrem|zrange|xadd|xread|execute_command)$|^redis\.from_url\(\)\.(?:append|get|set|setex|hget|hset|hgetall|incr|delete|publish|lrange|rpush|lpush|blpop|brpop)$/,
    'database',
    'await client.get(...) of redis.asyncio.Redis',
  ],
  [
    // A plain client of redis-py, from the pool of a cache.
    /^django_redis\.get_redis_connection\(\)\.(?:append|get|set|setex|mget|mset|keys|scan|hget|hgetall|hset|hdel|incr|decr|lpush|rpush|lpop|rpop|lrange|ltrim|llen|blpop|brpop|publish|delete|exists|expire|ttl|sadd|srem|smembers|sismember|zadd|zrem|zrange|xadd|xread|execute_command)$/,
    'database',
    'await client.get(...) of redis.asyncio.Redis',
  ],
  [
    /^(?:sqlalchemy\.orm\.(?:session\.)?Session|sqlmodel\.Session)\(\)(?:\.__enter__\(\))?\.(?:query|execute|scalars|scalar|commit|flush|refresh|get|exec)$/,
    'database',
    'def instead of async def, which the framework runs on a thread, or an AsyncSession',
  ],
  [
    /^pymongo\.(?:mongo_client\.)?MongoClient\(\)[\w.[\]]*\.(?:find|find_one|insert_one|insert_many|update_one|update_many|delete_one|aggregate|count_documents)$/,
    'database',
    'AsyncMongoClient of pymongo, and await',
  ],
  [
    /^celery\.(?:result\.|Celery\(\)\.)(?:Async|Group)Result(?:\.restore)?\(\)\.(?:get|wait|collect|join|ready|successful|failed|state|status|result|info|traceback|completed_count)$/,
    'network',
    'await asyncio.to_thread(read, task_id), with the reading in a function of its own',
  ],
  [
    /^subprocess\.(?:run|call|check_call|check_output|getoutput|getstatusoutput)$|^os\.(?:system|popen)$/,
    'process',
    'await asyncio.create_subprocess_exec(...)',
  ],
  [
    /^subprocess\.Popen\(\)(?:\.__enter__\(\))?\.(?:wait|communicate)$/,
    'process',
    'await asyncio.create_subprocess_exec(...)',
  ],
  [
    /^bcrypt\.(?:hashpw|checkpw|kdf)$|^hashlib\.(?:pbkdf2_hmac|scrypt)$|^passlib\.[\w.]+\(\)\.(?:hash|verify|encrypt)$|^argon2\.PasswordHasher\(\)\.(?:hash|verify)$|^pwdlib\.PasswordHash\.recommended\(\)\.(?:hash|verify)$/,
    'computation',
    'await asyncio.to_thread(bcrypt.hashpw, ...)',
  ],
];

/** A text without any of these holds no such call. */
export const MENTIONS =
  /\b(?:time|requests|httpx|urllib|urllib3|http\.client|smtplib|boto3|socket|psycopg2?|pymysql|MySQLdb|sqlite3|redis|celery|sqlalchemy|sqlmodel|pymongo|django_redis|subprocess|os\.system|os\.popen|bcrypt|hashlib|passlib|argon2|pwdlib)\b/;

/** Last names of such calls; what a client of boto3 is asked has too many, and is mostly called so. */
const NAMES =
  /^(?:sleep|get|post|put|patch|delete|head|options|request|send|urlopen|urlretrieve|getresponse|sendmail|send_message|login|create_connection|getaddrinfo|gethostbyname|connect|set|setex|mget|hget|hgetall|hset|incr|decr|[lr]push|[lr]pop|b[lr]pop|mset|hdel|lrange|ltrim|llen|ttl|srem|smembers|sismember|zrem|xadd|xread|publish|exists|expire|sadd|smembers|zadd|zrange|execute_command|query|execute|scalars?|commit|flush|refresh|exec|find|find_one|insert_one|insert_many|update_one|update_many|delete_one|aggregate|count_documents|run|call|check_call|check_output|getoutput|getstatusoutput|system|popen|wait|communicate|collect|join|ready|successful|failed|completed_count|hashpw|checkpw|kdf|pbkdf2_hmac|scrypt|hash|verify|encrypt|(?:get|put|list|head|copy|upload|download|send|delete|create|invoke|publish|generate)_\w+)$/;

/** What only looks like a field: each time it is read a result is asked of the back end. */
export const READ = /^(?:state|status|result|info|traceback)$/;

/** A cheap look before a call is followed. */
export function mayBlock(func: Expression): boolean {
  return func.type === 'Attribute' ? NAMES.test(func.attr) : func.type === 'Name' && NAMES.test(func.id);
}

/** How a call blocks, where it does. */
export function blockingOf(name: string, node: Call | Attribute): Blocking | undefined {
  // `time.sleep(0)` only lets other threads go on.
  const first = node.type === 'Call' ? node.args[0] : undefined;
  if (name === 'time.sleep' && first?.type === 'Constant' && first.value === 0) return undefined;
  const found = FUNCTIONS.find(([pattern]) => pattern.test(name));
  return found === undefined ? undefined : { kind: found[1], remedy: found[2] };
}
