// Lines and small dots drawn into an array of our own, which is many times faster than asking a canvas for each.
//
// Lines add up: where many cross, the picture is denser. Each step of a line is shared between the two pixels beside
// it (after Wu, SIGGRAPH 1991), so that single lines are smooth.

export function newRaster(wide, high) {
  return { wide, high, density: new Float32Array(wide * high) };
}

/** Add a line of the given weight; parts outside are cut off. */
export function addLine(raster, x0, y0, x1, y1, weight) {
  const { wide, high, density } = raster;
  let t0 = 0;
  let t1 = 1;
  const dx = x1 - x0;
  const dy = y1 - y0;
  for (let side = 0; side < 4; side++) {
    const run = side === 0 ? -dx : side === 1 ? dx : side === 2 ? -dy : dy;
    const room = side === 0 ? x0 - 1 : side === 1 ? wide - 2 - x0 : side === 2 ? y0 - 1 : high - 2 - y0;
    if (run === 0) {
      if (room < 0) return;
    } else {
      const t = room / run;
      if (run < 0) {
        if (t > t1) return;
        if (t > t0) t0 = t;
      } else {
        if (t < t0) return;
        if (t < t1) t1 = t;
      }
    }
  }
  const ax = x0 + dx * t0;
  const ay = y0 + dy * t0;
  const bx = x0 + dx * t1;
  const by = y0 + dy * t1;
  if (Math.abs(dx) >= Math.abs(dy)) walk(density, ax, ay, bx, by, weight, 1, wide);
  else walk(density, ay, ax, by, bx, weight, wide, 1);
}

/** Step along the longer axis (`major` apart in the array) and share each step between neighbours `minor` apart. */
function walk(density, a0, b0, a1, b1, weight, major, minor) {
  if (a0 > a1) {
    [a0, a1] = [a1, a0];
    [b0, b1] = [b1, b0];
  }
  const slope = a1 > a0 ? (b1 - b0) / (a1 - a0) : 0;
  const first = Math.round(a0);
  const last = Math.round(a1);
  let b = b0 + slope * (first - a0);
  for (let a = first; a <= last; a++) {
    const whole = b | 0;
    const part = b - whole;
    const at = a * major + whole * minor;
    density[at] += weight * (1 - part);
    density[at + minor] += weight * part;
    b += slope;
  }
}

const CURVE = Uint8ClampedArray.from({ length: 1024 }, (_, i) => Math.round(255 * (1 - Math.exp(-i / 160))));

/** Turn what has been added into pixels of one colour, from `first` to `last`, at most `most` (0 to 1) opaque. */
export function toneMap(raster, pixels, [red, green, blue], most, first, last) {
  const { density } = raster;
  const colour = (blue << 16) | (green << 8) | red;
  const alpha = new Uint8Array(1024);
  for (let i = 0; i < 1024; i++) alpha[i] = CURVE[i] * most;
  for (let i = first; i < last; i++) {
    const value = density[i];
    if (value > 0.002) pixels[i] = (alpha[Math.min(1023, (value * 160) | 0)] << 24) | colour;
  }
}

/** Blend a disc of radius under two or so pixels over what is there. */
export function addDot(pixels, wide, high, x, y, radius, [red, green, blue], strength) {
  const reach = radius + 0.5;
  const left = Math.max(0, Math.floor(x - reach));
  const right = Math.min(wide - 1, Math.ceil(x + reach));
  const top = Math.max(0, Math.floor(y - reach));
  const bottom = Math.min(high - 1, Math.ceil(y + reach));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const cover = Math.min(1, reach - Math.hypot(column - x, row - y)) * strength;
      if (cover <= 0.02) continue;
      const at = row * wide + column;
      const under = pixels[at];
      const below = ((under >>> 24) / 255) * (1 - cover);
      const alpha = cover + below;
      const r = (red * cover + (under & 255) * below) / alpha;
      const g = (green * cover + ((under >>> 8) & 255) * below) / alpha;
      const b = (blue * cover + ((under >>> 16) & 255) * below) / alpha;
      pixels[at] = ((alpha * 255) << 24) | (b << 16) | (g << 8) | r;
    }
  }
}
