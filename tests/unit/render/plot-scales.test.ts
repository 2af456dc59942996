import { describe, expect, test } from 'vitest';
import { drawPlot } from '../../../src/render/plot.ts';
import { symlogTicks } from '../../../src/render/plot-ticks.ts';
import { document, plotOf, svgOf } from './plots.ts';

describe('the direction of a colour scale', () => {
  const mixed = (element: Element) => Number(element.getAttribute('fill')!.match(/mechanism\) (\d+)%/)![1]);
  const shades = (color: Record<string, unknown>, values = [1, 10, 100, 1000]) => {
    const output = plotOf(
      'cell',
      values.map((v, i) => ({ v, i })),
      { x: 'i', fill: 'v' },
      { color },
    );
    const box = drawPlot(output, document);
    const ramp = [...box.querySelectorAll('.ramp rect')].map(mixed);
    return {
      cells: [...box.querySelectorAll('svg.plot rect')].map(mixed),
      ends: [...box.querySelectorAll('.ramp span')].map((end) => Number(end.textContent)),
      ramp: [ramp[0], ramp.at(-1)],
    };
  };

  test.each([
    [{ type: 'log' }, [0, 33, 67, 100]],
    [{ type: 'log', domain: [1000, 1] }, [100, 67, 33, 0]],
    [{ type: 'linear', domain: [1000, 1] }, [100, 99, 90, 0]],
    [{ domain: [1000, 500, 1], type: 'linear' }, [100, 99, 90, 0]],
    [{ type: 'log', reverse: true }, [100, 67, 33, 0]],
    [{ type: 'log', domain: [1000, 1], reverse: true }, [0, 33, 67, 100]],
  ])('%j: cells and ramp give a value the same colour', (color, expected) => {
    const { cells, ends, ramp } = shades(color);
    expect(cells).toEqual(expected);
    const at = ends.map((end) => cells[[1, 10, 100, 1000].indexOf(end)]);
    expect(ramp).toEqual(at);
  });

  test('a falling diverging scale has its ramp turned with it', () => {
    const output = plotOf(
      'cell',
      [-2, 2].map((v) => ({ v })),
      { x: 'v', fill: 'v' },
      { color: { type: 'diverging', domain: [2, -2] } },
    );
    const box = drawPlot(output, document);
    const fills = (selector: string) =>
      [...box.querySelectorAll(selector)].map((rect) => rect.getAttribute('fill'));
    const ramp = fills('.ramp rect');
    expect(box.querySelector('.ramp')!.textContent).toBe('−22');
    expect([ramp[0], ramp.at(-1)]).toEqual(fills('svg.plot rect'));
  });
});

describe('opacity', () => {
  const opacities = (opacity: unknown, values: number[], channel = 'fillOpacity', options = {}) => {
    const data = values.map((v, i) => ({ v, i }));
    const output = plotOf(
      'dot',
      data,
      { x: 'i', fill: 'var(--ink)', [channel]: 'v' },
      { opacity, ...options },
    );
    const name = channel.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    return [...svgOf(output).querySelectorAll('circle')].map((dot) =>
      Math.round(Number(dot.getAttribute(name)) * 100),
    );
  };
  const shares = [0.001, 0.01, 0.1, 1];

  test.each(['fillOpacity', 'strokeOpacity', 'opacity'])('%s of shares follows its scale', (channel) => {
    expect(opacities({ type: 'log' }, shares, channel)).toEqual([0, 33, 67, 100]);
    expect(opacities({ type: 'log', domain: [0.01, 1] }, [0.01, 0.1, 1], channel)).toEqual([0, 50, 100]);
  });

  test('its domain and range hold for shares, too', () => {
    expect(opacities({ domain: [0, 0.5] }, [0.1, 0.5])).toEqual([20, 100]);
    expect(opacities({ range: [0.2, 1], domain: [0, 1] }, [0, 0.5])).toEqual([20, 60]);
  });

  test('without one, shares are the opacities themselves', () => {
    expect(opacities(undefined, [0.1, 0.5])).toEqual([10, 50]);
    expect(opacities({ type: 'log' }, [1, 10, 100])).toEqual([0, 50, 100]);
  });

  test('a constant stays what it is', () => {
    const dots = plotOf(
      'dot',
      [{ i: 0 }],
      { x: 'i', fill: 'var(--ink)', fillOpacity: 0.4 },
      { opacity: { type: 'log' } },
    );
    expect(svgOf(dots).outerHTML).toContain('fill-opacity="0.4"');
  });
});

describe('ticks of a symmetric logarithm', () => {
  test('are zero and powers of ten that stand apart', () => {
    expect(symlogTicks([0, 600], 1, 400, 42)).toEqual([0, 1, 10, 100]);
    expect(symlogTicks([-20, 20], 1, 400, 42)).toEqual([-10, -1, 0, 1, 10]);
    expect(symlogTicks([0, 0.05], 0.001, 400, 42)).toEqual([0, 0.001, 0.01]);
    expect(symlogTicks([0, 1e6], 1, 100, 42)).toHaveLength(3);
  });
});
