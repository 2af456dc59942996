/** Output → markup; the same functions in Node (linkedom's document) and on the page (its own). */
export { renderCheck, settingInWords } from './check.ts';
export { edgesOf } from './check-scale.ts';
export { controlText, renderControl } from './control.ts';
export { csvOf } from './csv.ts';
export { describe } from './describe.ts';
export { marginOf } from './margin.ts';
export { renderOutput } from './output.ts';
export { fromPosition, toPosition } from './position.ts';
export { putFrame } from './put-frame.ts';
export { frameOf } from './scrub.ts';
