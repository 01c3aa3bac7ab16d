import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
/** What any process of ours counts, in Prometheus' terms. */ export class ProcessTelemetry {
    constructor(){
        this.registry = new Registry();
        this.errors = this.counter('syncopate_background_errors_total', 'Errors in the background that were retried', [
            'where'
        ]);
        collectDefaultMetrics({
            register: this.registry,
            prefix: 'syncopate_'
        });
    }
    /** A value that is read when it is asked for. */ gauge(name, help, read) {
        new Gauge({
            name,
            help,
            registers: [
                this.registry
            ],
            async collect () {
                this.set(await read());
            }
        });
    }
    gaugeBy(name, help, label, read) {
        new Gauge({
            name,
            help,
            labelNames: [
                label
            ],
            registers: [
                this.registry
            ],
            collect () {
                this.reset();
                for (const [value, count] of read())this.set({
                    [label]: value
                }, count);
            }
        });
    }
    counter(name, help, labelNames) {
        return new Counter({
            name,
            help,
            labelNames,
            registers: [
                this.registry
            ]
        });
    }
}
/** What a scheduler counts besides. Labels come from closed lists, but for providers: none is a name that users choose. */ export class Telemetry extends ProcessTelemetry {
    constructor(){
        super(), /** Counted without a label's detour, several times a run; told when asked. */ this.events = new Map(), this.rejections = this.counter('syncopate_rejections_total', 'Commands refused, by reason', [
            'reason'
        ]), this.relayed = this.counter('syncopate_events_relayed_total', 'Integration events published', []), this.refusedResults = this.counter('syncopate_refused_results_total', 'Results of executors that came late, twice, or under a lost lease', [
            'reason'
        ]), this.parked = this.counter('syncopate_parked_events_total', 'Events set aside because a handler kept failing', [
            'handler'
        ]), this.webhookDeliveries = this.counter('syncopate_webhook_deliveries_total', 'Tries to deliver to webhooks, by how they ended', [
            'outcome'
        ]), this.lateness = new Histogram({
            name: 'syncopate_run_lateness_seconds',
            help: 'From effective time to the start of the first attempt',
            buckets: [
                0.001,
                0.0025,
                0.005,
                0.01,
                0.025,
                0.05,
                0.1,
                0.25,
                0.5,
                1,
                2.5,
                5,
                10,
                30,
                60,
                300,
                3_600
            ],
            registers: [
                this.registry
            ]
        }), this.duration = new Histogram({
            name: 'syncopate_attempt_duration_seconds',
            help: 'Of attempts, by how they ended',
            labelNames: [
                'outcome'
            ],
            buckets: [
                0.005,
                0.01,
                0.05,
                0.1,
                0.5,
                1,
                2.5,
                5,
                10,
                30,
                60,
                300,
                600
            ],
            registers: [
                this.registry
            ]
        });
        const { events } = this;
        new Counter({
            name: 'syncopate_events_total',
            help: 'Events handled, by type',
            labelNames: [
                'type'
            ],
            registers: [
                this.registry
            ],
            collect () {
                this.reset();
                for (const [type, count] of events)this.inc({
                    type
                }, count);
            }
        });
    }
}

//# sourceMappingURL=telemetry.js.map