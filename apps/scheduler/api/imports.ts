import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { connectionAggregate, type CommandContext } from '#lib/application/actors';
import { ConnectionMessage, ScheduleMessage } from '#lib/application/commands';
import { name } from '#lib/contracts/api';
import { connectionStream } from '#lib/contracts/streams';
import type { ConnectionProfile } from '#lib/domain/connection';
import { manualRun } from '#lib/domain/schedule';
import { Engine } from '#lib/wiring';
import type { Upload } from '#lib/workers/imports';
import type { Reply } from './call.js';
import { accepted, notFound, parse } from './input.js';
import { problem, ProblemException } from './problem.js';

/** As much of the digest as a person needs to find the file of a run. */
const SHORT = 16;

type Started = {
  readonly runs: readonly string[];
  readonly refused: readonly { readonly schedule: string; readonly reason: string }[];
};

/** Files that users bring: stored, named in the connection's settings, and imported at once. */
@Injectable()
export class ImportApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  async take(id: string, context: CommandContext, content: AsyncIterable<Uint8Array>): Promise<Reply> {
    const connection = parse(name, id, 'path');
    const { tenant } = context;
    const stream = connectionStream(tenant, connection);
    const { profile } = (await this.engine.actors.read(connectionAggregate, stream, tenant)).state;
    if (profile === undefined) throw notFound('connection', connection);
    const manifest = this.engine.connectors.manifestOf(profile);
    if (manifest?.transport !== 'file_import') {
      const detail = `connection ${connection} is served by ${manifest?.id ?? 'no connector'}, which imports no files`;
      throw new ProblemException(problem(409, 'no_file_import', detail));
    }
    const upload = await this.engine.uploads.store({ tenant, connection }, content);
    const { bytes, digest } = upload;
    const { state, unchanged, registrations } = await this.#name(upload, {
      connection,
      profile,
      context,
    }).catch((error: unknown) => {
      this.engine.uploads.release({ tenant, connection }, digest);
      throw error;
    });
    await this.engine.uploads.prune({ tenant, connection }, digest);
    const request = `upload-${digest.slice(0, SHORT)}-${registrations}`;
    const started = await this.#runNow(state.claims, request, context);
    return { body: { connection, bytes, sha256: digest, unchanged, ...started } };
  }

  /** The connection names the upload from now on, if it does not already. */
  async #name(
    { file }: Upload,
    {
      connection,
      profile,
      context,
    }: { connection: string; profile: ConnectionProfile; context: CommandContext },
  ) {
    const { tenant } = context;
    const stream = connectionStream(tenant, connection);
    // It may have taken minutes: what was changed meanwhile stays changed.
    const { state } = await this.engine.actors.read(connectionAggregate, stream, tenant);
    const { config: settings, connector, user, provider } = state.profile ?? profile;
    const before = (settings as { readonly file?: unknown } | undefined)?.file;
    if (before === file) return { state, unchanged: true, registrations: state.registrations };
    const config = { ...(settings as object | undefined), file };
    const named = connector === undefined ? {} : { connector };
    const command = { type: 'RegisterConnection', id: connection, user, provider, ...named, config } as const;
    const answer = await this.commands.execute(new ConnectionMessage(connection, command, context));
    const { registrations } = accepted(answer, this.engine).state;
    return { state, unchanged: false, registrations };
  }

  /**
   * Every schedule of the connection runs, and what it has open makes way: a run that imports an older file, or waits
   * for one. The same file again makes the same request, which is not run twice; put back after another one, it is.
   */
  async #runNow(
    claims: readonly { readonly schedule: string }[],
    request: string,
    context: CommandContext,
  ): Promise<Started> {
    const runs: string[] = [];
    const refused: { schedule: string; reason: string }[] = [];
    const { idempotency: _, ...unkeyed } = context;
    const command = { type: 'TriggerRun', request, overlap: 'cancel_other', operation: undefined } as const;
    for (const { schedule } of claims) {
      const answer = await this.commands.execute(new ScheduleMessage(schedule, command, unkeyed));
      if (answer.ok) runs.push(manualRun(schedule, request));
      else refused.push({ schedule, reason: answer.rejection.reason });
    }
    return { runs, refused };
  }
}
