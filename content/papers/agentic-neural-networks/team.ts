import * as tf from '@tensorflow/tfjs';
import { slider, toArray, variant } from 'lab';
import { type Answer, aggregations, backward } from './mechanism';
import { execute, type Layers, lastOnly } from './mechanism';
import { opinions, rewrite, score } from './mechanism';
import { type draw, each, type Layer, layers } from './tasks';
import { table } from './tasks';

const passes = { backward, lastOnly };
const label = 'critiques go';
export const messages = variant('messages', passes, { label });
const range = { min: 0, max: 0.95, value: 0.8, step: 0.05 };
export const memory = slider('memory', {
  label: 'memory μ',
  ...range,
});

export type Team = {
  prompts: Record<Layer, tf.Variable>;
  choice: number[]; // f of each layer: vote, sum or leader
  fixed: number; // one f for all layers; −1: chosen each round
  messages: typeof backward;
  memory: number;
};
export function hire(start: Layers, agents: number) {
  const copy = (l: Layer) =>
    tf.variable(start[l].slice([0], [agents]));
  return each(copy) as Team['prompts'];
}

export const speak = (prompts: Layers, asked: Layers) =>
  each((layer) => opinions(prompts[layer], asked[layer]));

export function decide(said: Layers, choice: number[]) {
  const says = layers.map((layer, i) =>
    aggregations[choice[i]](said[layer]),
  );
  const [numbers, operation, format] = says;
  return execute(numbers, operation, format);
}

/** One round: choose f, run forward, criticise, rewrite. */
export async function learn(
  team: Team,
  asked: Layers,
  truth: Answer,
  attention: tf.Tensor,
) {
  const said = speak(team.prompts, asked);
  if (team.fixed < 0) team.choice = await choose(said, truth);
  const critiques = team.messages(decide(said, team.choice), truth);
  for (const layer of layers) {
    const prompt = team.prompts[layer];
    const heard = attention.slice([0], [prompt.shape[0]]);
    const listens = layer === 'reader' ? heard.tile([1, 2]) : heard;
    prompt.assign(
      rewrite(
        prompt,
        asked[layer],
        critiques[layer],
        listens,
        team.memory,
      ),
    );
  }
}

/** The f of each layer that together solve most tasks. */
async function choose(said: Layers, truth: Answer) {
  const solved = await toArray(score(said, truth).flatten());
  const best = solved.indexOf(Math.max(...solved));
  return [Math.floor(best / 9), Math.floor(best / 3) % 3, best % 3];
}

/** Share of right lines by layer, then of tasks solved: [4]. */
export function grade(team: Team, exam: ReturnType<typeof draw>) {
  const { prompts, choice } = team;
  const { v, format } = decide(speak(prompts, exam.asked), choice);
  const fine = format.equal(exam.truth.format);
  const solved = v.equal(exam.truth.v).logicalAnd(fine).mean();
  const lines = layers.map((layer, i) =>
    aggregations[choice[i]](prompts[layer])
      .equal(table(layer))
      .mean(),
  );
  return tf.stack([...lines, solved]);
}
