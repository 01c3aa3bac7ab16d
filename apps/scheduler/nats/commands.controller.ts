import { Controller, Inject } from '@nestjs/common';
import { Ctx, MessagePattern, Payload, type NatsContext } from '@nestjs/microservices';
import { subjects, tokensOf } from '#lib/contracts/messages';
import type { NatsAnswer } from './answer.js';
import { NatsOperations } from './operations.js';

/** Commands and queries by request and reply: any node of the queue group answers. */
@Controller()
export class NatsCommandsController {
  constructor(@Inject(NatsOperations) private readonly operations: NatsOperations) {}

  @MessagePattern(subjects.command('*', '*', '*'))
  async answer(@Payload() payload: unknown, @Ctx() context: NatsContext): Promise<NatsAnswer> {
    const [, tenant = '', resource = '', verb = ''] = tokensOf(context.getSubject());
    const headers = context.getHeaders() as { get?(name: string): string } | undefined;
    const key = headers?.get?.('Idempotency-Key');
    const { retry: _, ...answer } = await this.operations.answer({
      tenant,
      resource,
      verb,
      payload,
      key: key === undefined || key === '' ? undefined : key,
    });
    return answer;
  }
}
