import { Controller, Inject, Module, type DynamicModule } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import type { WorkItem } from '#lib/contracts/messages';
import { WORK_PATTERN, WorkStrategy, type WorkContext } from './work-strategy.js';

/** Every item of work comes through here; the executor behind it claims, runs and reports. */
@Controller()
export class WorkController {
  constructor(@Inject(WorkStrategy) private readonly work: WorkStrategy) {}

  @MessagePattern(WORK_PATTERN)
  run(@Payload() item: WorkItem, @Ctx() context: WorkContext): Promise<void> {
    return this.work.run(item, context);
  }
}

@Module({})
export class ExecutorModule {
  static with(strategy: WorkStrategy): DynamicModule {
    return {
      module: ExecutorModule,
      controllers: [WorkController],
      providers: [{ provide: WorkStrategy, useValue: strategy }],
    };
  }
}
