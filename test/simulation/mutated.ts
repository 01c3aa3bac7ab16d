// In a process of its own, whose loader has put a defect into one module: `node --import load-typescript.mjs mutated.ts`.
import { simulate, type Story, type Told } from './simulate.js';
import { shrink } from './shrink.js';

export type Asked = {
  readonly story: Story;
  /** One after another, until one of them breaks the property. */
  readonly seeds: number;
  readonly property: string;
  readonly shrink: boolean;
};
export type Answer = {
  readonly seed: number;
  readonly properties: readonly string[];
  readonly hash: string;
  readonly short?: Short;
};
type Short = { readonly story: Story; readonly property: string | undefined; readonly hash: string };

const blamed = ({ findings }: Told): readonly string[] =>
  findings.filter(({ violations }) => violations.length > 0).map(({ property }) => property);

const asked = JSON.parse(process.argv[2] ?? '{}') as Asked;
const answers: Answer[] = [];
for (let seed = asked.story.seed; seed < asked.story.seed + asked.seeds; seed += 1) {
  const story = { ...asked.story, seed };
  const told = await simulate(story);
  const answer = { seed, properties: blamed(told), hash: told.hash };
  if (!answer.properties.includes(asked.property)) {
    answers.push(answer);
    continue;
  }
  answers.push(asked.shrink ? { ...answer, short: await shortest(story, told) } : answer);
  break;
}
console.log(JSON.stringify(answers));
process.exit();

async function shortest(story: Story, told: Told): Promise<Short> {
  const short = await shrink(story, told);
  return { story: short.story, property: blamed(short.told)[0], hash: short.told.hash };
}
