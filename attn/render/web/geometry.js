/* geometry.js - the formulas of scene.h for lines, and boxes of a field. */

function handles(shape, [x0, y0], [x1, y1]) {
  const middle = (x0 + x1) / 2;
  if (shape === CURVE) return [[x0, y0], [middle, y0], [middle, y1], [x1, y1]];
  if (shape === ARC) {
    const rise = (5 * Math.sqrt(Math.abs(x1 - x0)) * 4) / 3;
    return [[x0, y0], [x0, y0 - rise], [x1, y1 - rise], [x1, y1]];
  }
  return [[x0, y0], [x0, y0], [x1, y1], [x1, y1]];
}

const curvePath = (c) => `M${c[0]}C${c[1]} ${c[2]} ${c[3]}`;

function pointOn(c, t) {
  const s = 1 - t;
  const part = (k) =>
    s * s * s * c[0][k] + 3 * s * s * t * c[1][k] + 3 * s * t * t * c[2][k] + t * t * t * c[3][k];
  return [part(0), part(1)];
}

function arrowHead(before, tip, thickness) {
  const [dx, dy] = [tip[0] - before[0], tip[1] - before[1]];
  const far = Math.hypot(dx, dy) || 1;
  const length = 5 + 2 * thickness;
  const [x, y] = [(dx / far) * length, (dy / far) * length];
  return `M${tip}L${tip[0] - x + y * 0.45},${tip[1] - y - x * 0.45}L${tip[0] - x - y * 0.45},${tip[1] - y + x * 0.45}Z`;
}

const pairs = (flat) => {
  const out = [];
  for (let k = 0; k < flat.length; k += 2) out.push([flat[k], flat[k + 1]]);
  return out;
};

const boxAt = (flat, j) => flat.slice(4 * j, 4 * j + 4);
const inside = ([x, y, w, h], px, py) => px >= x && px < x + w && py >= y && py < y + h;
