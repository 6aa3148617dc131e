const predicate = { type: 'object' } as const;
const example = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'subject'],
  properties: {
    title: { type: 'string' },
    subject: { type: 'object' },
    level: { enum: ['error', 'warning', 'note'] },
  },
} as const;

/** What a file of a rule folder may hold. */
export const ruleSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'level',
    'weight',
    'description',
    'message',
    'why',
    'help',
    'effort',
    'subject',
    'fails',
    'examples',
  ],
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' },
    aliases: { type: 'array', items: { type: 'string' } },
    level: { enum: ['error', 'warning', 'note'] },
    weight: { enum: ['critical', 'high', 'medium', 'low'] },
    description: { type: 'string', minLength: 1 },
    message: { type: 'string', minLength: 1 },
    why: { type: 'string', minLength: 1 },
    help: { type: 'array', minItems: 1, items: { type: 'string' } },
    effort: { enum: ['minutes', 'hours', 'days'] },
    references: { type: 'array', items: { type: 'string' } },
    subject: { type: 'string' },
    applies: predicate,
    fails: predicate,
    worsens: predicate,
    eases: predicate,
    together: { anyOf: [{ const: true }, { type: 'string' }] },
    examples: {
      type: 'object',
      additionalProperties: false,
      required: ['fail', 'pass'],
      properties: {
        fail: { type: 'array', minItems: 1, items: example },
        pass: { type: 'array', minItems: 1, items: example },
        open: { type: 'array', items: example },
      },
    },
  },
} as const;

export const categorySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'weight'],
  properties: { title: { type: 'string' }, weight: { type: 'integer', minimum: 1 } },
} as const;
