import { answers } from '#lib/contracts/api/answers';
import { routes } from '../../apps/scheduler/http/open-api.js';

/** One answer over HTTP, as it leaves the service. */
export type Answered = {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; undefined for what is none. */
  readonly body: unknown;
};

const PROBLEM = 'application/problem+json';

const patterns = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

const routeOf = ({ method, url }: Answered) => {
  const [path = ''] = url.split('?');
  return patterns.find(({ route, pattern }) => route.method === method.toLowerCase() && pattern.test(path))
    ?.route;
};

const mismatch = (name: keyof typeof answers, body: unknown): string | undefined => {
  const { success, error } = answers[name].safeParse(body);
  return success ? undefined : `is no ${name}: ${JSON.stringify(error.issues)}, but ${JSON.stringify(body)}`;
};

/** What is wrong with an answer that is none of a route, or refuses. */
function refusalProblem({ status, body }: Answered, type: string): string | undefined {
  // The dashboard's files are none of the API's.
  if (type !== PROBLEM)
    return /json/.test(type) || status >= 400 ? 'is no answer of a route, and no problem' : undefined;
  const described = (status >= 400 && status < 500) || [500, 503, 507].includes(status);
  return described ? mismatch('Problem', body) : 'has a status that is not described';
}

/** How an answer differs from what the description says of its route and status; undefined: it does not. */
export function differenceOf(answered: Answered): string | undefined {
  const type = (answered.headers['content-type'] ?? '').split(';')[0] ?? '';
  const route = routeOf(answered);
  if (route === undefined || answered.status >= 400) return refusalProblem(answered, type);
  if (answered.status !== (route.status ?? 200)) return 'has a status that is not described';
  for (const header of ['ETag', 'Location'] as const) {
    const told = route.answered?.includes(header) ?? false;
    if (told !== header.toLowerCase() in answered.headers)
      return `${told ? 'lacks the header' : 'has a header that is not described'}: ${header}`;
  }
  const { answer } = route;
  const media = answer === 'text/event-stream' || answer === 'text/plain';
  if (type !== (media ? answer : 'application/json')) return `is ${type}, which is not described`;
  return media ? undefined : mismatch(answer, answered.body);
}
