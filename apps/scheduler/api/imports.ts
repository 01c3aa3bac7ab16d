import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { connectionAggregate, type CommandContext } from '#lib/application/actors';
import { ConnectionMessage, ScheduleMessage } from '#lib/application/commands';
import { name } from '#lib/contracts/api';
import { connectionStream } from '#lib/contracts/streams';
import { Engine } from '#lib/wiring';
import type { Reply } from './call.js';
import { accepted, notFound, parse } from './input.js';
import { problem, ProblemException } from './problem.js';

/** As much of the digest as tells one upload of a connection from another. */
const SHORT = 16;

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
    const { state } = await this.engine.actors.read(connectionAggregate, stream, tenant);
    const { profile } = state;
    if (profile === undefined) throw notFound('connection', connection);
    const { config: settings, connector, user, provider } = profile;
    const manifest = this.engine.connectors.manifestOf(profile);
    if (manifest?.transport !== 'file_import') {
      const detail = `connection ${connection} is served by ${manifest?.id ?? 'no connector'}, which imports no files`;
      throw new ProblemException(problem(409, 'no_file_import', detail));
    }
    const { file, bytes, digest } = await this.engine.uploads.store({ tenant, connection }, content);
    const before = (settings as { readonly file?: unknown } | undefined)?.file;
    if (before !== file) {
      const config = { ...(settings as object | undefined), file };
      const message = new ConnectionMessage(
        connection,
        {
          type: 'RegisterConnection',
          id: connection,
          user,
          provider,
          ...(connector === undefined ? {} : { connector }),
          config,
        },
        context,
      );
      accepted(await this.commands.execute(message), this.engine);
    }
    const runs = await this.#runNow(state.claims, digest, context);
    return { body: { connection, bytes, sha256: digest, unchanged: before === file, runs } };
  }

  /** Every schedule of the connection runs: the same file again names the same run, which is not run twice. */
  async #runNow(
    claims: readonly { readonly schedule: string }[],
    digest: string,
    context: CommandContext,
  ): Promise<readonly string[]> {
    const runs: string[] = [];
    for (const { schedule } of claims) {
      const request = `upload-${digest.slice(0, SHORT)}`;
      const { idempotency: _, ...unkeyed } = context;
      const command = { type: 'TriggerRun', request, overlap: undefined, operation: undefined } as const;
      const answer = await this.commands.execute(new ScheduleMessage(schedule, command, unkeyed));
      if (answer.ok) runs.push(schedule);
    }
    return runs;
  }
}
