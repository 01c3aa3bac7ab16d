import { backfillBody, createScheduleBody, createSchedulesBody, emptyBody, logQuery, noteBody, occurrencesQuery, pauseBody, readQuery, runsQuery, schedulesQuery, triggerBody, updateScheduleBody } from '#lib/contracts/api';
import { created, tagged, versioned } from './route.js';
/** Schedules, and the runs that they make. */ export const scheduleRoutes = [
    {
        method: 'post',
        path: '/v1/schedules',
        id: 'createSchedule',
        summary: 'Create a schedule',
        body: createScheduleBody,
        status: 201,
        answer: 'ScheduleChange',
        answered: created
    },
    {
        method: 'post',
        path: '/v1/schedules/batch',
        id: 'createSchedules',
        summary: 'Create up to 1,000 schedules, each answered by itself',
        body: createSchedulesBody,
        answer: 'ScheduleBatch'
    },
    {
        method: 'post',
        path: '/v1/schedules:validate',
        id: 'validateSchedule',
        needs: 'read',
        summary: 'Judge a schedule without creating it',
        body: createScheduleBody,
        answer: 'Judgement'
    },
    {
        method: 'get',
        path: '/v1/schedules',
        id: 'listSchedules',
        summary: 'List schedules',
        query: schedulesQuery,
        answer: 'ScheduleList'
    },
    {
        method: 'get',
        path: '/v1/schedules/{id}',
        id: 'getSchedule',
        summary: 'Show a schedule',
        query: readQuery,
        answer: 'Schedule',
        answered: tagged
    },
    {
        method: 'patch',
        path: '/v1/schedules/{id}',
        id: 'updateSchedule',
        summary: 'Change a schedule (If-Match: its ETag)',
        body: updateScheduleBody,
        headers: versioned,
        answer: 'ScheduleChange',
        answered: tagged
    },
    {
        method: 'delete',
        path: '/v1/schedules/{id}',
        id: 'deleteSchedule',
        summary: 'Delete a schedule',
        body: noteBody,
        headers: versioned,
        answer: 'ScheduleChange'
    },
    {
        method: 'get',
        path: '/v1/schedules/{id}/occurrences',
        id: 'listOccurrences',
        summary: 'Next occurrences, nominal and effective',
        query: occurrencesQuery,
        answer: 'Occurrences'
    },
    {
        method: 'get',
        path: '/v1/schedules/{id}/events',
        id: 'listScheduleEvents',
        summary: 'Its log, the last of it',
        query: logQuery,
        answer: 'EventLog'
    },
    {
        method: 'post',
        path: '/v1/schedules/{id}/pause',
        id: 'pauseSchedule',
        summary: 'Pause, optionally until an instant',
        headers: versioned,
        body: pauseBody,
        answer: 'ScheduleChange'
    },
    {
        method: 'post',
        path: '/v1/schedules/{id}/resume',
        id: 'resumeSchedule',
        summary: 'Resume',
        body: emptyBody,
        headers: versioned,
        answer: 'ScheduleChange'
    },
    {
        method: 'post',
        path: '/v1/schedules/{id}/skip-next',
        id: 'skipNextOccurrence',
        summary: 'Skip the next occurrence',
        headers: versioned,
        body: emptyBody,
        answer: 'ScheduleChange'
    },
    {
        method: 'post',
        path: '/v1/schedules/{id}/trigger',
        id: 'triggerRun',
        summary: 'Run now',
        body: triggerBody,
        status: 202,
        headers: versioned,
        answer: 'RunChange'
    },
    {
        method: 'post',
        path: '/v1/schedules/{id}/backfill',
        id: 'backfillSchedule',
        summary: 'Run every occurrence of a past range',
        headers: versioned,
        body: backfillBody,
        status: 202,
        answer: 'BackfillRequested'
    },
    {
        method: 'get',
        path: '/v1/runs',
        id: 'listRuns',
        summary: 'List runs, skipped and missed occurrences',
        query: runsQuery,
        answer: 'RunList'
    },
    {
        method: 'get',
        path: '/v1/runs/{id}',
        id: 'getRun',
        summary: 'Show a run with its events',
        query: readQuery,
        answer: 'RunWithEvents'
    },
    {
        method: 'post',
        path: '/v1/runs/{id}/cancel',
        id: 'cancelRun',
        summary: 'Cancel a run',
        body: emptyBody,
        status: 202,
        answer: 'RunChange'
    },
    {
        method: 'post',
        path: '/v1/runs/{id}/redrive',
        id: 'redriveRun',
        summary: 'Run a dead letter again',
        body: emptyBody,
        status: 202,
        answer: 'RunChange'
    }
];

//# sourceMappingURL=schedule-routes.js.map