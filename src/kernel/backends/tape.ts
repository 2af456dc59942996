/**
 * Why second derivatives were wrong: a gradient that saves its operation's *output* saves a clone, and the engine
 * records that clone before the operation itself. A walk along the tape from x then meets the clone first, does not
 * know yet that it depends on x, and cuts it: derivatives through it are silently zero. Recording the operation
 * before the clones of its outputs cures every such gradient, those hidden in `customGrad` included.
 */
import * as tf from '../tf.ts';

interface TapeNode {
  inputs: Record<string, tf.Tensor | undefined>;
  outputs: tf.Tensor[];
}
interface Engine {
  state: { activeTape: TapeNode[] };
  addTapeNode(...args: unknown[]): void;
}

const ordered = Symbol.for('working-papers.ordered-tape');

/** Makes the engine record every operation before what was made of its outputs. Does nothing the second time. */
export function orderTape(): void {
  const engine = tf.engine() as unknown as Engine & { [ordered]?: true };
  if (engine[ordered]) return;
  const add = engine.addTapeNode.bind(engine);
  engine.addTapeNode = (...args) => {
    add(...args);
    moveBeforeItsReaders(engine.state.activeTape);
  };
  engine[ordered] = true;
}

function moveBeforeItsReaders(tape: TapeNode[]): void {
  const node = tape[tape.length - 1];
  let place = tape.length - 1;
  for (let k = place - 1; k >= 0 && savedJustBefore(tape[k]); k--) if (reads(tape[k], node)) place = k;
  if (place === tape.length - 1) return;
  tape.pop();
  tape.splice(place, 0, node);
}

/** Only clones can stand between an operation and its outputs: one input `x`, one output. */
const savedJustBefore = ({ inputs, outputs }: TapeNode) => outputs.length === 1 && 'x' in inputs;

const reads = (later: TapeNode, node: TapeNode) => node.outputs.some(({ id }) => later.inputs.x?.id === id);
