// The order of these three is the point: see plot-ratio-before.ts.
import './plot-ratio-before.ts';

export * from '@observablehq/plot';

import './plot-ratio-after.ts';
