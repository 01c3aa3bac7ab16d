import { Engine, loadSyncEngine, readConfiguration, runService } from '#lib/wiring';
import { openInbox } from './inbox.js';
import { startServer } from './server.js';
import { welcome } from './welcome.js';
/** How long running attempts may take to end after SIGTERM. */ const DRAIN_MS = 8_000;
runService('syncopate', async (log)=>{
    const configuration = readConfiguration(process.env);
    const syncEngine = await loadSyncEngine(configuration);
    const engine = await Engine.open(configuration, {
        log,
        ...syncEngine === undefined ? {} : {
            syncEngine
        }
    });
    const server = await startServer(engine, log);
    await engine.start();
    const inbox = await openInbox(server.app, engine);
    return {
        ready: welcome(server.url, engine),
        stopping: ()=>`letting running syncs end (up to ${DRAIN_MS / 1_000} s), then stopping.`,
        stop: async ()=>{
            await inbox.stop();
            await server.close();
            await engine.stop(DRAIN_MS);
        }
    };
});

//# sourceMappingURL=serve.js.map