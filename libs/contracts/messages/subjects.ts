/**
 * Every NATS subject of the house. Names that callers choose (providers, tenants, users) hold no dots, blanks or
 * wildcards (`contracts/api/primitives`), so they are tokens as they stand.
 */
const ROOT = 'syncopate.v1';

export const subjects = {
  /** JetStream, work queue: admitted attempts. */
  work: (provider: string, priority: string) => `${ROOT}.work.${provider}.${priority}`,
  allWork: `${ROOT}.work.>`,
  /** Request and reply: what an executor asks about a schedule of a shard. The executor's name is the identity. */
  desk: (shard: number | string, executor: string, question: string) =>
    `${ROOT}.desk.${shard}.${executor}.${question}`,
  /** From an executor to every scheduler. */
  beat: (executor: string) => `${ROOT}.beat.${executor}`,
  /** From a scheduler to one executor, or to all: stop a run. */
  stop: (executor: string) => `${ROOT}.stop.${executor}`,
  everyExecutor: 'all',
  /** From a scheduler to one executor: attempts that it holds already. Answered once they have arrived. */
  give: (executor: string) => `${ROOT}.give.${executor}`,
  /** A lane of work that executors may not know yet. */
  lanes: `${ROOT}.lanes`,
  /** JetStream: integration events. */
  event: (tenant: string, aggregate: string, type: string) => `${ROOT}.events.${tenant}.${aggregate}.${type}`,
  allEvents: `${ROOT}.events.>`,
  /** Request and reply: commands and queries. */
  command: (tenant: string, resource: string, verb: string) =>
    `${ROOT}.commands.${tenant}.${resource}.${verb}`,
  /** JetStream, work queue: commands that need no answer. */
  submit: (tenant: string, resource: string, verb: string) => `${ROOT}.submit.${tenant}.${resource}.${verb}`,
  allSubmitted: `${ROOT}.submit.>`,
  /** JetStream: synced records, batch by batch. */
  records: (tenant: string, provider: string) => `${ROOT}.records.${tenant}.${provider}`,
  allRecords: `${ROOT}.records.>`,
  /** JetStream: what could not be read or handled, with the reason. */
  parked: (what: string) => `${ROOT}.parked.${what}`,
  allParked: `${ROOT}.parked.>`,
} as const;

export const streams = {
  work: 'SYNCOPATE_WORK',
  events: 'SYNCOPATE_EVENTS',
  commands: 'SYNCOPATE_COMMANDS',
  parked: 'SYNCOPATE_PARKED',
  records: 'SYNCOPATE_RECORDS',
} as const;

/** The durable consumer that all executors of a provider and priority share. */
export const laneConsumer = (provider: string, priority: string): string =>
  `work-${Buffer.from(provider).toString('base64url')}-${priority}`;

/** What a message on a subject is about: the tokens after the root and the first word. */
export const tokensOf = (subject: string): readonly string[] => subject.slice(ROOT.length + 1).split('.');
