import {
  shardOf,
  subjects,
  type BatchedQuestion,
  type CheckpointReport,
  type ClaimAnswer,
  type ClaimRequest,
  type ConnectionAnswer,
  type ConnectionRequest,
  type Heartbeat,
  type HeartbeatAnswer,
  type OutcomeReport,
  type ReportAnswer,
  type TokenAnswer,
  type TokenRequest,
} from '#lib/contracts/messages';
import type { ExecutorDesk } from '#lib/messaging/port';
import { DeskQuestions, type DeskQuestionsOptions } from './desk-questions.js';
import type { Envelope } from './json.js';

/** The provider is asked meanwhile, and may be slow. */
const TOKEN_TIMEOUT = 65_000;

/** The scheduler would refuse this however often it were asked: a defect here, or another release there. */
export class DeskRefusal extends Error {
  override readonly name = 'DeskRefusal';
}

/** Asks whichever node holds the schedule's shard. @throws while nobody does, or nobody answers: ask again. */
export class DeskClient implements ExecutorDesk {
  readonly #questions: DeskQuestions;

  constructor(private readonly options: DeskQuestionsOptions) {
    this.#questions = new DeskQuestions(options);
  }

  claim(request: ClaimRequest): Promise<ClaimAnswer> {
    return this.#together<ClaimAnswer>('claim', request);
  }

  checkpoint({ executor: _, ...report }: CheckpointReport): Promise<ReportAnswer> {
    return this.#together<ReportAnswer>('checkpoint', report);
  }

  report(report: OutcomeReport): Promise<ReportAnswer> {
    return this.#together<ReportAnswer>('report', report);
  }

  connection(request: ConnectionRequest): Promise<ConnectionAnswer> {
    return this.#ask<ConnectionAnswer>('connection', request);
  }

  token(request: TokenRequest): Promise<TokenAnswer> {
    return this.#ask<TokenAnswer>('token', request, TOKEN_TIMEOUT);
  }

  /** To every node, unanswered: what is to be stopped comes by the stop subject. */
  heartbeat(beat: Heartbeat): Promise<HeartbeatAnswer> {
    this.options.nc.publish(subjects.beat(this.options.executor), JSON.stringify(beat));
    return Promise.resolve({ lost: [], cancel: [], unaware: [] });
  }

  async #together<T>(question: BatchedQuestion, about: { readonly schedule: string }): Promise<T> {
    return answerOf<T>(question, await this.#questions.ask(question, about));
  }

  async #ask<T>(question: string, about: { readonly schedule: string }, timeout?: number): Promise<T> {
    const [shard, json] = [shardOf(about.schedule), JSON.stringify(about)];
    return answerOf<T>(question, await this.#questions.request(shard, question, json, timeout));
  }
}

function answerOf<T>(question: string, envelope: Envelope<unknown>): T {
  if ('answer' in envelope) return envelope.answer as T;
  if ('outage' in envelope) throw new Error(`the scheduler cannot answer now: ${envelope.outage}`);
  throw new DeskRefusal(`the scheduler does not understand the ${question}: ${envelope.invalid}`);
}
