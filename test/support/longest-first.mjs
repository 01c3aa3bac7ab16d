import Sequencer from '@jest/test-sequencer';

/** Where nothing is known of earlier runs, these would begin by size, and the last of them keep one core waiting. */
const long = [
  'test/simulation/cluster.spec.ts',
  'test/simulation/odd-seeds.spec.ts',
  'test/simulation/even-seeds.spec.ts',
  'test/simulation/decision-mutants.spec.ts',
  'test/fuzz/uploads.spec.ts',
  'test/crashes/kill.spec.ts',
  'test/fuzz/provider-answers.spec.ts',
];

const rank = ({ path }) => {
  const at = long.findIndex((end) => path.endsWith(end));
  return at === -1 ? long.length : at;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
