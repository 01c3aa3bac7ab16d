/**
 * The direction of dependency: domain ← { contracts, ports } ← { application, projections, workers } ← wiring ← apps.
 * `#lib/x` is resolved by the `source` condition, as in tests and type checks.
 */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: ['\\.spec\\.ts$', '/testing/'] },
  to: { path: '^(libs|apps|test)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['^node:'] } },
    only('domain-is-pure', 'The domain imports nothing of the house but itself.', '^libs/domain/', [
      '^libs/domain/',
    ]),
    {
      name: 'domain-has-no-packages',
      comment: 'croner, in the recurrence room, is the one exception (docs/decisions/0005).',
      severity: 'error',
      from: {
        path: '^libs/domain/',
        pathNot: ['\\.spec\\.ts$', '/testing/', '^libs/domain/recurrence/cron\\.ts$'],
      },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    only('ports', 'Ports know the words of the domain, nothing else.', '^libs/ports/', [
      '^libs/(domain|ports)/',
    ]),
    only('event-store-port', 'The port knows nobody.', '^libs/event-store/port/', [
      '^libs/event-store/port/',
    ]),
    only('contracts', 'What is stored or crosses a process.', '^libs/contracts/', [
      '^libs/(domain|contracts)/',
      '^libs/event-store/port/',
    ]),
    only('messaging-port', 'The port speaks in contracts.', '^libs/messaging/port/', [
      '^libs/(domain|contracts|ports)/',
      '^libs/(event-store|messaging)/port/',
    ]),
    only('messaging-adapters', 'An adapter knows its port.', '^libs/messaging/(in-process|nats)/', [
      '^libs/messaging/',
      '^libs/(domain|contracts|ports)/',
      '^libs/event-store/port/',
    ]),
    only(
      'event-store-adapters',
      'An adapter knows its port.',
      '^libs/event-store/(memory|sqlite|eventstoredb|feed)/',
      ['^libs/event-store/', '^libs/ports/'],
    ),
    only(
      'application',
      'Turns facts into facts: no adapter, no connector, no worker.',
      '^libs/application/',
      ['^libs/(application|domain|contracts|ports)/', '^libs/(event-store|messaging)/port/'],
    ),
    only('projections', 'Facts into rows.', '^libs/projections/', [
      '^libs/(projections|domain|contracts|ports)/',
      '^libs/event-store/port/',
    ]),
    only('workers', 'The only code that acts on the world, through ports.', '^libs/workers/', [
      '^libs/(workers|domain|contracts|ports)/',
      '^libs/messaging/port/',
    ]),
    only('connectors', 'Connectors know ports, not the scheduler.', '^libs/(connectors|credentials|sink)/', [
      '^libs/(connectors|credentials|sink|domain|ports)/',
    ]),
    only(
      'dashboard',
      'A page that asks the public API, and knows nothing of what answers.',
      '^apps/dashboard/',
      ['^apps/dashboard/'],
    ),
    {
      name: 'dashboard-packages',
      comment: 'What runs in a browser is ours and preact: nothing of Node, and no package besides.',
      severity: 'error',
      from: { path: '^apps/dashboard/', pathNot: ['\\.spec\\.ts$', 'vite\\.config\\.mjs$'] },
      to: { pathNot: ['^apps/dashboard/', 'node_modules/preact/'] },
    },
    {
      name: 'dashboard-is-served-not-imported',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^apps/dashboard/' },
      to: { path: '^apps/dashboard/' },
    },
    only('libs-below-apps', 'No library knows an app.', '^libs/', ['^libs/']),
    {
      name: 'adapters-only-from-wiring',
      comment: 'Which adapter is used is decided in wiring, by configuration.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: [
          '^libs/(wiring|event-store|messaging|credentials|sink|connectors)/',
          '^apps/scheduler/nats/',
          '\\.spec\\.ts$',
          '/testing/',
          '^apps/demo/',
        ],
      },
      to: {
        path: '^libs/(event-store/(memory|sqlite|eventstoredb)|messaging/(in-process|nats)|credentials|sink|connectors)/',
      },
    },
    {
      name: 'drivers-stay-in-adapters',
      severity: 'error',
      from: {
        pathNot: [
          '^libs/event-store/sqlite/',
          '^libs/projections/',
          '^libs/(credentials|sink)/',
          '\\.spec\\.ts$',
          '/testing/',
          '^test/',
        ],
      },
      to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'network-drivers-stay-in-adapters',
      comment: 'The NATS door of the scheduler is an edge of its own: it acknowledges what it has decided.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: [
          '^libs/(event-store/eventstoredb|messaging/nats)/',
          '^apps/scheduler/nats/',
          '\\.spec\\.ts$',
          '/testing/',
        ],
      },
      to: { path: 'node_modules/(@eventstore|@nats-io)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-testing-in-production',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['\\.spec\\.ts$', '/testing/', '^apps/demo/'] },
      to: { path: '/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['dist', 'node_modules'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
