import { providerRoutes } from './provider-routes.js';
import { reportRoutes } from './report-routes.js';
import { scheduleRoutes } from './schedule-routes.js';
import { systemRoutes } from './system-routes.js';
import { webhookRoutes } from './webhook-routes.js';
/** Every route of the service; a test holds this list against the router's own. */ export const routes = [
    ...scheduleRoutes,
    ...providerRoutes,
    ...webhookRoutes,
    ...reportRoutes,
    ...systemRoutes
];

//# sourceMappingURL=routes.js.map