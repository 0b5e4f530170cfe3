/* palette.js - colours: the ramp of weights, readable ink on it, light and dark. */

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => {
    c /= 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const css = (rgb) => `rgb(${rgb.join(",")})`;

function mix(a, b, part) {
  return a.map((c, k) => Math.round(c + (b[k] - c) * part));
}

// A notebook says which theme it has. Else the colour of the text tells; asking for that
// makes the browser work out styles before everything stands.
function isDark(root) {
  const light = document.body.dataset.jpThemeLight;
  if (light) return light === "false";
  const color = getComputedStyle(root).color.match(/[\d.]+/g);
  return Boolean(color) && luminance(color.slice(0, 3).map(Number)) > 0.4;
}

class Palette {
  constructor(colors) {
    this.ink = colors.ink;
    this.heads = colors.heads;
    this.ramp = colors.ramp.map(channels);
    this.paper = channels(colors.ink[PAPER]);
    this.rest = channels(colors.ink[REST]);
  }

  weight(level) {
    const at = (Math.round(clamp(level) * 255) / 255) * (this.ramp.length - 1);
    const step = Math.min(Math.floor(at), this.ramp.length - 2);
    return mix(this.ramp[step], this.ramp[step + 1], at - step);
  }

  // The colour of a column's mark: resting places are grey.
  mark(level, rests) {
    return rests ? mix(this.paper, this.rest, clamp(level)) : this.weight(level);
  }

  readable(rgb) {
    return luminance(rgb) > 0.179 ? "#000" : "#fff";
  }

  of([ink, level = 0]) {
    if (ink === TEXT) return `var(--jp-content-font-color1,${this.ink[TEXT]})`;
    if (ink === PAPER) return `var(--jp-layout-color0,${this.ink[PAPER]})`;
    if (ink === WEIGHT || ink === REST) return css(this.mark(level, ink === REST));
    if (ink === ON_WEIGHT) return this.readable(this.weight(level));
    if (ink === HEAD) return this.heads[Math.round(level) % this.heads.length];
    return this.ink[ink];
  }

  opacity([ink, level = 0]) {
    const other = [WEIGHT, ON_WEIGHT, REST, HEAD].includes(ink);
    return other || !level ? undefined : level;
  }
}
