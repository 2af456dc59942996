import { expect, test } from 'vitest';
import type { ControlSpec } from '../../../src/protocol.ts';
import { queryOf, settingsOfQuery, withoutDefaults } from '../../../src/ui/notebook/settings.ts';

const controls: ControlSpec[] = [
  { key: 'beta', kind: 'slider', cell: 'e', label: 'β', value: 8, min: 0, max: 64 },
  {
    key: 'rule',
    kind: 'variant',
    cell: 'e',
    label: 'rule',
    value: 'softmax',
    options: ['softmax', 'linear'],
  },
  { key: 'size', kind: 'select', cell: 'e', label: 'size', value: 8, options: [8, 14] },
  { key: 'on', kind: 'toggle', cell: 'e', label: 'on', value: true },
];

test('an address sets controls, with their types', () => {
  expect(settingsOfQuery('?beta=0.1&rule=linear&size=14&on=false&seed=2', controls)).toEqual({
    beta: 0.1,
    rule: 'linear',
    size: 14,
    on: false,
    seed: 2,
  });
});
test('what no control can take is left out', () => {
  expect(settingsOfQuery('?beta=x&rule=nonsense&other=1&size=9', controls)).toEqual({});
});
test('an address holds only what differs from the defaults, and comes back', () => {
  const settings = withoutDefaults({ beta: 0.5, rule: 'softmax', seed: 0, on: false }, controls);
  expect(settings).toEqual({ beta: 0.5, on: false });
  expect(settingsOfQuery(queryOf(settings), controls)).toEqual(settings);
});
