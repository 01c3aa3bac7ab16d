import { eventsQuery, noteBody, parkedQuery } from '#lib/contracts/api';
/** What is about the service itself. */ export const systemRoutes = [
    {
        method: 'get',
        path: '/v1/parked',
        id: 'listParkedEvents',
        summary: 'List events that a saga or a projection could not take',
        query: parkedQuery,
        answer: 'ParkedList'
    },
    {
        method: 'post',
        path: '/v1/parked/{id}/replay',
        id: 'replayParkedEvent',
        needs: 'operate',
        summary: 'Show a parked event to its saga again',
        body: noteBody,
        status: 202,
        answer: 'ParkedReplay'
    },
    {
        method: 'get',
        path: '/v1/events',
        id: 'streamEvents',
        summary: 'Live events (text/event-stream; resumes from Last-Event-ID)',
        headers: [
            'Last-Event-ID'
        ],
        query: eventsQuery,
        answer: 'text/event-stream'
    },
    {
        method: 'get',
        path: '/v1/openapi.json',
        id: 'getDescription',
        summary: 'This description',
        answer: 'Description'
    },
    {
        method: 'get',
        path: '/healthz',
        id: 'getHealth',
        summary: 'Alive',
        answer: 'Health'
    },
    {
        method: 'get',
        path: '/readyz',
        id: 'getReadiness',
        summary: 'Ready',
        answer: 'Readiness'
    },
    {
        method: 'get',
        path: '/metrics',
        id: 'getMetrics',
        needs: 'metrics',
        summary: 'Prometheus metrics',
        answer: 'text/plain'
    }
];

//# sourceMappingURL=system-routes.js.map