import { join } from 'node:path';
import { Inbox } from '#lib/workers/imports';
import { ImportApi } from './api/imports.js';
import { isOutage, problemOf } from './api/problem.js';
/** Takes files that are put into `imports/inbox`, as if they had been uploaded. */ export async function openInbox(app, engine) {
    const { environment, log, configuration } = engine;
    const imports = app.get(ImportApi);
    const inbox = new Inbox({
        folder: join(configuration.dataFolder, 'imports', 'inbox'),
        environment,
        take: async (connection, content)=>{
            const context = {
                tenant: 'default',
                actor: 'inbox',
                correlation: environment.ids.next()
            };
            try {
                await imports.take(connection, context, content);
                return 'taken';
            } catch (error) {
                const known = problemOf(error);
                if (known === undefined || !isOutage(known)) throw error;
                log('warn', 'a file in the inbox waits for the outage to end', {
                    connection,
                    error
                });
                return 'later';
            }
        },
        onTaken: (connection)=>log('info', 'a file was taken from the inbox', {
                connection
            }),
        onError: (what, error)=>log('warn', `${what} was refused`, {
                error
            })
    });
    await inbox.start();
    return inbox;
}

//# sourceMappingURL=inbox.js.map