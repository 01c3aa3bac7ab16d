import { search } from '../api/client.js';
import type { Page } from '../api/shapes.js';
import type { Webhook } from '../api/webhooks.js';
import { useOpeners } from '../forms/openers.js';
import { useAnswer } from '../live/answer.js';
import { ofWebhooks } from '../live/changes.js';
import { Answered, Empty } from '../parts/notice.js';
import { Pager } from '../parts/pager.js';
import { Heading } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { to } from '../routing/route.js';
import { useSecret, useWebhookActions } from './webhooks/actions.js';
import { webhookColumns } from './webhooks/columns.js';
import { RegisterForm } from './webhooks/register-form.js';
import type { Shown } from './webhooks/secret.js';

const LIMIT = 25;
const every = ofWebhooks();

/** The form, and then the secret: the one makes room for the other. */
function useRegistering(reload: () => void) {
  const { open, buttons, close } = useOpeners([['register', 'New webhook']]);
  const secret = useSecret();
  const registered = (shown: Shown): void => {
    close();
    secret.show(shown);
    reload();
  };
  const form = (
    <>
      {secret.shown}
      {open !== undefined && (
        <div class="spaced">
          <RegisterForm onDone={registered} onClose={close} />
        </div>
      )}
    </>
  );
  return { opener: buttons, form };
}

/** Endpoints of the product that are told of what happens, and how they fare. */
export function WebhooksPage({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { cursor } = query;
  const answer = useAnswer<Page<Webhook>>(`/v1/webhooks${search({ cursor, limit: LIMIT })}`, every);
  const { opener, form } = useRegistering(answer.reload);
  const { perform, shown } = useWebhookActions({ after: answer.reload });
  return (
    <>
      <Heading title="Webhooks">{opener}</Heading>
      {form}
      {shown}
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title="No webhook is registered">
              Endpoints of yours that are told of what happens, signed, are listed here with what became of
              it.
            </Empty>
          ) : (
            <>
              <Table
                caption="Webhooks"
                rows={items}
                idOf={({ id }) => id}
                columns={webhookColumns(perform)}
              />
              <Pager cursor={cursor} next={next} at={(cursor) => to('webhooks', { cursor })} />
            </>
          )
        }
      </Answered>
    </>
  );
}
