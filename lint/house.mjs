// The house's own lint rules: what the pure rooms may not touch, each with the argument to take instead.
const remedies = {
  'Date.now':
    'Take `now` from the command or the Clock port: a fold or a saga that reads the clock cannot be replayed.',
  'new Date':
    'Take `now` from the command or the Clock port: a fold or a saga that reads the clock cannot be replayed.',
  'performance.now': 'Take the Clock port (`clock.monotonic()`).',
  'Temporal.Now': 'Take `now` from the command or the Clock port.',
  'Math.random': 'Take a fraction from the command or the Random port: simulation replays from one seed.',
  randomUUID: 'Take an id from the command or the Ids port: ids must be stable when a decision is retried.',
  setTimeout: 'Take the Timers port: a timer is a hint, re-read the clock when it fires.',
  setInterval: 'Take the Timers port: a timer is a hint, re-read the clock when it fires.',
  'process.env': 'Configuration enters through libs/wiring/config and is handed in.',
};

const memberName = (node) =>
  node.type === 'MemberExpression' && !node.computed && node.object.type === 'Identifier'
    ? `${node.object.name}.${node.property.name}`
    : undefined;

const pure = {
  meta: {
    type: 'problem',
    docs: { description: 'No clock, timer, randomness or environment in pure rooms.' },
  },
  create(context) {
    const report = (node, name) =>
      context.report({ node, message: `${name} is banned here. ${remedies[name]}` });
    return {
      MemberExpression(node) {
        const name = memberName(node);
        if (name !== undefined && Object.hasOwn(remedies, name)) report(node, name);
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)
          report(node, 'new Date');
      },
      CallExpression(node) {
        const callee = node.callee;
        const name =
          callee.type === 'Identifier'
            ? callee.name
            : callee.type === 'MemberExpression'
              ? callee.property.name
              : '';
        if (['setTimeout', 'setInterval', 'randomUUID'].includes(name)) report(node, name);
      },
    };
  },
};

export default { meta: { name: 'house' }, rules: { pure } };
