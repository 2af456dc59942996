import * as Plot from './plot-library.ts';

type Make = (...given: any[]) => Plot.Markish;

/**
 * The marks a cell may use: those of Observable Plot that draw the same in Node and on the page, from data
 * alone (no canvas, no pointer, no functions, no colours of their own). Each is named, so that a bundler can
 * leave the others out.
 */
export const MAKE: Record<string, Make> = {
  line: Plot.line,
  lineX: Plot.lineX,
  lineY: Plot.lineY,
  area: Plot.area,
  areaX: Plot.areaX,
  areaY: Plot.areaY,
  dot: Plot.dot,
  dotX: Plot.dotX,
  dotY: Plot.dotY,
  circle: Plot.circle,
  hexagon: Plot.hexagon,
  barX: Plot.barX,
  barY: Plot.barY,
  rect: Plot.rect,
  rectX: Plot.rectX,
  rectY: Plot.rectY,
  cell: Plot.cell,
  cellX: Plot.cellX,
  cellY: Plot.cellY,
  boxX: Plot.boxX,
  boxY: Plot.boxY,
  ruleX: Plot.ruleX,
  ruleY: Plot.ruleY,
  tickX: Plot.tickX,
  tickY: Plot.tickY,
  link: Plot.link,
  arrow: Plot.arrow,
  vector: Plot.vector,
  vectorX: Plot.vectorX,
  vectorY: Plot.vectorY,
  spike: Plot.spike,
  text: Plot.text,
  textX: Plot.textX,
  textY: Plot.textY,
  frame: Plot.frame,
  hull: Plot.hull,
  contour: Plot.contour,
  density: Plot.density,
  voronoi: Plot.voronoi,
  voronoiMesh: Plot.voronoiMesh,
  delaunayMesh: Plot.delaunayMesh,
  linearRegressionX: Plot.linearRegressionX,
  linearRegressionY: Plot.linearRegressionY,
  gridX: Plot.gridX,
  gridY: Plot.gridY,
  gridFx: Plot.gridFx,
  gridFy: Plot.gridFy,
  axisX: Plot.axisX,
  axisY: Plot.axisY,
  axisFx: Plot.axisFx,
  axisFy: Plot.axisFy,
};

/** Their names, in the order of the list. */
export const MARKS = Object.keys(MAKE);
