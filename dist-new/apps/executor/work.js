import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadSyncEngine, readConfiguration, runService, startRemoteExecutor } from '#lib/wiring';
import { ExecutorModule } from './executor.module.js';
import { WorkStrategy } from './work-strategy.js';
/** How long running attempts may take to end after SIGTERM; what is left is given back. */ const DRAIN_MS = 7_000;
runService('syncopate executor', async (log)=>{
    const configuration = readConfiguration(process.env, {
        listens: false
    });
    const syncEngine = await loadSyncEngine(configuration);
    let strategy;
    const executor = await startRemoteExecutor({
        configuration,
        log,
        ...syncEngine === undefined ? {} : {
            syncEngine
        },
        around: (queue)=>strategy = new WorkStrategy(queue)
    });
    if (strategy === undefined) throw new Error('the executor did not take its queue');
    const app = await NestFactory.createMicroservice(ExecutorModule.with(strategy), {
        strategy,
        logger: false
    });
    await app.listen();
    const told = executor.healthUrl === undefined ? '' : `; its health is told at ${executor.healthUrl}`;
    const providers = configuration.executorProviders?.join(', ') ?? 'all providers';
    return {
        ready: `executor ${executor.id} is ready: ${configuration.concurrency} at once, ${providers}${told}\n`,
        stopping: ()=>`letting ${executor.running} running attempts end (up to ${DRAIN_MS / 1_000} s)`,
        stop: async ()=>{
            await executor.stop(DRAIN_MS);
            await app.close();
        }
    };
});

//# sourceMappingURL=work.js.map