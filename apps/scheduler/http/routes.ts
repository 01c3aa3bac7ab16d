import { bulkRoutes } from './bulk-routes.js';
import { providerRoutes } from './provider-routes.js';
import { reportRoutes } from './report-routes.js';
import type { Route } from './route.js';
import { scheduleRoutes } from './schedule-routes.js';
import { systemRoutes } from './system-routes.js';
import { webhookRoutes } from './webhook-routes.js';

export type { Route };

/** Every route of the service; a test holds this list against the router's own. */
export const routes: readonly Route[] = [
  ...scheduleRoutes,
  ...bulkRoutes,
  ...providerRoutes,
  ...webhookRoutes,
  ...reportRoutes,
  ...systemRoutes,
];
