/**
 * Every NATS subject of the house. Names that callers choose (providers, tenants, users) hold no dots, blanks or
 * wildcards (`contracts/api/primitives`), so they are tokens as they stand.
 */ const ROOT = 'syncopate.v1';
export const subjects = {
    /** JetStream, work queue: admitted attempts. */ work: (provider, priority)=>`${ROOT}.work.${provider}.${priority}`,
    allWork: `${ROOT}.work.>`,
    /** Request and reply: what an executor asks about a schedule of a shard. The executor's name is the identity. */ desk: (shard, executor, question)=>`${ROOT}.desk.${shard}.${executor}.${question}`,
    /** From an executor to every scheduler. */ beat: (executor)=>`${ROOT}.beat.${executor}`,
    /** From a scheduler to one executor, or to all: stop a run. */ stop: (executor)=>`${ROOT}.stop.${executor}`,
    everyExecutor: 'all',
    /** From a scheduler to one executor: attempts that it holds already. Answered once they have arrived. */ give: (executor)=>`${ROOT}.give.${executor}`,
    /** A lane of work that executors may not know yet. */ lanes: `${ROOT}.lanes`,
    /** JetStream: integration events. */ event: (tenant, aggregate, type)=>`${ROOT}.events.${tenant}.${aggregate}.${type}`,
    allEvents: `${ROOT}.events.>`,
    /** Request and reply: commands and queries. */ command: (tenant, resource, verb)=>`${ROOT}.commands.${tenant}.${resource}.${verb}`,
    /** JetStream, work queue: commands that need no answer. */ submit: (tenant, resource, verb)=>`${ROOT}.submit.${tenant}.${resource}.${verb}`,
    allSubmitted: `${ROOT}.submit.>`,
    /** JetStream: synced records, batch by batch. */ records: (tenant, provider)=>`${ROOT}.records.${tenant}.${provider}`,
    allRecords: `${ROOT}.records.>`,
    /** JetStream: what could not be read or handled, with the reason. */ parked: (what)=>`${ROOT}.parked.${what}`,
    allParked: `${ROOT}.parked.>`
};
export const streams = {
    work: 'SYNCOPATE_WORK',
    events: 'SYNCOPATE_EVENTS',
    commands: 'SYNCOPATE_COMMANDS',
    parked: 'SYNCOPATE_PARKED',
    records: 'SYNCOPATE_RECORDS'
};
/** The durable consumer that all executors of a provider and priority share. */ export const laneConsumer = (provider, priority)=>`work-${Buffer.from(provider).toString('base64url')}-${priority}`;
/** What a message on a subject is about: the tokens after the root and the first word. */ export const tokensOf = (subject)=>subject.slice(ROOT.length + 1).split('.');

//# sourceMappingURL=subjects.js.map