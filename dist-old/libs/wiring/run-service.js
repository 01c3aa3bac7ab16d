import { isEventStoreError } from '#lib/event-store/port';
import { ConfigurationError } from './config.js';
import { jsonLog } from './log.js';
import { systemEnvironment } from './system-environment.js';
const say = (line)=>void process.stdout.write(line);
/** Told in their own words; whatever else is thrown is a defect, and comes with its stack. */ const isKnown = (error)=>error instanceof ConfigurationError || isEventStoreError(error) || error.name === 'NatsUnusable';
function wordsOf(error) {
    if (!(error instanceof Error)) return String(error);
    const { code, syscall } = error;
    if (code === 'EADDRINUSE') return `${error.message}: another process listens there; stop it, or set SYNCOPATE_PORT`;
    if (code === 'EACCES' && syscall === 'listen') return `${error.message}: this user may not listen there; set SYNCOPATE_PORT to one from 1024 on`;
    if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo') return `${error.message}: SYNCOPATE_HOST must be an address of this machine, or a name of one; 127.0.0.1 listens to this machine only, 0.0.0.0 to all`;
    return isKnown(error) ? error.message : error.stack ?? error.message;
}
/**
 * The life of a process:
 *
 *     start ─► ready ─(SIGTERM, SIGINT, its parent gone)─► stop ─► exit 0
 *       └─(throws)─► exit 1              └─(a second signal)─► exit 1: what was acknowledged is stored already
 */ export function runService(name, start) {
    const log = jsonLog((line)=>process.stderr.write(line), ()=>systemEnvironment.clock.now());
    start(log).then(({ ready, stopping, stop })=>{
        let asked = false;
        const leave = async (signal)=>{
            if (asked) process.exit(1);
            asked = true;
            say(`\n${signal}: ${stopping()}\n`);
            await stop();
            process.exit(0);
        };
        process.on('SIGTERM', ()=>void leave('SIGTERM'));
        process.on('SIGINT', ()=>void leave('SIGINT'));
        if (process.connected) process.on('disconnect', ()=>void leave('the parent process ended'));
        // Last: whoever waits for this line may ask it to stop at once.
        say(ready);
    }, (error)=>{
        process.stderr.write(`${name} cannot start: ${wordsOf(error)}\n`);
        process.exit(1);
    });
}

//# sourceMappingURL=run-service.js.map