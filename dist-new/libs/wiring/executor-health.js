import { tellLink, tellReady } from './gauges.js';
import { openHealth } from './health-server.js';
import { whyAway } from './readiness.js';
/** How an executor's process is: it can do its work while NATS is there to take it from. */ export function openExecutorHealth(options) {
    const { configuration, telemetry, link, phase, running } = options;
    const whyNotReady = ()=>phase() === 'started' ? whyAway(link, configuration.takeoverMs) : `the executor is ${phase()}`;
    tellReady(telemetry, whyNotReady);
    tellLink(telemetry, link);
    telemetry.gauge('syncopate_attempts_running', 'Attempts that this executor has', running);
    telemetry.gauge('syncopate_attempts_capacity', 'Attempts that this executor may have at once', ()=>configuration.concurrency);
    return openHealth({
        configuration,
        telemetry,
        readiness: async ()=>{
            const why = whyNotReady();
            return why === undefined ? {} : {
                why
            };
        }
    });
}

//# sourceMappingURL=executor-health.js.map