import { Admission } from '#lib/application/admission';
import { ForecastWatch } from '#lib/application/forecast';
import { ScheduleValidation } from '#lib/application/validation';
import { HOUR } from '#lib/domain/kernel';
export function openValidation({ configuration, environment, actors, readModel: facts, forecast, connectors, connectorsServe }) {
    const { quotas, allowShortIntervals } = configuration;
    return new ScheduleValidation({
        actors,
        facts,
        environment,
        quotas,
        allowShortIntervals,
        freshness: (provider)=>connectors.freshness(provider),
        lateAt: (provider, at)=>forecast.lateAt(provider, at),
        connectorsServe
    });
}
export function openForecast({ configuration, environment, actors, readModel: facts }, parts) {
    const { concurrency } = configuration;
    const everyMs = parts.forecastEveryMs ?? HOUR;
    const { told: onError } = parts.troubles;
    return new ForecastWatch({
        actors,
        facts,
        environment,
        concurrency,
        everyMs,
        onError
    });
}
export function openAdmission({ configuration, environment, readModel }) {
    const { concurrency: global, connectionConcurrency: connection, ageingMs } = configuration;
    return new Admission({
        global,
        connection,
        ageingMs
    }, (provider, { starts, perMs })=>readModel.startsSince(provider, environment.clock.now() - perMs, starts));
}

//# sourceMappingURL=open-deciding.js.map