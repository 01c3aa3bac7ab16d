import {
  bulkChangeBody,
  bulkChangesQuery,
  bulkPreviewBody,
  bulkSchedulesQuery,
  noteBody,
  readQuery,
} from '#lib/contracts/api';
import { located, type Route } from './route.js';

/** Changes asked of many schedules at once. */
export const bulkRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/bulk-changes:preview',
    id: 'previewBulkChange',
    needs: 'read',
    summary: 'Tell what a change would do to all schedules that match',
    body: bulkPreviewBody,
    answer: 'BulkPreview',
  },
  {
    method: 'post',
    path: '/v1/bulk-changes',
    id: 'requestBulkChange',
    summary: 'Pause, resume, change or delete all schedules that match',
    body: bulkChangeBody,
    status: 202,
    answer: 'BulkChangeAsked',
    answered: located,
  },
  {
    method: 'get',
    path: '/v1/bulk-changes',
    id: 'listBulkChanges',
    summary: 'List bulk changes, the newest first',
    query: bulkChangesQuery,
    answer: 'BulkChangeList',
  },
  {
    method: 'get',
    path: '/v1/bulk-changes/{id}',
    id: 'getBulkChange',
    summary: 'Show a bulk change and how far it is',
    query: readQuery,
    answer: 'BulkChange',
  },
  {
    method: 'get',
    path: '/v1/bulk-changes/{id}/schedules',
    id: 'listBulkSchedules',
    summary: 'What became of each of its schedules',
    query: bulkSchedulesQuery,
    answer: 'BulkSchedules',
  },
  {
    method: 'post',
    path: '/v1/bulk-changes/{id}/undo',
    id: 'undoBulkChange',
    summary: 'Bring back what it changed, where nobody changed it since',
    body: noteBody,
    status: 202,
    answer: 'BulkChangeAsked',
  },
];
